// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMsgStore's receive folders.
#include <algorithm>

#include "object/props/abi_value.h"
#include "object/table/table_data.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/msg_store.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

/// The units that a message class may have: printable ASCII, under 256, no empty part.
/// Page: mapi/imsgstore-setreceivefolder.md
void check_message_class(StringView message_class) {
    if (message_class.empty()) return;
    const bool plain = std::all_of(message_class.begin(), message_class.end(),
                                   [](WideChar unit) { return unit >= 32 && unit <= 126; });
    const bool dots = message_class.front() == REMAPI_W('.') ||
                      message_class.back() == REMAPI_W('.') ||
                      message_class.find(REMAPI_W("..")) != StringView::npos;
    if (!plain || dots || message_class.size() > 255) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a message class that is none");
    }
}

}  // namespace

/// Sets the folder that messages of a class are delivered to; without an entry id the class gets
/// that of the next shorter prefix again, whether it had one of its own or not, and all the others
/// the Inbox.
/// @param message_class  null or empty: all classes without a folder of their own
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_ENTRYID, MAPI_E_INVALID_ENTRYID for that of a
/// message, MAPI_E_NO_ACCESS.
/// Page: mapi/imsgstore-setreceivefolder.md
STDMETHODIMP MsgStore::SetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG entry_size,
                                        LPENTRYID entry) noexcept {
    return abi::guard("IMsgStore::SetReceiveFolder", [&]() -> HRESULT {
        check_flags(flags, MAPI_UNICODE, "setting a receive folder");
        if (!m_facts.writable) throw Error(MAPI_E_NO_ACCESS, "setting a receive folder");
        const String name = text::from_tstr(message_class, flags);
        check_message_class(name);
        const BytesView id = format::view_entry_id(entry_size, entry);
        // The folder of last resort becomes the Inbox again, it cannot be taken away.
        const std::int64_t fallback = name.empty() ? m_store->special(Special::Inbox) : 0;
        m_store->set_receive_folder(
            name, id.empty() ? fallback : required_object(*m_store, id, MAPI_FOLDER).row);
        return S_OK;
    });
}

/// @param entry           [out] the folder, in its own MAPI block
/// @param explicit_class  [out] the prefix that it was set for, in its own MAPI block; may be null
/// Page: mapi/imsgstore-getreceivefolder.md
STDMETHODIMP MsgStore::GetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG* entry_size,
                                        LPENTRYID* entry, LPTSTR* explicit_class) noexcept {
    return abi::guard("IMsgStore::GetReceiveFolder", [&]() -> HRESULT {
        require(entry_size && entry, "looking for a receive folder");
        *entry_size = 0;
        *entry = nullptr;
        if (explicit_class) *explicit_class = nullptr;
        check_flags(flags, MAPI_UNICODE, "looking for a receive folder");
        const String name = text::from_tstr(message_class, flags);
        check_message_class(name);
        const ReceiveFolderRow row = m_store->receive_folder(name);
        const Bytes id = m_store->folder_entry_id(row.folder);
        if (explicit_class) *explicit_class = object::pack_text(row.message_class, flags);
        try {
            *entry = object::pack_entry_id(id);
        } catch (...) {
            if (explicit_class) memory::routines().free(std::exchange(*explicit_class, nullptr));
            throw;
        }
        *entry_size = narrow_size(id.size());
        return S_OK;
    });
}

/// Page: mapi/imsgstore-getreceivefoldertable.md
STDMETHODIMP MsgStore::GetReceiveFolderTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgStore::GetReceiveFolderTable", [&]() -> HRESULT {
        require(table, "the receive folder table");
        *table = nullptr;
        check_flags(flags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS, "the receive folder table");
        std::vector<PropertyBag> rows;
        for (const ReceiveFolderRow& row : m_store->receive_folders()) {
            PropertyBag bag;
            bag.set(object::instance_key(rows.size() + 1));
            bag.set({PR_ENTRYID, m_store->folder_entry_id(row.folder)});
            bag.set({PR_RECORD_KEY, object_record_key(m_store->uid(), {MAPI_FOLDER, row.folder})});
            bag.set({PR_MESSAGE_CLASS_W, row.message_class});
            bag.set({PR_LAST_MODIFICATION_TIME, row.modified});
            rows.push_back(std::move(bag));
        }
        *table = object::make_table({PR_INSTANCE_KEY, PR_ENTRYID, PR_RECORD_KEY, PR_MESSAGE_CLASS_W,
                                     PR_LAST_MODIFICATION_TIME},
                                    std::move(rows), flags)
                     .detach();
        return S_OK;
    });
}

}  // namespace remapi::localstore
