// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A message's recipients and attachments.
#include <algorithm>

#include "object/props/abi_value.h"
#include "providers/memory/face/attach.h"
#include "providers/memory/face/message.h"
#include "providers/memory/model/computed.h"

namespace remapi::memory_store {
namespace {

/// A client that sets no columns sees every property that a row has.
constexpr object::TableData::Options kColumnsGrow = {.columns_grow = true};

bool is_attach_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IAttachment) || IsEqualGUID(*iid, IID_IMAPIProp) ||
           IsEqualGUID(*iid, IID_IUnknown);
}

auto find_attachment(std::vector<Attachment>& attachments, ULONG number) {
    return std::find_if(attachments.begin(), attachments.end(),
                        [&](const Attachment& attachment) { return attachment.number == number; });
}

PropertyBag bag_of(const std::vector<PropValue>& values) {
    PropertyBag bag;
    for (const PropValue& value : values) {
        if (value.type() == PT_NULL)
            throw Error(MAPI_E_INVALID_PARAMETER, "a recipient of PT_NULL");
        bag.set(value);  // which leaves PT_ERROR out
    }
    return bag;
}

/// Adds, changes or removes one recipient. Errors: MAPI_E_INVALID_PARAMETER for one that does not
/// exist.
void apply(MessageContent& content, ULONG mode, PropertyBag values) {
    auto& list = content.recipients;
    if ((mode & (MODRECIP_MODIFY | MODRECIP_REMOVE)) == 0) {
        values.remove(PR_ROWID);
        list.push_back({content.next_recipient++, std::move(values)});
        return;
    }
    const std::int64_t row_id = values.number(PR_ROWID, -1);
    const auto found = std::find_if(list.begin(), list.end(), [&](const Recipient& recipient) {
        return static_cast<std::int64_t>(recipient.row_id) == row_id;
    });
    if (found == list.end()) throw Error(MAPI_E_INVALID_PARAMETER, "changing no recipient");
    values.remove(PR_ROWID);
    if (mode == MODRECIP_REMOVE) {
        list.erase(found);
    } else {
        found->values = std::move(values);
    }
}

}  // namespace

