// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/mailbox.h"

#include "memory/buffer.h"
#include "text/text.h"

namespace remapi::test {
namespace {

String text_of(const SPropValue& value) {
    return PROP_TYPE(value.ulPropTag) == PT_UNICODE ? String(value.Value.lpszW) : String();
}
ULONG number_of(const SPropValue& value) {
    return PROP_TYPE(value.ulPropTag) == PT_LONG ? value.Value.ul : 0;
}
std::string bytes_of(const SPropValue& value) {
    if (PROP_TYPE(value.ulPropTag) != PT_BINARY) return {};
    return std::string(reinterpret_cast<const char*>(value.Value.bin.lpb), value.Value.bin.cb);
}

/// Every row of `table` with the columns `tags`.
RowSet all_rows(IMAPITable& table, std::vector<ULONG> tags) {
    tags.insert(tags.begin(), static_cast<ULONG>(tags.size()));
    check(table.SetColumns(reinterpret_cast<LPSPropTagArray>(tags.data()), 0),
          "IMAPITable::SetColumns");
    RowSet rows;
    check(table.QueryRows(100000, 0, rows.put()), "IMAPITable::QueryRows");
    return rows;
}

/// The values of `tags`, in their order.
Buffer<SPropValue> values_of(IMAPIProp& object, std::vector<ULONG> tags) {
    tags.insert(tags.begin(), static_cast<ULONG>(tags.size()));
    ULONG count = 0;
    Buffer<SPropValue> values;
    check(object.GetProps(reinterpret_cast<LPSPropTagArray>(tags.data()), MAPI_UNICODE, &count,
                          values.put()),
          "IMAPIProp::GetProps");
    return values;
}

std::string read_all(IStream& stream) {
    std::string out;
    char piece[4096];
    for (;;) {
        ULONG read = 0;
        check(stream.Read(piece, sizeof piece, &read), "IStream::Read");
        if (read == 0) return out;
        out.append(piece, read);
    }
}

std::vector<StoredRecipient> recipients_of(IMessage& message) {
    com::Ptr<IMAPITable> table;
    check(message.GetRecipientTable(MAPI_UNICODE, table.put()), "IMessage::GetRecipientTable");
    const RowSet rows =
        all_rows(*table, {PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W});
    std::vector<StoredRecipient> out;
    for (ULONG i = 0; i < rows.size(); ++i) {
        const SPropValue* values = rows[i].lpProps;
        out.push_back(
            {number_of(values[0]), text_of(values[1]), text_of(values[2]), text_of(values[3])});
    }
    return out;
}

std::vector<StoredAttachment> attachments_of(IMessage& message) {
    com::Ptr<IMAPITable> table;
    check(message.GetAttachmentTable(MAPI_UNICODE, table.put()), "IMessage::GetAttachmentTable");
    const RowSet rows = all_rows(*table, {PR_ATTACH_NUM});
    std::vector<StoredAttachment> out;
    for (ULONG i = 0; i < rows.size(); ++i) {
        com::Ptr<IAttach> attachment;
        check(message.OpenAttach(number_of(rows[i].lpProps[0]), nullptr, 0, attachment.put()),
              "IMessage::OpenAttach");
        const auto values =
            values_of(*attachment, {PR_ATTACH_LONG_FILENAME_W, PR_RENDERING_POSITION});
        com::Ptr<IStream> stream;
        check(attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0,
                                       stream.put_as<IUnknown>()),
              "IAttach::OpenProperty");
        out.push_back({text_of(values[0]), number_of(values[1]), read_all(*stream)});
    }
    return out;
}

}  // namespace

Mailbox::Mailbox(const Subject& library) {
    const auto logon = library.find<MAPILOGONEX>("MAPILogonEx");
    if (!logon) throw Error(MAPI_E_NOT_FOUND, "MAPILogonEx is not exported");
    check(
        logon(0, nullptr, nullptr,
              MAPI_EXTENDED | MAPI_USE_DEFAULT | MAPI_NEW_SESSION | MAPI_NO_MAIL, m_session.put()),
        "MAPILogonEx");
    com::Ptr<IMAPITable> table;
    check(m_session->GetMsgStoresTable(0, table.put()), "IMAPISession::GetMsgStoresTable");
    const RowSet rows = all_rows(*table, {PR_ENTRYID, PR_DEFAULT_STORE});
    for (ULONG i = 0; i < rows.size(); ++i) {
        const SPropValue* values = rows[i].lpProps;
        if (PROP_TYPE(values[1].ulPropTag) != PT_BOOLEAN || !values[1].Value.b) continue;
        check(m_session->OpenMsgStore(0, values[0].Value.bin.cb,
                                      reinterpret_cast<LPENTRYID>(values[0].Value.bin.lpb), nullptr,
                                      MDB_WRITE | MDB_NO_DIALOG, m_store.put()),
              "IMAPISession::OpenMsgStore");
        return;
    }
    throw Error(MAPI_E_NOT_FOUND, "the profile has no default store");
}

