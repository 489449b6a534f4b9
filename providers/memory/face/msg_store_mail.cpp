// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where mail arrives and how it leaves: receive folders and the outgoing queue.
#include <algorithm>

#include "object/props/abi_value.h"
#include "object/table/table_data.h"
#include "object/util/calls.h"
#include "providers/memory/face/message.h"
#include "providers/memory/face/msg_store.h"
#include "providers/memory/face/tables.h"
#include "text/text.h"

namespace remapi::memory_store {
namespace {

/// Printable ASCII, under 256 units, no empty part. Page: mapi/imsgstore-setreceivefolder.md
void check_message_class(StringView message_class) {
    const bool plain = std::all_of(message_class.begin(), message_class.end(),
                                   [](WideChar unit) { return unit >= 32 && unit <= 126; });
    const bool empty_part =
        !message_class.empty() &&
        (message_class.front() == REMAPI_W('.') || message_class.back() == REMAPI_W('.') ||
         message_class.find(REMAPI_W("..")) != StringView::npos);
    if (!plain || empty_part || message_class.size() > 255)
        throw Error(MAPI_E_INVALID_PARAMETER, "a message class that is none");
}

}  // namespace

/// Errors: MAPI_E_INVALID_PARAMETER for what is no message class; MAPI_E_INVALID_ENTRYID,
/// MAPI_E_NO_ACCESS. Page: mapi/imsgstore-setreceivefolder.md
STDMETHODIMP MsgStore::SetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG entry_size,
                                        LPENTRYID entry) noexcept {
    return abi::guard("IMsgStore::SetReceiveFolder", [&]() -> HRESULT {
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!m_facts.writable) return MAPI_E_NO_ACCESS;
        const String name = text::from_tstr(message_class, flags);
        check_message_class(name);
        const BytesView id = format::view_entry_id(entry_size, entry);
        m_store->set_receive_folder(name, id.empty() ? 0 : m_store->require(id, MAPI_FOLDER));
        return S_OK;
    });
}

/// @param entry           [out] in a MAPI block of its own
/// @param explicit_class  [out] the prefix that decided, in a MAPI block of its own; may be null
/// Page: mapi/imsgstore-getreceivefolder.md
STDMETHODIMP MsgStore::GetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG* entry_size,
                                        LPENTRYID* entry, LPTSTR* explicit_class) noexcept {
    return abi::guard("IMsgStore::GetReceiveFolder", [&]() -> HRESULT {
        if (!entry_size || !entry) return MAPI_E_INVALID_PARAMETER;
        *entry_size = 0;
        *entry = nullptr;
        if (explicit_class) *explicit_class = nullptr;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const String name = text::from_tstr(message_class, flags);
        check_message_class(name);
        const ReceiveFolder found = m_store->receive_folder(name);
        const Bytes id = m_store->folder_entry_id(found.folder);
        auto block = Buffer<ENTRYID>::attach(object::pack_entry_id(id));
        if (explicit_class) *explicit_class = object::pack_text(found.message_class, flags);
        *entry_size = narrow_size(id.size());
        *entry = block.release();
        return S_OK;
    });
}

/// Page: mapi/imsgstore-getreceivefoldertable.md
STDMETHODIMP MsgStore::GetReceiveFolderTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgStore::GetReceiveFolderTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        std::vector<PropertyBag> rows;
        for (const ReceiveFolder& receive : m_store->receive_folders()) {
            const ObjectId folder{MAPI_FOLDER, receive.folder};
            rows.push_back({object::instance_key(rows.size() + 1),
                            {PR_ENTRYID, m_store->entry_id(folder)},
                            {PR_RECORD_KEY, m_store->record_key(folder)},
                            {PR_MESSAGE_CLASS_W, receive.message_class},
                            {PR_LAST_MODIFICATION_TIME, receive.modified}});
        }
        *table = object::make_table({PR_INSTANCE_KEY, PR_ENTRYID, PR_RECORD_KEY, PR_MESSAGE_CLASS_W,
                                     PR_LAST_MODIFICATION_TIME},
                                    std::move(rows), flags)
                     .detach();
        return S_OK;
    });
}

/// Page: mapi/imsgstore-getoutgoingqueue.md Differs: every caller may look at it.
STDMETHODIMP MsgStore::GetOutgoingQueue(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgStore::GetOutgoingQueue", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = open_queue_table(m_store, flags, owner()).detach();
        return S_OK;
    });
}

/// The message's flags and place in the queue have changed.
void MsgStore::announce_queue(Number message) {
    announce({.object = {MAPI_MESSAGE, message}, .parent = m_store->message(message).folder});
}

/// Takes a message back; it is a draft again. Errors: MAPI_E_NOT_IN_QUEUE, MAPI_E_UNABLE_TO_ABORT.
/// Page: mapi/imsgstore-abortsubmit.md
STDMETHODIMP MsgStore::AbortSubmit(ULONG entry_size, LPENTRYID entry, ULONG flags) noexcept {
    return abi::guard("IMsgStore::AbortSubmit", [&]() -> HRESULT {
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const Number id = m_store->require(format::view_entry_id(entry_size, entry), MAPI_MESSAGE);
        m_store->abort(id);
        announce_queue(id);
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_IN_QUEUE. Page: mapi/imsgstore-setlockstate.md
STDMETHODIMP MsgStore::SetLockState(LPMESSAGE message, ULONG lock_state) noexcept {
    return abi::guard("IMsgStore::SetLockState", [&]() -> HRESULT {
        if (!message || (lock_state != MSG_LOCKED && lock_state != MSG_UNLOCKED))
            return MAPI_E_INVALID_PARAMETER;
        const PropValue entry = object::get_required_prop(message, PR_ENTRYID);
        const Number id = m_store->require(entry.bytes(), MAPI_MESSAGE);
        // What was changed before the lock counts.
        const PropValue access = object::get_required_prop(message, PR_ACCESS_LEVEL);
        if ((access.number() & MAPI_MODIFY) != 0)
            check(message->SaveChanges(KEEP_OPEN_READWRITE), "IMAPIProp::SaveChanges");
        m_store->set_locked(id, lock_state == MSG_LOCKED);
        announce_queue(id);
        return S_OK;
    });
}

/// The message was sent: it is moved to PR_SENTMAIL_ENTRYID or deleted, as it says itself; the host
/// does both. Errors: MAPI_E_NOT_IN_QUEUE. Page: mapi/imsgstore-finishedmsg.md
/// Differs: does not ask who calls.
STDMETHODIMP MsgStore::FinishedMsg(ULONG flags, ULONG entry_size, LPENTRYID entry) noexcept {
    return abi::guard("IMsgStore::FinishedMsg", [&]() -> HRESULT {
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const Number id = m_store->require(format::view_entry_id(entry_size, entry), MAPI_MESSAGE);
        m_store->finish(id);
        announce_queue(id);
        Message message = m_store->message(id);
        const PropertyBag& values = message.content.values;
        if (values.bytes(PR_SENTMAIL_ENTRYID).empty() && !values.truth(PR_DELETE_AFTER_SUBMIT))
            return S_OK;  // it stays where it is
        auto sent =
            com::make<MessageFace>(com::Ptr<MsgStore>::share(this), std::move(message), true);
        // The host takes the reference over, unless it fails.
        const HRESULT hr = required_support()->DoSentMail(0, sent.get());
        if (SUCCEEDED(hr)) sent.detach();
        return hr;
    });
}

}  // namespace remapi::memory_store
