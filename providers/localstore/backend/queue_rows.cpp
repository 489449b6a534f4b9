// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/queue_rows.h"

namespace remapi::localstore::rows {
namespace {

#define REMAPI_QUEUE_COLUMNS                                                             \
    "SELECT sequence, message, state, submit_flags, owner, submitted, tries, next_try, " \
    "last_error FROM outgoing "

QueueRow take(Statement& row) {
    QueueRow queued;
    queued.sequence = row.integer(0);
    queued.message = row.integer(1);
    queued.state = static_cast<QueueState>(row.integer(2));
    queued.submit_flags = static_cast<ULONG>(row.integer(3));
    queued.owner = row.blob(4);
    queued.submitted = static_cast<std::uint64_t>(row.integer(5));
    queued.tries = static_cast<ULONG>(row.integer(6));
    if (!row.is_null(7)) queued.next_try = static_cast<std::uint64_t>(row.integer(7));
    queued.last_error = row.text(8);
    return queued;
}

}  // namespace

void enqueue(Transaction& work, std::int64_t message, ULONG submit_flags, std::uint64_t now) {
    work.sql()
        .prepare(
            "INSERT INTO outgoing(message, state, submit_flags, submitted) VALUES(?, 0, ?, ?) "
            "ON CONFLICT(message) DO UPDATE SET submit_flags = excluded.submit_flags")
        .with(message, submit_flags, now)
        .run();
}

std::optional<QueueRow> read_queue(Transaction& work, std::int64_t message) {
    auto row = work.sql().prepare(REMAPI_QUEUE_COLUMNS "WHERE message = ?");
    row.with(message);
    return row.step() ? std::optional(take(row)) : std::nullopt;
}

void update_queue(Transaction& work, const QueueRow& row) {
    std::optional<BytesView> owner;
    if (!row.owner.empty()) owner = BytesView(row.owner);
    work.sql()
        .prepare(
            "UPDATE outgoing SET state = ?, submit_flags = ?, owner = ?, tries = ?, next_try = ?, "
            "last_error = ? WHERE message = ?")
        .with(static_cast<std::int64_t>(row.state), row.submit_flags, owner, row.tries,
              row.next_try, row.last_error, row.message)
        .run();
}

void write_queue_notes(Transaction& work, const QueueRow& row) {
    work.sql()
        .prepare("UPDATE outgoing SET tries = ?, next_try = ?, last_error = ? WHERE message = ?")
        .with(row.tries, row.next_try, row.last_error, row.message)
        .run();
}

bool dequeue(Transaction& work, std::int64_t message) {
    work.sql().prepare("DELETE FROM outgoing WHERE message = ?").with(message).run();
    return work.sql().changes() != 0;
}

std::vector<std::int64_t> queued_messages(Transaction& work) {
    std::vector<std::int64_t> messages;
    auto row =
        work.sql().prepare("SELECT message FROM outgoing WHERE state <> 2 ORDER BY sequence");
    while (row.step()) messages.push_back(row.integer(0));
    return messages;
}

std::vector<QueueRow> done_messages(Transaction& work) {
    std::vector<QueueRow> done;
    auto row = work.sql().prepare(REMAPI_QUEUE_COLUMNS "WHERE state = 2 ORDER BY sequence");
    while (row.step()) done.push_back(take(row));
    return done;
}

}  // namespace remapi::localstore::rows
