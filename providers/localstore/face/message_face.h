// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/table_data.h"
#include "providers/localstore/face/msg_store.h"
#include "providers/localstore/face/value_stream.h"
#include "providers/localstore/model/message.h"

namespace remapi::localstore {

/// An open message: the COM face of a Message. Any thread may call it.
class MessageFace final : public NamedObject<MessageFace, IMessage>, public ValueOwner {
public:
    using Interfaces = com::Answers<IMessage, IMAPIProp>;

    /// @param parent  the attachment of an embedded message, kept alive; null for a message in a
    /// folder
    MessageFace(com::Ptr<MsgStore> store, std::unique_ptr<Message> message,
                IUnknown* parent = nullptr);
    /// A saved message. Errors: as Message's.
    static com::Ptr<MessageFace> open(com::Ptr<MsgStore> store, std::int64_t id,
                                      Message::Access access);

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
    std::optional<PropValue> load(ULONG tag) override { return m_message->load(tag); }
    std::vector<ULONG> list() override { return m_message->list(); }
    SCODE store(const PropValue& value) override { return m_message->set(value); }
    SCODE erase(ULONG tag) override { return m_message->remove(tag); }
    bool writable() const override { return m_message->writable(); }
    void save(ULONG flags) override;
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    // ValueOwner
    const std::shared_ptr<Database>& value_database() const override {
        return m_message->store()->database();
    }
    std::shared_ptr<LargeValue> find_large_value(ULONG tag) const override {
        return m_message->find_large(tag);
    }
    std::optional<PropValue> load_whole_value(ULONG tag, std::size_t limit) const override {
        return m_message->load_whole(tag, limit);
    }
    SCODE set_large_value(ULONG tag, std::shared_ptr<LargeValue> value) override {
        return m_message->set_large(tag, std::move(value));
    }

    Store& model_store() noexcept { return m_store->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_store->required_support(); }
    Message& message() noexcept { return *m_message; }
    const com::Ptr<MsgStore>& msg_store() const noexcept { return m_store; }
    /// An attachment was saved or deleted: the attachment table has other rows.
    void attachments_changed();

private:
    friend class com::Object<MessageFace, IMessage>;
    ~MessageFace() = default;

    com::Ptr<IMAPITable> attachment_table(ULONG flags);
    com::Ptr<IMAPITable> recipient_table(ULONG flags);
    std::vector<PropertyBag> attachment_rows() const;
    std::vector<PropertyBag> recipient_rows() const;
    void prepare_submission();

    const com::Ptr<MsgStore> m_store;
    const com::Ptr<IUnknown> m_parent;
    const std::unique_ptr<Message> m_message;
    port::Mutex m_mutex;
    std::shared_ptr<object::TableData> m_attachment_table;  ///< made when first asked for
    std::shared_ptr<object::TableData> m_recipient_table;
};

}  // namespace remapi::localstore
