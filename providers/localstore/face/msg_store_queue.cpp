// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMsgStore's outgoing queue, as the spooler uses it.
#include "log/log.h"
#include "object/util/calls.h"
#include "port/fault_point.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/message_face.h"
#include "providers/localstore/face/msg_store.h"
#include "providers/localstore/face/tables.h"
#include "providers/localstore/model/outgoing_queue.h"

namespace remapi::localstore {
namespace {

Change queue_change(std::int64_t message) {
    Change change;
    change.object = {MAPI_MESSAGE, message};
    change.queue = true;
    return change;
}

}  // namespace

/// Takes a message back that waits to be sent; it is a draft again.
/// Errors: MAPI_E_NOT_IN_QUEUE, MAPI_E_UNABLE_TO_ABORT, MAPI_E_UNKNOWN_ENTRYID.
/// Page: mapi/imsgstore-abortsubmit.md
STDMETHODIMP MsgStore::AbortSubmit(ULONG entry_size, LPENTRYID entry, ULONG flags) noexcept {
    return abi::guard("IMsgStore::AbortSubmit", [&]() -> HRESULT {
        check_flags(flags, 0, "taking back a message");
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t message = required_object(*m_store, id, MAPI_MESSAGE).row;
        OutgoingQueue(m_store).abort(message);
        announce(queue_change(message));
        return S_OK;
    });
}

/// The table also finishes what an earlier process sent and could not file any more.
/// Page: mapi/imsgstore-getoutgoingqueue.md
/// Differs: open to every caller, as it changes nothing; `remapi queue` reads it.
STDMETHODIMP MsgStore::GetOutgoingQueue(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgStore::GetOutgoingQueue", [&]() -> HRESULT {
        require(table, "the outgoing queue");
        *table = nullptr;
        check_flags(flags, MAPI_UNICODE, "the outgoing queue");
        finish_leftovers();
        *table =
            QueueSource::make(m_store)->open_view(flags, static_cast<IMsgStore*>(this)).detach();
        return S_OK;
    });
}

/// Locks a message for being handed over, or lets it wait again; unsaved changes of it are saved
/// first. Errors: MAPI_E_NOT_IN_QUEUE; MAPI_E_BUSY while another living process hands it over.
/// Page: mapi/imsgstore-setlockstate.md
STDMETHODIMP MsgStore::SetLockState(LPMESSAGE message, ULONG lock_state) noexcept {
    return abi::guard("IMsgStore::SetLockState", [&]() -> HRESULT {
        require(message && (lock_state == MSG_LOCKED || lock_state == MSG_UNLOCKED),
                "locking a message");
        const PropValue entry = object::get_required_prop(message, PR_ENTRYID);
        const std::int64_t id = required_object(*m_store, entry.bytes(), MAPI_MESSAGE).row;
        const auto access = object::get_one_prop(message, PR_ACCESS_LEVEL);
        if (access && (access->number() & MAPI_MODIFY) != 0) {
            check(message->SaveChanges(KEEP_OPEN_READWRITE), "IMAPIProp::SaveChanges");
        }
        OutgoingQueue queue(m_store);
        if (lock_state == MSG_LOCKED) {
            queue.lock(id);
        } else {
            queue.unlock(id);
        }
        m_store->changes().tell(queue_change(id));
        return S_OK;
    });
}

/// The message was sent: that is on the disk before it is filed, so that it is not sent again.
/// Errors: MAPI_E_NOT_IN_QUEUE; what filing it answers, which is tried again when the queue is
/// opened next. Page: mapi/imsgstore-finishedmsg.md Differs: does not ask who calls; a message that
/// is not in the queue is refused.
STDMETHODIMP MsgStore::FinishedMsg(ULONG flags, ULONG entry_size, LPENTRYID entry) noexcept {
    return abi::guard("IMsgStore::FinishedMsg", [&]() -> HRESULT {
        check_flags(flags, 0, "finishing a message");
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t message = required_object(*m_store, id, MAPI_MESSAGE).row;
        OutgoingQueue(m_store).mark_done(message);
        port::fault_point("store.finish.marked-done");
        return finish(message);
    });
}

STDMETHODIMP MsgStore::NoteTry(ULONG entry_size, LPENTRYID entry, ULONG tries, ULONGLONG next_try,
                               LPCWSTR reason) noexcept {
    return abi::guard("IRemapiQueueNotes::NoteTry", [&]() -> HRESULT {
        if (!reason) return MAPI_E_INVALID_PARAMETER;
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t message = required_object(*m_store, id, MAPI_MESSAGE).row;
        OutgoingQueue(m_store).note_try(message, tries, next_try, reason);
        m_store->changes().tell(queue_change(message));
        return S_OK;
    });
}

HRESULT MsgStore::finish(std::int64_t message) {
    OutgoingQueue queue(m_store);
    HRESULT hr = S_OK;
    {
        auto face = MessageFace::open(com::Ptr<MsgStore>::share(this), message,
                                      {.writing = true, .best = true, .spooler = true});
        const auto target = object::get_one_prop(face.get(), PR_SENTMAIL_ENTRYID);
        const auto removal = object::get_one_prop(face.get(), PR_DELETE_AFTER_SUBMIT);
        // With neither it stays in the folder that it was sent from.
        if (target || (removal && removal->truth())) {
            IMessage* theirs = face.detach();  // the host releases it, unless it fails
            hr = required_support()->DoSentMail(0, theirs);
            if (FAILED(hr)) theirs->Release();
        }
    }
    if (FAILED(hr)) {
        REMAPI_WARN(Store, "a sent message could not be filed: 0x%08x", static_cast<unsigned>(hr));
        queue.leave_done(message);
        return hr;
    }
    port::fault_point("store.finish.moved");
    queue.remove(message);
    m_store->changes().tell(queue_change(message));
    return S_OK;
}

void MsgStore::finish_leftovers() {
    if (!m_facts.writable) return;
    for (const std::int64_t message : OutgoingQueue(m_store).take_over_done()) {
        try {
            finish(message);
        } catch (const Error& error) {
            REMAPI_WARN(Store, "a sent message could not be filed: %s", error.what());
        }
    }
}

}  // namespace remapi::localstore