std::vector<PropertyBag> MessageFace::attachment_rows() const {
    std::vector<PropertyBag> rows;
    for (const Attachment& attachment : m_message.content.attachments) {
        PropertyBag row = attachment_properties(*m_store->model(), attachment);
        row.remove(PR_ATTACH_DATA_BIN);  // the data are no column
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<PropertyBag> MessageFace::recipient_rows() const {
    std::vector<PropertyBag> rows;
    for (const Recipient& recipient : m_message.content.recipients)
        rows.push_back(recipient_row(recipient));
    return rows;
}

com::Ptr<IMAPITable> MessageFace::attachment_table(ULONG flags) {
    const port::Lock lock(m_mutex);
    if (!m_attachment_table) {
        const std::vector<ULONG> columns = {PR_ATTACH_NUM,
                                            PR_INSTANCE_KEY,
                                            PR_RECORD_KEY,
                                            PR_RENDERING_POSITION,
                                            PR_ATTACH_METHOD,
                                            PR_ATTACH_FILENAME_W,
                                            PR_ATTACH_LONG_FILENAME_W,
                                            PR_DISPLAY_NAME_W,
                                            PR_ATTACH_SIZE,
                                            PR_ATTACH_MIME_TAG_W};
        m_attachment_table =
            std::make_shared<object::TableData>(columns, PR_ATTACH_NUM, kColumnsGrow);
        m_attachment_table->replace_all(attachment_rows());
    }
    return m_attachment_table->open_view(flags & MAPI_UNICODE, owner());
}

com::Ptr<IMAPITable> MessageFace::recipient_table(ULONG flags) {
    const port::Lock lock(m_mutex);
    if (!m_recipient_table) {
        const std::vector<ULONG> columns = {PR_ROWID,          PR_INSTANCE_KEY,  PR_RECIPIENT_TYPE,
                                            PR_DISPLAY_NAME_W, PR_ADDRTYPE_W,    PR_EMAIL_ADDRESS_W,
                                            PR_ENTRYID,        PR_SEARCH_KEY,    PR_OBJECT_TYPE,
                                            PR_DISPLAY_TYPE,   PR_RESPONSIBILITY};
        m_recipient_table = std::make_shared<object::TableData>(columns, PR_ROWID, kColumnsGrow);
        m_recipient_table->replace_all(recipient_rows());
    }
    return m_recipient_table->open_view(flags & MAPI_UNICODE, owner());
}

void MessageFace::refresh_tables() {
    Table attachments, recipients;
    std::vector<PropertyBag> attachment_list, recipient_list;
    {
        const port::Lock lock(m_mutex);
        attachments = m_attachment_table;
        recipients = m_recipient_table;
        if (attachments) attachment_list = attachment_rows();
        if (recipients) recipient_list = recipient_rows();
    }
    // Sinks are called: not under the lock.
    if (attachments) attachments->replace_all(std::move(attachment_list));
    if (recipients) recipients->replace_all(std::move(recipient_list));
}

/// Page: mapi/imessage-getattachmenttable.md
STDMETHODIMP MessageFace::GetAttachmentTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMessage::GetAttachmentTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = attachment_table(flags).detach();
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND; MAPI_E_NO_ACCESS for writing when the message was opened for reading.
/// Page: mapi/imessage-openattach.md
STDMETHODIMP MessageFace::OpenAttach(ULONG number, LPCIID iid, ULONG flags,
                                     LPATTACH* attachment) noexcept {
    return abi::guard("IMessage::OpenAttach", [&]() -> HRESULT {
        if (!attachment) return MAPI_E_INVALID_PARAMETER;
        *attachment = nullptr;
        constexpr ULONG kKnown = MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!is_attach_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        const port::Lock lock(m_mutex);
        const bool best = (flags & MAPI_BEST_ACCESS) != 0;
        if ((flags & MAPI_MODIFY) != 0 && !best && !m_writable) return MAPI_E_NO_ACCESS;
        auto& list = m_message.content.attachments;
        const auto found = find_attachment(list, number);
        if (found == list.end()) return MAPI_E_NOT_FOUND;
        const bool writing = m_writable && (best || (flags & MAPI_MODIFY) != 0);
        *attachment =
            com::make<AttachFace>(com::Ptr<MessageFace>::share(this), *found, writing).detach();
        return S_OK;
    });
}

/// The attachment is part of the message once both were saved.
/// @param number  [out] its PR_ATTACH_NUM, which no other of this message has had
/// Page: mapi/imessage-createattach.md
STDMETHODIMP MessageFace::CreateAttach(LPCIID iid, ULONG flags, ULONG* number,
                                       LPATTACH* attachment) noexcept {
    return abi::guard("IMessage::CreateAttach", [&]() -> HRESULT {
        if (!number || !attachment) return MAPI_E_INVALID_PARAMETER;
        *attachment = nullptr;
        if ((flags & ~MAPI_DEFERRED_ERRORS) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!is_attach_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        Attachment fresh;
        change([&](Message& message) { fresh.number = message.content.next_attachment++; });
        *number = fresh.number;
        *attachment =
            com::make<AttachFace>(com::Ptr<MessageFace>::share(this), fresh, true).detach();
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS. Page: mapi/imessage-deleteattach.md
STDMETHODIMP MessageFace::DeleteAttach(ULONG number, ULONG_PTR, LPMAPIPROGRESS,
                                       ULONG flags) noexcept {
    return abi::guard("IMessage::DeleteAttach", [&]() -> HRESULT {
        if ((flags & ~ATTACH_DIALOG) != 0) return MAPI_E_UNKNOWN_FLAGS;
        change([&](Message& message) {
            auto& list = message.content.attachments;
            const auto found = find_attachment(list, number);
            if (found == list.end()) throw Error(MAPI_E_NOT_FOUND, "deleting an attachment");
            list.erase(found);
        });
        refresh_tables();
        return S_OK;
    });
}

void MessageFace::put_attachment(const Attachment& attachment) {
    change([&](Message& message) {
        auto& list = message.content.attachments;
        const auto found = find_attachment(list, attachment.number);
        if (found == list.end()) {
            list.push_back(attachment);
        } else {
            *found = attachment;
        }
    });
    refresh_tables();
}

/// Page: mapi/imessage-getrecipienttable.md
STDMETHODIMP MessageFace::GetRecipientTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMessage::GetRecipientTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = recipient_table(flags).detach();
        return S_OK;
    });
}

/// All of the list or nothing. Errors: MAPI_E_INVALID_PARAMETER for a recipient to change that does
/// not exist, for two modes at once and for PT_NULL; MAPI_E_NO_ACCESS.
/// Page: mapi/imessage-modifyrecipients.md
STDMETHODIMP MessageFace::ModifyRecipients(ULONG flags, LPADRLIST changes) noexcept {
    return abi::guard("IMessage::ModifyRecipients", [&]() -> HRESULT {
        constexpr ULONG kModes = MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE;
        if ((flags & ~kModes) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if ((flags & (flags - 1)) != 0) return MAPI_E_INVALID_PARAMETER;  // more than one
        const auto rows = object::from_abi(changes);
        change([&](Message& message) {
            MessageContent changed = message.content;
            if (flags == 0) changed.recipients.clear();
            for (const auto& row : rows) {
                if (!row.empty()) apply(changed, flags, bag_of(row));  // a NULL recipient is none
            }
            message.content = std::move(changed);
        });
        refresh_tables();
        return S_OK;
    });
}

}  // namespace remapi::memory_store
