// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the table outgoing: messages on their way out, in the order of their submission.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

enum class QueueState { Queued = 0, HandingOver = 1, Done = 2 };

struct QueueRow {
    std::int64_t sequence = 0;
    std::int64_t message = 0;
    QueueState state = QueueState::Queued;
    ULONG submit_flags = 0;  ///< SUBMITFLAG_PREPROCESS
    Bytes owner;             ///< Database::owner of whoever hands it over or finishes it
    std::uint64_t submitted = 0;
    ULONG tries = 0;
    std::optional<std::uint64_t> next_try;
    String last_error;
};

namespace rows {

/// Puts a message at the end of the queue; one that waits in it already keeps its place.
void enqueue(Transaction& work, std::int64_t message, ULONG submit_flags, std::uint64_t now);
/// The row of a message; nullopt when it is not in the queue.
std::optional<QueueRow> read_queue(Transaction& work, std::int64_t message);
/// Writes state, submit flags, owner and what write_queue_notes writes.
void update_queue(Transaction& work, const QueueRow& row);
/// Writes tries, next try and last error only: whoever has the message open knows no newer state.
void write_queue_notes(Transaction& work, const QueueRow& row);
bool dequeue(Transaction& work, std::int64_t message);
/// The messages in the queue that are not sent yet, in the order of their submission.
std::vector<std::int64_t> queued_messages(Transaction& work);
/// The rows in state Done.
std::vector<QueueRow> done_messages(Transaction& work);

}  // namespace rows
}  // namespace remapi::localstore
