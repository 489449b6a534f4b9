// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/message_face.h"

#include <algorithm>

#include "object/props/abi_value.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/attach_face.h"
#include "providers/localstore/face/read_reports.h"
#include "providers/localstore/face/steps.h"
#include "providers/localstore/model/tags.h"

namespace remapi::localstore {
namespace {

/// `base` and every other tag that `rows` have: a client that sets no columns sees everything.
std::vector<ULONG> columns_of(std::vector<ULONG> base, const std::vector<PropertyBag>& rows) {
    for (const PropertyBag& row : rows) {
        for (const ULONG tag : row.tags()) {
            const bool known = std::any_of(base.begin(), base.end(),
                                           [&](ULONG b) { return PROP_ID(b) == PROP_ID(tag); });
            if (!known) base.push_back(tag);
        }
    }
    return base;
}

com::Ptr<IMAPITable> open_table(port::Mutex& mutex, std::shared_ptr<object::TableData>& data,
                                std::vector<ULONG> base, std::vector<PropertyBag> rows,
                                ULONG index_tag, ULONG flags, IUnknown* owner) {
    const port::Lock lock(mutex);
    if (!data) {
        std::vector<ULONG> columns = columns_of(std::move(base), rows);
        data = std::make_shared<object::TableData>(std::move(columns), index_tag);
        for (PropertyBag& row : rows) data->add(std::move(row));
    }
    return data->open_view(flags & MAPI_UNICODE, owner);
}

bool is_attach_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IAttachment) || IsEqualGUID(*iid, IID_IMAPIProp) ||
           IsEqualGUID(*iid, IID_IUnknown);
}

}  // namespace

MessageFace::MessageFace(com::Ptr<MsgStore> store, std::unique_ptr<Message> message,
                         IUnknown* parent)
    : m_store(std::move(store)),
      m_parent(com::Ptr<IUnknown>::share(parent)),
      m_message(std::move(message)) {}

com::Ptr<MessageFace> MessageFace::open(com::Ptr<MsgStore> store, std::int64_t id,
                                        Message::Access access) {
    auto message = std::make_unique<Message>(store->model(), id, access);
    return com::make<MessageFace>(std::move(store), std::move(message));
}

void MessageFace::save(ULONG flags) {
    constexpr ULONG kKnown = KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE |
                             MAPI_DEFERRED_ERRORS | kNotFromExchange | kFilterOnSave;
    check_flags(flags, kKnown, "saving a message");
    if (const auto change = m_message->save(flags)) m_store->announce(*change);
}

com::Ptr<IUnknown> MessageFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                              ULONG options, ULONG flags) {
    if (IsEqualGUID(iid, IID_IMAPITable)) {
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_RECIPIENTS)) return recipient_table(options);
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_ATTACHMENTS)) return attachment_table(options);
    }
    return open_value_stream(*this, *this, owner, tag, iid, options, flags);
}

std::vector<PropertyBag> MessageFace::attachment_rows() const {
    std::vector<PropertyBag> rows;
    for (const AttachmentContent& attachment : m_message->attachments()) {
        rows.push_back(attachment_row(*m_message->store(), attachment));
    }
    return rows;
}

std::vector<PropertyBag> MessageFace::recipient_rows() const {
    std::vector<PropertyBag> rows;
    for (const Recipient& recipient : m_message->recipients()) {
        PropertyBag row = recipient.values;
        row.set({PR_ROWID, recipient.row_id});
        rows.push_back(std::move(row));
    }
    return rows;
}

com::Ptr<IMAPITable> MessageFace::attachment_table(ULONG flags) {
    return open_table(m_mutex, m_attachment_table,
                      {PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_ATTACH_METHOD,
                       PR_ATTACH_FILENAME_W, PR_ATTACH_LONG_FILENAME_W, PR_DISPLAY_NAME_W,
                       PR_ATTACH_SIZE, PR_RENDERING_POSITION, PR_ATTACH_MIME_TAG_W},
                      attachment_rows(), PR_ATTACH_NUM, flags, owner());
}

com::Ptr<IMAPITable> MessageFace::recipient_table(ULONG flags) {
    return open_table(m_mutex, m_recipient_table,
                      {PR_ROWID, PR_INSTANCE_KEY, PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W,
                       PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID, PR_SEARCH_KEY, PR_OBJECT_TYPE,
                       PR_DISPLAY_TYPE, PR_RESPONSIBILITY},
                      recipient_rows(), PR_ROWID, flags, owner());
}

void MessageFace::attachments_changed() {
    std::shared_ptr<object::TableData> data;
    {
        const port::Lock lock(m_mutex);
        data = m_attachment_table;
    }
    if (data) data->replace_all(attachment_rows());
}

