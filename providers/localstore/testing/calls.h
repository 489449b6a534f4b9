// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Calls at folders and messages as C++, for tests of the COM face.
#pragma once

#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {

inline ENTRYID* as_entry(Bytes& entry) {
    return reinterpret_cast<ENTRYID*>(entry.data());
}

inline Bytes entry_of(IMAPIProp* object) {
    return object::get_required_prop(object, PR_ENTRYID).bytes();
}

inline std::int64_t number_of(IMAPIProp* object, ULONG tag) {
    return object::get_required_prop(object, tag).number();
}

inline String text_of(IMAPIProp* object, ULONG tag) {
    return object::get_required_prop(object, tag).text();
}

/// A sub-folder of `parent`, made or opened.
inline com::Ptr<IMAPIFolder> make_folder(IMAPIFolder* parent, String name) {
    com::Ptr<IMAPIFolder> folder;
    check(parent->CreateFolder(FOLDER_GENERIC, reinterpret_cast<LPTSTR>(name.data()), nullptr,
                               nullptr, MAPI_UNICODE | OPEN_IF_EXISTS, folder.put()),
          "IMAPIFolder::CreateFolder");
    return folder;
}

/// A saved message; answers its entry identifier.
inline Bytes make_message(IMAPIFolder* folder, StringView subject, ULONG flags = 0) {
    com::Ptr<IMessage> message;
    check(folder->CreateMessage(nullptr, flags, message.put()), "IMAPIFolder::CreateMessage");
    object::set_prop(message.get(), {PR_SUBJECT_W, subject});
    check(message->SaveChanges(KEEP_OPEN_READONLY), "IMAPIProp::SaveChanges");
    return entry_of(message.get());
}

/// An ENTRYLIST of these.
class EntryList {
public:
    explicit EntryList(std::vector<Bytes> entries) : m_entries(std::move(entries)) {
        for (Bytes& entry : m_entries) m_items.push_back({narrow_size(entry.size()), entry.data()});
        m_list = {narrow_size(m_items.size()), m_items.data()};
    }
    ENTRYLIST* get() { return &m_list; }

private:
    std::vector<Bytes> m_entries;
    std::vector<SBinary> m_items;
    ENTRYLIST m_list = {};
};

inline HRESULT delete_messages(IMAPIFolder* folder, std::vector<Bytes> entries, ULONG flags = 0) {
    return folder->DeleteMessages(EntryList(std::move(entries)).get(), 0, nullptr, flags);
}

inline HRESULT copy_messages(IMAPIFolder* from, std::vector<Bytes> entries, IMAPIFolder* to,
                             ULONG flags) {
    return from->CopyMessages(EntryList(std::move(entries)).get(), nullptr, to, 0, nullptr, flags);
}

inline HRESULT copy_folder(IMAPIFolder* from, Bytes entry, IMAPIFolder* to, ULONG flags,
                           String name = {}) {
    return from->CopyFolder(narrow_size(entry.size()), as_entry(entry), nullptr, to,
                            name.empty() ? nullptr : reinterpret_cast<LPTSTR>(name.data()), 0,
                            nullptr, flags | MAPI_UNICODE);
}

inline HRESULT delete_folder(IMAPIFolder* parent, Bytes entry, ULONG flags) {
    return parent->DeleteFolder(narrow_size(entry.size()), as_entry(entry), 0, nullptr, flags);
}

inline std::vector<PropertyBag> contents_of(IMAPIFolder* folder, ULONG flags = 0) {
    com::Ptr<IMAPITable> table;
    check(folder->GetContentsTable(flags | MAPI_UNICODE, table.put()), "GetContentsTable");
    return object::query_all_rows(table.get());
}

inline std::vector<PropertyBag> hierarchy_of(IMAPIFolder* folder, ULONG flags = 0) {
    com::Ptr<IMAPITable> table;
    check(folder->GetHierarchyTable(flags | MAPI_UNICODE, table.put()), "GetHierarchyTable");
    return object::query_all_rows(table.get());
}

/// What OpenEntry answers; the object is let go.
inline HRESULT open_result(IMsgStore* store, Bytes entry, ULONG flags) {
    com::Ptr<IUnknown> object;
    ULONG type = 0;
    return store->OpenEntry(narrow_size(entry.size()), as_entry(entry), nullptr, flags, &type,
                            object.put());
}

}  // namespace remapi::localstore
