// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the tables search, search_container, search_result and search_changed.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

/// How far a search folder is behind what it is to show.
enum class SearchState {
    Current = 0,    ///< but for the messages in search_changed
    Stale = 1,      ///< every message has to be looked at
    Searching = 2,  ///< somebody looks at them, or did until its process ended
};

/// What one search folder looks for.
struct SearchRow {
    std::int64_t folder = 0;
    Bytes restriction;  ///< as model/search_criteria.h writes it
    bool recursive = false;
    bool foreground = false;
    bool running = false;
    SearchState state = SearchState::Stale;
    std::vector<std::int64_t> containers;  ///< in the client's order
};

namespace rows {

/// nullopt when nothing was set yet.
std::optional<SearchRow> read_search(Transaction& work, std::int64_t folder);
/// Inserts or replaces it; what was found stays.
void write_search(Transaction& work, const SearchRow& search);
/// With SearchState::Searching it is also forgotten what has changed until now.
void set_search_state(Transaction& work, std::int64_t folder, SearchState state);
/// Makes it SearchState::Current, unless it has become stale while it was searched.
void finish_search(Transaction& work, std::int64_t folder);
/// Makes `copy` search for the same, from the start. Nothing when `folder` has no criteria.
void copy_search(Transaction& work, std::int64_t folder, std::int64_t copy);

/// What was found and is still there, oldest first.
std::vector<std::int64_t> search_results(Transaction& work, std::int64_t folder);
bool is_result(Transaction& work, std::int64_t folder, std::int64_t message);
/// False when it was one already.
bool add_result(Transaction& work, std::int64_t folder, std::int64_t message);
/// False when it was none.
bool remove_result(Transaction& work, std::int64_t folder, std::int64_t message);
struct ResultCounts {
    std::int64_t all = 0;
    std::int64_t unread = 0;
};
ResultCounts count_results(Transaction& work, std::int64_t folder);

/// Messages that have changed since the folder was brought up to date, or since it is.
std::vector<std::int64_t> changed_messages(Transaction& work, std::int64_t folder);
void forget_changed(Transaction& work, std::int64_t folder, std::int64_t message);

}  // namespace rows
}  // namespace remapi::localstore
