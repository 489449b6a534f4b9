// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>

#include "object/table/table_data.h"
#include "providers/memory/face/msg_store.h"

namespace remapi::memory_store {

/// The COM face of a message: a copy that becomes the store's, or its attachment's, when it is
/// saved. Any thread may call it.
class MessageFace final : public kit::NamedObject<MessageFace, IMessage> {
public:
    using Interfaces = com::Answers<IMessage, IMAPIProp>;

    /// A message in a folder, new or saved.
    MessageFace(com::Ptr<MsgStore> store, Message message, bool writable);
    /// A message embedded in an attachment, which `save` hands its content to. `attachment` is kept
    /// alive.
    using SaveTo = std::function<void(const MessageContent&)>;
    MessageFace(com::Ptr<MsgStore> store, MessageContent content, bool writable,
                com::Ptr<IUnknown> attachment, SaveTo save);

    // IMessage
    STDMETHODIMP GetAttachmentTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP OpenAttach(ULONG number, LPCIID iid, ULONG flags,
                            LPATTACH* attachment) noexcept override;
    STDMETHODIMP CreateAttach(LPCIID iid, ULONG flags, ULONG* number,
                              LPATTACH* attachment) noexcept override;
    STDMETHODIMP DeleteAttach(ULONG number, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                              ULONG flags) noexcept override;
    STDMETHODIMP GetRecipientTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP ModifyRecipients(ULONG flags, LPADRLIST changes) noexcept override;
    STDMETHODIMP SubmitMessage(ULONG flags) noexcept override;
    STDMETHODIMP SetReadFlag(ULONG flags) noexcept override;

    // PropSource
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override;
    void save(ULONG flags) override;
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    // For its attachments and for kit::NamedObject.
    Store& model_store() noexcept { return m_store->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_store->required_support(); }
    const com::Ptr<MsgStore>& msg_store() const noexcept { return m_store; }
    /// Adds an attachment or replaces the one of its number. Errors: MAPI_E_NO_ACCESS.
    void put_attachment(const Attachment& attachment);

private:
    friend class com::Object<MessageFace, IMessage>;
    ~MessageFace() = default;

    using Table = std::shared_ptr<object::TableData>;
    PropertyBag all_properties();
    /// Runs `change` on the message under the lock. Errors: MAPI_E_NO_ACCESS.
    void change(const std::function<void(Message&)>& change);
    std::vector<PropertyBag> attachment_rows() const;
    std::vector<PropertyBag> recipient_rows() const;
    com::Ptr<IMAPITable> attachment_table(ULONG flags);
    com::Ptr<IMAPITable> recipient_table(ULONG flags);
    void refresh_tables();
    void prepare_submission();

    const com::Ptr<MsgStore> m_store;
    const com::Ptr<IUnknown> m_attachment;  ///< null: lies in a folder
    const SaveTo m_save_to;
    mutable port::Mutex m_mutex;  ///< guards all that follows
    Message m_message;
    bool m_writable;
    Table m_attachment_table;  ///< made when first asked for
    Table m_recipient_table;
};

}  // namespace remapi::memory_store
