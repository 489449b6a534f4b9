// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/model/message_facts.h"

namespace remapi::localstore {

/// The outgoing queue of a store: queued -> handing-over -> done -> filed. Every step is on the
/// disk before the next begins. Any thread may call it.
class OutgoingQueue {
public:
    explicit OutgoingQueue(std::shared_ptr<Store> store) : m_store(std::move(store)) {}

    /// The messages that wait or are being handed over, in the order of their submission.
    std::vector<std::int64_t> waiting();

    /// This process hands the message over from now on. Errors: MAPI_E_NOT_IN_QUEUE; MAPI_E_BUSY
    /// while another living process does.
    void lock(std::int64_t message);
    /// It waits again.
    void unlock(std::int64_t message);
    /// The same, after a try that failed. Nothing of the message itself is read.
    void note_try(std::int64_t message, ULONG tries, std::uint64_t next_try, StringView error);
    /// Takes the message out of the queue; it is a draft again. Errors: MAPI_E_NOT_IN_QUEUE;
    /// MAPI_E_UNABLE_TO_ABORT while a living process hands it over, or when it was sent.
    void abort(std::int64_t message);

    /// The message was sent: it is never sent again, whatever happens. Errors: MAPI_E_NOT_IN_QUEUE.
    void mark_done(std::int64_t message);
    /// A sent message could not be filed; whoever opens the queue next tries again.
    void leave_done(std::int64_t message);
    /// The sent message was filed.
    void remove(std::int64_t message);
    /// Sent messages that a process which is gone has not filed; they are this process's from now
    /// on.
    std::vector<std::int64_t> take_over_done();

private:
    QueueRow row_of(Transaction& work, std::int64_t message);

    const std::shared_ptr<Store> m_store;
};

}  // namespace remapi::localstore
