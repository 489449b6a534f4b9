// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/search_rows.h"

namespace remapi::localstore::rows {
namespace {

std::vector<std::int64_t> numbers(Statement& statement) {
    std::vector<std::int64_t> found;
    while (statement.step()) found.push_back(statement.integer(0));
    return found;
}

bool one_changed(Transaction& work) {
    return work.sql().changes() != 0;
}

}  // namespace

std::optional<SearchRow> read_search(Transaction& work, std::int64_t folder) {
    SearchRow search;
    {
        auto row = work.sql().prepare(
            "SELECT restriction, recursive, foreground, running, state FROM search "
            "WHERE folder = ?");
        row.with(folder);
        if (!row.step()) return std::nullopt;
        search.folder = folder;
        search.restriction = row.blob(0);
        search.recursive = row.integer(1) != 0;
        search.foreground = row.integer(2) != 0;
        search.running = row.integer(3) != 0;
        search.state = static_cast<SearchState>(row.integer(4));
    }
    auto containers = work.sql().prepare(
        "SELECT folder FROM search_container WHERE search = ? ORDER BY position");
    containers.with(folder);
    search.containers = numbers(containers);
    return search;
}

void write_search(Transaction& work, const SearchRow& search) {
    work.sql()
        .prepare(
            "INSERT INTO search(folder, restriction, recursive, foreground, running, state) "
            "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(folder) DO UPDATE SET "
            "restriction = excluded.restriction, recursive = excluded.recursive, "
            "foreground = excluded.foreground, running = excluded.running, "
            "state = excluded.state")
        .with(search.folder, search.restriction, search.recursive, search.foreground,
              search.running, static_cast<std::int64_t>(search.state))
        .run();
    work.sql().prepare("DELETE FROM search_container WHERE search = ?").with(search.folder).run();
    std::int64_t position = 0;
    for (const std::int64_t container : search.containers) {
        work.sql()
            .prepare("INSERT INTO search_container(search, position, folder) VALUES(?, ?, ?)")
            .with(search.folder, position++, container)
            .run();
    }
}

void set_search_state(Transaction& work, std::int64_t folder, SearchState state) {
    work.sql()
        .prepare("UPDATE search SET state = ? WHERE folder = ?")
        .with(static_cast<std::int64_t>(state), folder)
        .run();
    if (state != SearchState::Searching) return;
    work.sql().prepare("DELETE FROM search_changed WHERE search = ?").with(folder).run();
}

void finish_search(Transaction& work, std::int64_t folder) {
    work.sql()
        .prepare("UPDATE search SET state = 0 WHERE folder = ? AND state = 2")
        .with(folder)
        .run();
}

void copy_search(Transaction& work, std::int64_t folder, std::int64_t copy) {
    auto search = read_search(work, folder);
    if (!search) return;
    search->folder = copy;
    search->state = SearchState::Stale;
    write_search(work, *search);
}

std::vector<std::int64_t> search_results(Transaction& work, std::int64_t folder) {
    auto results = work.sql().prepare(
        "SELECT message FROM search_result JOIN message ON message.id = search_result.message "
        "WHERE search = ? AND message.deleted IS NULL ORDER BY search_result.message");
    results.with(folder);
    return numbers(results);
}

bool is_result(Transaction& work, std::int64_t folder, std::int64_t message) {
    auto row = work.sql().prepare("SELECT 1 FROM search_result WHERE search = ? AND message = ?");
    row.with(folder, message);
    return row.step();
}

bool add_result(Transaction& work, std::int64_t folder, std::int64_t message) {
    work.sql()
        .prepare("INSERT OR IGNORE INTO search_result(search, message) VALUES(?, ?)")
        .with(folder, message)
        .run();
    return one_changed(work);
}

bool remove_result(Transaction& work, std::int64_t folder, std::int64_t message) {
    work.sql()
        .prepare("DELETE FROM search_result WHERE search = ? AND message = ?")
        .with(folder, message)
        .run();
    return one_changed(work);
}

ResultCounts count_results(Transaction& work, std::int64_t folder) {
    auto row = work.sql().prepare(
        "SELECT count(*), coalesce(sum((message.flags & 1) = 0), 0) FROM search_result "
        "JOIN message ON message.id = search_result.message "
        "WHERE search = ? AND message.deleted IS NULL");
    row.with(folder);
    if (!row.step()) return {};
    return {row.integer(0), row.integer(1)};
}

std::vector<std::int64_t> changed_messages(Transaction& work, std::int64_t folder) {
    auto changed =
        work.sql().prepare("SELECT message FROM search_changed WHERE search = ? ORDER BY message");
    changed.with(folder);
    return numbers(changed);
}

void forget_changed(Transaction& work, std::int64_t folder, std::int64_t message) {
    work.sql()
        .prepare("DELETE FROM search_changed WHERE search = ? AND message = ?")
        .with(folder, message)
        .run();
}

}  // namespace remapi::localstore::rows
