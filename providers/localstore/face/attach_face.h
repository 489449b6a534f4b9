// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/face/message_face.h"
#include "providers/localstore/model/attachment.h"

namespace remapi::localstore {

/// An open attachment: the COM face of an Attachment. Any thread may call it.
class AttachFace final : public NamedObject<AttachFace, IAttach>, public ValueOwner {
public:
    using Interfaces = com::Answers<IAttach, IMAPIProp>;

    AttachFace(com::Ptr<MessageFace> message, AttachmentContent content, bool writable);

    // PropSource
    std::optional<PropValue> load(ULONG tag) override { return m_attachment->load(tag); }
    std::vector<ULONG> list() override { return m_attachment->list(); }
    SCODE store(const PropValue& value) override { return m_attachment->set(value); }
    SCODE erase(ULONG tag) override { return m_attachment->remove(tag); }
    bool writable() const override { return m_attachment->writable(); }
    void save(ULONG flags) override;
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    // ValueOwner
    const std::shared_ptr<Database>& value_database() const override {
        return m_attachment->store()->database();
    }
    std::shared_ptr<LargeValue> find_large_value(ULONG tag) const override {
        return m_attachment->find_large(tag);
    }
    std::optional<PropValue> load_whole_value(ULONG tag, std::size_t limit) const override {
        return m_attachment->load_whole(tag, limit);
    }
    SCODE set_large_value(ULONG tag, std::shared_ptr<LargeValue> value) override {
        return m_attachment->set_large(tag, std::move(value));
    }

    Store& model_store() noexcept { return m_message->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_message->required_support(); }

private:
    friend class com::Object<AttachFace, IAttach>;
    ~AttachFace() = default;
    com::Ptr<IUnknown> open_embedded(ULONG flags);
    /// An OLE object: a compound file in the attachment's data. Page: mapi/mapi-attachments.md
    com::Ptr<IUnknown> open_storage(ULONG flags);

    const com::Ptr<MessageFace> m_message;
    const std::shared_ptr<Attachment> m_attachment;
};

}  // namespace remapi::localstore
