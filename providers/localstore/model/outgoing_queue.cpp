// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/outgoing_queue.h"

namespace remapi::localstore {
namespace {

using Kind = Transaction::Kind;

}  // namespace

QueueRow OutgoingQueue::row_of(Transaction& work, std::int64_t message) {
    auto row = rows::read_queue(work, message);
    if (!row) throw Error(MAPI_E_NOT_IN_QUEUE, "looking for a message in the outgoing queue");
    return std::move(*row);
}

std::vector<std::int64_t> OutgoingQueue::waiting() {
    Transaction work(*m_store->database(), Kind::Read);
    return rows::queued_messages(work);
}

void OutgoingQueue::lock(std::int64_t message) {
    const Bytes me = to_bytes(m_store->database()->owner());
    Transaction work(*m_store->database(), Kind::Durable);
    QueueRow row = row_of(work, message);
    if (row.state == QueueState::Done)
        throw Error(MAPI_E_NOT_IN_QUEUE, "locking a message that was sent");
    const bool others = row.state == QueueState::HandingOver && !equal_bytes(row.owner, me);
    if (others && m_store->database()->owner_is_alive(row.owner)) {
        throw Error(MAPI_E_BUSY, "locking a message that another process hands over");
    }
    row.state = QueueState::HandingOver;
    row.owner = me;
    rows::update_queue(work, row);
    work.commit();
}

void OutgoingQueue::unlock(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Durable);
    QueueRow row = row_of(work, message);
    if (row.state == QueueState::Done)
        throw Error(MAPI_E_NOT_IN_QUEUE, "unlocking a message that was sent");
    row.state = QueueState::Queued;
    row.owner.clear();
    rows::update_queue(work, row);
    work.commit();
}

void OutgoingQueue::note_try(std::int64_t message, ULONG tries, std::uint64_t next_try,
                             StringView error) {
    Transaction work(*m_store->database(), Kind::Durable);
    QueueRow row = row_of(work, message);
    if (row.state == QueueState::Done)
        throw Error(MAPI_E_NOT_IN_QUEUE, "noting a try of a message that was sent");
    row.state = QueueState::Queued;
    row.owner.clear();
    row.tries = tries;
    row.next_try = next_try;
    row.last_error = String(error);
    rows::update_queue(work, row);
    work.commit();
}

void OutgoingQueue::abort(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Durable);
    const QueueRow row = row_of(work, message);
    const bool handing_over =
        row.state == QueueState::HandingOver && m_store->database()->owner_is_alive(row.owner);
    if (handing_over || row.state == QueueState::Done) {
        throw Error(MAPI_E_UNABLE_TO_ABORT, "taking back a message that is being sent");
    }
    rows::dequeue(work, message);
    rows::set_message_flags(work, message, 0, MSGFLAG_SUBMIT);
    work.commit();
}

void OutgoingQueue::mark_done(std::int64_t message) {
    const Bytes me = to_bytes(m_store->database()->owner());
    Transaction work(*m_store->database(), Kind::Durable);
    QueueRow row = row_of(work, message);
    row.state = QueueState::Done;
    row.owner = me;
    row.last_error.clear();
    row.next_try.reset();
    rows::update_queue(work, row);
    rows::set_message_flags(work, message, MSGFLAG_READ,
                            MSGFLAG_READ | MSGFLAG_SUBMIT | MSGFLAG_UNSENT);
    work.commit();
}

void OutgoingQueue::leave_done(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Write);
    QueueRow row = row_of(work, message);
    row.owner.clear();
    rows::update_queue(work, row);
    work.commit();
}

void OutgoingQueue::remove(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Durable);
    rows::dequeue(work, message);
    work.commit();
}

std::vector<std::int64_t> OutgoingQueue::take_over_done() {
    {
        Transaction work(*m_store->database(), Kind::Read);
        if (rows::done_messages(work).empty()) return {};
    }
    const Bytes me = to_bytes(m_store->database()->owner());
    std::vector<std::int64_t> mine;
    Transaction work(*m_store->database(), Kind::Durable);
    for (QueueRow row : rows::done_messages(work)) {
        if (m_store->database()->owner_is_alive(row.owner)) continue;
        row.owner = me;
        rows::update_queue(work, row);
        mine.push_back(row.message);
    }
    work.commit();
    return mine;
}

}  // namespace remapi::localstore
