// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/memory/face/message.h"

namespace remapi::memory_store {

/// The COM face of an attachment: a copy that becomes its message's when it is saved. Any thread
/// may call it.
class AttachFace final : public kit::NamedObject<AttachFace, IAttach> {
public:
    using Interfaces = com::Answers<IAttach, IMAPIProp>;

    AttachFace(com::Ptr<MessageFace> message, Attachment attachment, bool writable)
        : m_message(std::move(message)),
          m_attachment(std::move(attachment)),
          m_writable(writable) {}

    // PropSource
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override;
    void save(ULONG flags) override;
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    // For kit::NamedObject.
    Store& model_store() noexcept { return m_message->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_message->required_support(); }

private:
    friend class com::Object<AttachFace, IAttach>;
    ~AttachFace() = default;

    PropertyBag all_properties();
    com::Ptr<IUnknown> open_embedded(IUnknown* owner, ULONG flags);

    const com::Ptr<MessageFace> m_message;
    mutable port::Mutex m_mutex;  ///< guards all that follows
    Attachment m_attachment;
    bool m_writable;
};

}  // namespace remapi::memory_store
