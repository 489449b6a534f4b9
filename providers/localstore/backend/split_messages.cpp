// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/split_messages.h"

#include "log/log.h"
#include "providers/localstore/backend/stored_properties.h"

namespace remapi::localstore {
namespace {

struct Unsplit {
    std::int64_t id;
    Bytes properties;
};

std::vector<Unsplit> next_ones(Transaction& work, std::int64_t first, std::size_t limit) {
    std::vector<Unsplit> found;
    auto row =
        work.sql().prepare("SELECT id, summary FROM message WHERE id >= ? ORDER BY id LIMIT ?");
    row.with(first, limit);
    while (row.step()) found.push_back({row.integer(0), row.blob(1)});
    return found;
}

void split(Transaction& work, const Unsplit& message) {
    const SplitProperties parts = split_properties(decode_properties(message.properties));
    // One that was saved since the schema changed is split already.
    if (parts.content.is_empty()) return;
    work.sql()
        .prepare("UPDATE message SET summary = ?, long_texts = ? WHERE id = ?")
        .with(encode_properties(parts.summary), parts.long_texts, message.id)
        .run();
    work.sql()
        .prepare("INSERT INTO message_content(message, properties) VALUES(?, ?)")
        .with(message.id, encode_properties(parts.content))
        .run();
}

}  // namespace

bool split_some(Transaction& work, std::size_t limit) {
    const std::int64_t first = work.sql().number("SELECT next FROM unsplit");
    if (first == 0) return true;
    const std::vector<Unsplit> messages = next_ones(work, first, limit);
    for (const Unsplit& message : messages) {
        try {
            split(work, message);
        } catch (const Error& error) {
            if (error.code() != MAPI_E_CORRUPT_DATA) throw;
            REMAPI_ERROR(Store, "message %lld is damaged and stays as it is",
                         static_cast<long long>(message.id));
        }
    }
    if (messages.size() < limit) {
        work.sql().execute("DELETE FROM unsplit");
        return true;
    }
    work.sql().prepare("UPDATE unsplit SET next = ?").with(messages.back().id + 1).run();
    return false;
}

}  // namespace remapi::localstore
