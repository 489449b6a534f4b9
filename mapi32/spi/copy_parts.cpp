// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/copy_parts.h"

#include <array>

#include "abi/guard.h"
#include "log/log.h"
#include "spi/props.h"

namespace remapi::spi {
namespace {

std::vector<PropertyBag> contents_of(IMAPIFolder* folder, ULONG flags) {
    com::Ptr<IMAPITable> table;
    check(folder->GetContentsTable(flags, table.put()), "IMAPIFolder::GetContentsTable");
    return read_rows(table.get(), {PR_ENTRYID});
}

// Nobody is told that a copy was read. Page:
// mapi/providing-read-and-nonread-reports-for-message-store-providers.md
void forget_reports(IMessage* from, IMessage* copy) {
    const PropertyBag asked =
        read_properties(from, {PR_READ_RECEIPT_REQUESTED, PR_NON_RECEIPT_NOTIFICATION_REQUESTED});
    if (!asked.truth(PR_READ_RECEIPT_REQUESTED) &&
        !asked.truth(PR_NON_RECEIPT_NOTIFICATION_REQUESTED)) {
        return;
    }
    const HRESULT hr = copy->SetReadFlag(CLEAR_RN_PENDING | CLEAR_NRN_PENDING);
    if (FAILED(hr)) {
        REMAPI_WARN(Spi, "a copy may still cause a report: IMessage::SetReadFlag 0x%08x",
                    static_cast<unsigned>(hr));
    }
}

void copy_attachment(IMessage* from, ULONG number, IMessage* to) {
    com::Ptr<IAttach> source;
    com::Ptr<IAttach> target;
    ULONG made = 0;
    check(from->OpenAttach(number, nullptr, 0, source.put()), "IMessage::OpenAttach");
    check(to->CreateAttach(nullptr, 0, &made, target.put()), "IMessage::CreateAttach");
    copy_object(source.get(), {}, nullptr, target.get(), {}, nullptr);
    check(target->SaveChanges(0), "IAttach::SaveChanges");
}

}  // namespace

HRESULT copy_bytes(IStream* from, IStream* to) {
    std::array<BYTE, 16384> block;
    for (;;) {
        ULONG read = 0;
        const HRESULT got = from->Read(block.data(), static_cast<ULONG>(block.size()), &read);
        if (FAILED(got)) return got;
        if (read == 0) return to->Commit(STGC_DEFAULT);
        ULONG written = 0;
        const HRESULT put = to->Write(block.data(), read, &written);
        if (FAILED(put)) return put;
        if (written != read) return MAPI_E_NOT_ENOUGH_DISK;
    }
}

void copy_recipients(IMessage* from, IMessage* to) {
    std::vector<PropertyBag> rows = read_recipients(from);
    for (PropertyBag& row : rows) row.remove(PR_ROWID);
    write_recipients(to, 0, rows);
}

void copy_attachments(IMessage* from, IMessage* to) {
    com::Ptr<IMAPITable> table;
    check(from->GetAttachmentTable(MAPI_UNICODE, table.put()), "IMessage::GetAttachmentTable");
    for (const PropertyBag& row : read_rows(table.get(), {PR_ATTACH_NUM})) {
        copy_attachment(from, static_cast<ULONG>(row.number(PR_ATTACH_NUM)), to);
    }
}

void copy_attached_object(IAttach* from, IAttach* to) {
    const PropertyBag props = read_properties(from, {PR_ATTACH_METHOD});
    if (props.number(PR_ATTACH_METHOD) != ATTACH_EMBEDDED_MSG) return;
    com::Ptr<IMessage> source;
    com::Ptr<IMessage> target;
    check(from->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, source.put_as<IUnknown>()),
          "opening an embedded message");
    check(to->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                           target.put_as<IUnknown>()),
          "making an embedded message");
    copy_object(source.get(), {}, nullptr, target.get(), {}, nullptr);
    check(target->SaveChanges(0), "IMessage::SaveChanges");
}

HRESULT copy_message(IMAPIFolder* source, BytesView entry, IMAPIFolder* target) {
    return abi::guard("copying a message", [&]() -> HRESULT {
        com::Ptr<IMessage> from;
        com::Ptr<IMessage> to;
        ULONG type = 0;
        check(source->OpenEntry(narrow_size(entry.size()), as_entry(entry), &IID_IMessage, 0, &type,
                                from.put_as<IUnknown>()),
              "opening a message to copy");
        const PropertyBag props = read_properties(from.get(), {PR_MESSAGE_FLAGS});
        const bool associated = (props.number(PR_MESSAGE_FLAGS) & MSGFLAG_ASSOCIATED) != 0;
        check(target->CreateMessage(nullptr, associated ? MAPI_ASSOCIATED : 0, to.put()),
              "IMAPIFolder::CreateMessage");
        copy_object(from.get(), {}, nullptr, to.get(), {}, nullptr);
        check(to->SaveChanges(KEEP_OPEN_READONLY), "IMessage::SaveChanges");
        forget_reports(from.get(), to.get());
        return S_OK;
    });
}

HRESULT copy_contents(IMAPIFolder* source, IMAPIFolder* target, const CopyOptions& options) {
    HRESULT result = S_OK;
    for (const ULONG flags : {ULONG{0}, ULONG{MAPI_ASSOCIATED}}) {
        for (const PropertyBag& row : contents_of(source, flags)) {
            const BytesView entry = row.bytes(PR_ENTRYID);
            SBinary id = {narrow_size(entry.size()), const_cast<BYTE*>(entry.data())};
            const ENTRYLIST one = {1, &id};
            const HRESULT hr = copy_messages(source, one, target, options);
            if (FAILED(hr)) return hr;
            if (hr != S_OK) result = hr;
        }
    }
    return result;
}

HRESULT copy_subfolders(IMAPIFolder* source, IMAPIFolder* target, const CopyOptions& options) {
    com::Ptr<IMAPITable> table;
    check(source->GetHierarchyTable(0, table.put()), "IMAPIFolder::GetHierarchyTable");
    HRESULT result = S_OK;
    for (const PropertyBag& row : read_rows(table.get(), {PR_ENTRYID})) {
        const HRESULT hr = copy_folder(source, row.bytes(PR_ENTRYID), target, {}, true, options);
        if (hr != S_OK) result = MAPI_W_PARTIAL_COMPLETION;
    }
    return result;
}

bool contains(IMAPIFolder* outer, IMAPIFolder* inner) {
    const PropertyBag top = read_properties(outer, {PR_ENTRYID, PR_STORE_RECORD_KEY});
    PropertyBag folder =
        read_properties(inner, {PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_RECORD_KEY});
    if (!equal_bytes(top.bytes(PR_STORE_RECORD_KEY), folder.bytes(PR_STORE_RECORD_KEY)))
        return false;
    for (;;) {
        if (equal_bytes(top.bytes(PR_ENTRYID), folder.bytes(PR_ENTRYID))) return true;
        const Bytes parent = to_bytes(folder.bytes(PR_PARENT_ENTRYID));
        // The root of a store is its own parent.
        if (parent.empty() || equal_bytes(parent, folder.bytes(PR_ENTRYID))) return false;
        com::Ptr<IMAPIFolder> above;
        ULONG type = 0;
        if (FAILED(inner->OpenEntry(narrow_size(parent.size()), as_entry(parent), &IID_IMAPIFolder,
                                    0, &type, above.put_as<IUnknown>()))) {
            return false;
        }
        folder = read_properties(above.get(), {PR_ENTRYID, PR_PARENT_ENTRYID});
    }
}

}  // namespace remapi::spi