Mailbox::~Mailbox() {
    m_store.reset();
    if (m_session) m_session->Logoff(0, 0, 0);
}

com::Ptr<IMAPIFolder> Mailbox::open(const std::string& entry_id) {
    ULONG type = 0;
    com::Ptr<IUnknown> opened;
    auto* id = reinterpret_cast<LPENTRYID>(const_cast<char*>(entry_id.data()));
    check(m_store->OpenEntry(narrow_size(entry_id.size()), id, nullptr, MAPI_MODIFY, &type,
                             opened.put()),
          "IMsgStore::OpenEntry");
    return com::query<IMAPIFolder>(opened.get());
}

com::Ptr<IMAPIFolder> Mailbox::find_folder(StringView name) {
    const auto subtree = open(bytes_of(values_of(*m_store, {PR_IPM_SUBTREE_ENTRYID})[0]));
    com::Ptr<IMAPITable> table;
    check(subtree->GetHierarchyTable(MAPI_UNICODE, table.put()), "IMAPIFolder::GetHierarchyTable");
    const RowSet rows = all_rows(*table, {PR_DISPLAY_NAME_W, PR_ENTRYID});
    for (ULONG i = 0; i < rows.size(); ++i) {
        if (text_of(rows[i].lpProps[0]) == name) return open(bytes_of(rows[i].lpProps[1]));
    }
    throw Error(MAPI_E_NOT_FOUND, "folder " + text::to_utf8(name));
}

std::vector<StoredMessage> Mailbox::read(IMAPIFolder& folder) {
    com::Ptr<IMAPITable> table;
    check(folder.GetContentsTable(MAPI_UNICODE, table.put()), "IMAPIFolder::GetContentsTable");
    const RowSet rows = all_rows(*table, {PR_ENTRYID});
    std::vector<StoredMessage> out;
    for (ULONG i = 0; i < rows.size(); ++i) {
        const SBinary& id = rows[i].lpProps[0].Value.bin;
        ULONG type = 0;
        com::Ptr<IUnknown> opened;
        check(m_store->OpenEntry(id.cb, reinterpret_cast<LPENTRYID>(id.lpb), nullptr, 0, &type,
                                 opened.put()),
              "IMsgStore::OpenEntry");
        const auto message = com::query<IMessage>(opened.get());
        const auto values =
            values_of(*message, {PR_SUBJECT_W, PR_BODY_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS});
        out.push_back({text_of(values[0]), text_of(values[1]), text_of(values[2]),
                       number_of(values[3]), recipients_of(*message), attachments_of(*message)});
    }
    return out;
}

std::vector<StoredMessage> Mailbox::outbox() {
    return read(*open(bytes_of(values_of(*m_store, {PR_IPM_OUTBOX_ENTRYID})[0])));
}

std::vector<StoredMessage> Mailbox::folder(StringView name) {
    return read(*find_folder(name));
}

void Mailbox::empty(StringView name) {
    const auto remove_all = [](IMAPIFolder& folder) {
        com::Ptr<IMAPITable> table;
        check(folder.GetContentsTable(0, table.put()), "IMAPIFolder::GetContentsTable");
        RowSet rows = all_rows(*table, {PR_ENTRYID});
        std::vector<SBinary> ids;
        for (ULONG i = 0; i < rows.size(); ++i) ids.push_back(rows[i].lpProps[0].Value.bin);
        if (ids.empty()) return;
        ENTRYLIST list = {narrow_size(ids.size()), ids.data()};
        check(folder.DeleteMessages(&list, 0, nullptr, 0), "IMAPIFolder::DeleteMessages");
    };
    ULONG state = 0;
    const auto outbox = open(bytes_of(values_of(*m_store, {PR_IPM_OUTBOX_ENTRYID})[0]));
    com::Ptr<IMAPITable> table;
    check(outbox->GetContentsTable(0, table.put()), "IMAPIFolder::GetContentsTable");
    const RowSet rows = all_rows(*table, {PR_ENTRYID});
    for (ULONG i = 0; i < rows.size(); ++i) {
        const SBinary& id = rows[i].lpProps[0].Value.bin;
        // A submitted message cannot be deleted until its submission is taken back.
        m_store->AbortSubmit(id.cb, reinterpret_cast<LPENTRYID>(id.lpb), state);
    }
    remove_all(*outbox);
    if (!name.empty()) remove_all(*find_folder(name));
}

}  // namespace remapi::test
