// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/sent_mail.h"

#include "log/log.h"
#include "spi/props.h"

namespace remapi::spi {
namespace {

com::Ptr<IMAPIFolder> open_folder(IMAPISession* session, BytesView entry) {
    com::Ptr<IMAPIFolder> folder;
    ULONG type = 0;
    const HRESULT hr =
        session->OpenEntry(narrow_size(entry.size()), as_entry(entry), &IID_IMAPIFolder,
                           MAPI_MODIFY, &type, folder.put_as<IUnknown>());
    if (FAILED(hr)) {
        REMAPI_WARN(Spi, "a folder for sent mail cannot be opened: 0x%08x",
                    static_cast<unsigned>(hr));
        return nullptr;
    }
    return folder;
}

}  // namespace

void file_sent_message(IMAPISession* session, IMessage* message) {
    const PropertyBag props = read_properties(
        message, {PR_ENTRYID, PR_PARENT_ENTRYID, PR_SENTMAIL_ENTRYID, PR_DELETE_AFTER_SUBMIT});
    const BytesView entry = props.bytes(PR_ENTRYID);
    const BytesView parent_entry = props.bytes(PR_PARENT_ENTRYID);
    const BytesView target_entry = props.bytes(PR_SENTMAIL_ENTRYID);
    if (entry.empty() || parent_entry.empty())
        throw Error(MAPI_E_NOT_FOUND, "a sent message without a place");

    const com::Ptr<IMAPIFolder> parent = open_folder(session, parent_entry);
    if (!parent) throw Error(MAPI_E_NOT_FOUND, "the folder of a sent message");
    SBinary id = {narrow_size(entry.size()), const_cast<BYTE*>(entry.data())};
    ENTRYLIST list = {1, &id};
    if (target_entry.empty() || props.truth(PR_DELETE_AFTER_SUBMIT)) {
        check(parent->DeleteMessages(&list, 0, nullptr, 0), "IMAPIFolder::DeleteMessages");
        return;
    }
    const com::Ptr<IMAPIFolder> target = open_folder(session, target_entry);
    if (!target) return;  // it stays where it is: moving it nowhere would lose it
    if (equal_bytes(target_entry, parent_entry)) return;
    check(parent->CopyMessages(&list, &IID_IMAPIFolder, target.get(), 0, nullptr, MESSAGE_MOVE),
          "IMAPIFolder::CopyMessages");
}

}  // namespace remapi::spi