/// Page: mapi/imessage-getattachmenttable.md
STDMETHODIMP MessageFace::GetAttachmentTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMessage::GetAttachmentTable", [&]() -> HRESULT {
        require(table, "a table of a message");
        *table = nullptr;
        check_flags(flags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS, "an attachment table");
        *table = attachment_table(flags).detach();
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS for MAPI_MODIFY on a message opened for reading.
/// Page: mapi/imessage-openattach.md
STDMETHODIMP MessageFace::OpenAttach(ULONG number, LPCIID iid, ULONG flags,
                                     LPATTACH* attachment) noexcept {
    return abi::guard("IMessage::OpenAttach", [&]() -> HRESULT {
        require(attachment, "opening an attachment");
        *attachment = nullptr;
        constexpr ULONG kKnown = MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS;
        check_flags(flags, kKnown, "opening an attachment");
        if (!is_attach_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        const bool best = (flags & MAPI_BEST_ACCESS) != 0;
        if ((flags & MAPI_MODIFY) != 0 && !best && !writable())
            throw Error(MAPI_E_NO_ACCESS, "opening an attachment for writing");
        const bool writing = writable() && (best || (flags & MAPI_MODIFY) != 0);
        *attachment = com::make<AttachFace>(com::Ptr<MessageFace>::share(this),
                                            m_message->attachment(number), writing)
                          .detach();
        return S_OK;
    });
}

/// The attachment is part of the message once both were saved.
/// @param number  [out] PR_ATTACH_NUM
/// Page: mapi/imessage-createattach.md
STDMETHODIMP MessageFace::CreateAttach(LPCIID iid, ULONG flags, ULONG* number,
                                       LPATTACH* attachment) noexcept {
    return abi::guard("IMessage::CreateAttach", [&]() -> HRESULT {
        require(number && attachment, "making an attachment");
        *attachment = nullptr;
        check_flags(flags, MAPI_DEFERRED_ERRORS, "making an attachment");
        if (!is_attach_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        AttachmentContent content;
        content.number = m_message->new_attachment_number();
        const ULONG made = content.number;
        *attachment =
            com::make<AttachFace>(com::Ptr<MessageFace>::share(this), std::move(content), true)
                .detach();
        *number = made;
        return S_OK;
    });
}

/// Page: mapi/imessage-deleteattach.md
STDMETHODIMP MessageFace::DeleteAttach(ULONG number, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                       ULONG flags) noexcept {
    return abi::guard("IMessage::DeleteAttach", [&]() -> HRESULT {
        check_flags(flags, ATTACH_DIALOG, "deleting an attachment");
        Steps steps({m_store->support().get(), (flags & ATTACH_DIALOG) != 0, ui_param, progress});
        steps.expect(1);
        m_message->delete_attachment(number);
        steps.done(1);
        attachments_changed();
        return S_OK;
    });
}

/// Page: mapi/imessage-getrecipienttable.md
STDMETHODIMP MessageFace::GetRecipientTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMessage::GetRecipientTable", [&]() -> HRESULT {
        require(table, "a table of a message");
        *table = nullptr;
        check_flags(flags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS, "a recipient table");
        *table = recipient_table(flags).detach();
        return S_OK;
    });
}

/// Adds, changes or removes recipients; without a flag the list becomes the whole table.
/// Errors: MAPI_E_INVALID_PARAMETER for changing a row that does not exist, MAPI_E_NO_ACCESS.
/// Page: mapi/imessage-modifyrecipients.md
STDMETHODIMP MessageFace::ModifyRecipients(ULONG flags, LPADRLIST changes) noexcept {
    return abi::guard("IMessage::ModifyRecipients", [&]() -> HRESULT {
        constexpr ULONG kModes = MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE;
        check_flags(flags, kModes, "changing recipients");
        const ULONG mode = flags & kModes;
        require((mode & (mode - 1)) == 0, "changing recipients in more than one way at once");
        require(changes || mode == 0, "changing recipients without a list");
        m_message->modify_recipients(flags, object::from_abi(changes));
        std::shared_ptr<object::TableData> data;
        {
            const port::Lock lock(m_mutex);
            data = m_recipient_table;
        }
        if (data) data->replace_all(recipient_rows());
        return S_OK;
    });
}

/// Sets or clears MSGFLAG_READ at once and sends the read report that becomes due.
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_SUBMITTED, MAPI_E_OBJECT_DELETED, MAPI_E_NO_ACCESS in a
/// store opened for reading. Page: mapi/imessage-setreadflag.md
/// Differs: also for messages that somebody has open for writing.
STDMETHODIMP MessageFace::SetReadFlag(ULONG flags) noexcept {
    return abi::guard("IMessage::SetReadFlag", [&]() -> HRESULT {
        const ReadRequest wanted = read_request(flags);
        if (!m_store->writable()) throw Error(MAPI_E_NO_ACCESS, "setting a read flag");
        const auto outcome = m_message->set_read_state(wanted);
        if (outcome.change) m_store->announce(*outcome.change);
        if (outcome.report) send_read_report(*m_store, m_message->object_id().row);
        return S_OK;
    });
}

}  // namespace remapi::localstore
