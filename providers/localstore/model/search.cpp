// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/search.h"

#include <algorithm>
#include <set>

#include "log/log.h"
#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/search_criteria.h"
#include "providers/localstore/model/search_match.h"

namespace remapi::localstore {
namespace {

using Kind = Transaction::Kind;

/// Messages that one transaction looks at.
constexpr std::size_t kSearchedAtOnce = 200;

/// Flags that contradict each other.
constexpr ULONG kOpposites[] = {FOREGROUND_SEARCH | BACKGROUND_SEARCH,
                                RECURSIVE_SEARCH | SHALLOW_SEARCH, RESTART_SEARCH | STOP_SEARCH};

void check_search_flags(ULONG flags) {
    ULONG known = 0;
    for (const ULONG pair : kOpposites) {
        known |= pair;
        if ((flags & pair) == pair) throw Error(MAPI_E_INVALID_PARAMETER, "searching both ways");
    }
    if ((flags & ~known) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, "searching");
}

void check_is_search(Transaction& work, std::int64_t folder) {
    const auto row = rows::read_folder(work, folder);
    if (!row) throw Error(MAPI_E_OBJECT_DELETED, "searching");
    if (row->kind != FOLDER_SEARCH)
        throw Error(MAPI_E_NO_SUPPORT, "searching with a folder that is no search folder");
}

void check_containers(Transaction& work, std::span<const std::int64_t> containers) {
    for (const std::int64_t container : containers) {
        const auto row = rows::read_folder(work, container);
        if (!row) throw Error(MAPI_E_NOT_FOUND, "searching a folder that is gone");
        if (row->kind == FOLDER_SEARCH)
            throw Error(MAPI_E_TOO_COMPLEX, "searching a search folder");
    }
}

/// One search folder that is being brought up to date.
class Refresher {
public:
    Refresher(std::shared_ptr<Store> store, std::int64_t folder)
        : m_store(std::move(store)), m_folder(folder) {}

    /// False when the folder does not search.
    bool run() {
        if (!needs_work()) return m_search.running;
        if (m_search.state != SearchState::Current) look_at_all();
        look_at_changed();
        if (m_restarted) {
            tell(fnevSearchComplete, {MAPI_FOLDER, m_folder});
            return true;
        }
        for (const auto& [event, message] : m_told) tell(event, {MAPI_MESSAGE, message});
        return true;
    }

private:
    /// Reads the search; false when there is nothing to be done.
    bool needs_work() {
        Transaction work(*m_store->database(), Kind::Read);
        auto search = rows::read_search(work, m_folder);
        if (!search || !search->running) return false;
        m_search = std::move(*search);
        if (m_search.state == SearchState::Current &&
            rows::changed_messages(work, m_folder).empty())
            return false;
        m_matcher.emplace(m_store, decode_restriction(m_search.restriction));
        return true;
    }

    /// Whether a message is one that is found here.
    bool belongs(Transaction& work, std::int64_t message) {
        const auto row = rows::read_message(work, message);
        return row && !row->deleted && !row->associated && is_searched(work, row->folder) &&
               m_matcher->matches(work, message);
    }

    bool is_searched(Transaction& work, std::int64_t folder) {
        const auto known = m_searched.find(folder);
        if (known != m_searched.end()) return known->second;
        const auto& containers = m_search.containers;
        const bool is_in =
            std::any_of(containers.begin(), containers.end(), [&](std::int64_t container) {
                return folder == container ||
                       (m_search.recursive && rows::is_below(work, folder, container));
            });
        return m_searched[folder] = is_in && !rows::is_deleted_folder(work, folder);
    }

    /// Every message that there may be to find.
    std::vector<std::int64_t> candidates() {
        Transaction work(*m_store->database(), Kind::Read);
        std::set<std::int64_t> folders(m_search.containers.begin(), m_search.containers.end());
        if (m_search.recursive) {
            for (const std::int64_t container : m_search.containers) {
                for (const FolderDepth& below : rows::folders_below(work, container, true))
                    folders.insert(below.id);
            }
        }
        std::vector<std::int64_t> messages;
        for (const std::int64_t folder : folders) {
            const auto these = rows::messages_in(work, folder, false);
            messages.insert(messages.end(), these.begin(), these.end());
        }
        return messages;
    }

    // Others may write between two steps: what they change is noted and looked at afterwards. Who
    // comes meanwhile, or after this process was killed, looks at everything as well.
    void look_at_all() {
        {
            Transaction work(*m_store->database(), Kind::Write);
            rows::set_search_state(work, m_folder, SearchState::Searching);
            work.commit();
        }
        const std::vector<std::int64_t> all = candidates();
        std::set<std::int64_t> found;
        for (std::size_t first = 0; first < all.size(); first += kSearchedAtOnce) {
            Transaction work(*m_store->database(), Kind::Read);
            const std::size_t end = std::min(first + kSearchedAtOnce, all.size());
            for (std::size_t i = first; i < end; ++i) {
                if (belongs(work, all[i])) found.insert(all[i]);
            }
        }
        Transaction work(*m_store->database(), Kind::Write);
        for (const std::int64_t message : rows::search_results(work, m_folder)) {
            if (found.count(message) == 0) rows::remove_result(work, m_folder, message);
        }
        for (const std::int64_t message : found) {
            // One that was removed for good meanwhile cannot be kept.
            if (rows::read_message(work, message)) rows::add_result(work, m_folder, message);
        }
        rows::finish_search(work, m_folder);
        work.commit();
        m_restarted = true;
    }

    void look_at_changed() {
        m_searched.clear();
        for (bool done = false; !done;) {
            Transaction work(*m_store->database(), Kind::Write);
            const auto changed = rows::changed_messages(work, m_folder);
            const std::size_t count = std::min(changed.size(), kSearchedAtOnce);
            for (std::size_t i = 0; i < count; ++i) look_at(work, changed[i]);
            work.commit();
            done = count == changed.size();
        }
    }

    void look_at(Transaction& work, std::int64_t message) {
        rows::forget_changed(work, m_folder, message);
        if (!belongs(work, message)) {
            if (rows::remove_result(work, m_folder, message))
                m_told.emplace_back(fnevObjectDeleted, message);
        } else if (rows::add_result(work, m_folder, message)) {
            m_told.emplace_back(fnevObjectCreated, message);
        } else {
            m_told.emplace_back(fnevObjectModified, message);
        }
    }

    void tell(ULONG event, ObjectId object) {
        Change change;
        change.event = event;
        change.object = object;
        change.search = m_folder;
        m_store->changes().tell(change);
    }

    const std::shared_ptr<Store> m_store;
    const std::int64_t m_folder;
    SearchRow m_search;
    std::optional<MessageMatcher> m_matcher;
    std::map<std::int64_t, bool> m_searched;  ///< of each folder that was asked about
    std::vector<std::pair<ULONG, std::int64_t>> m_told;
    bool m_restarted = false;
};

}  // namespace

void set_search(const std::shared_ptr<Store>& store, std::int64_t folder,
                const SearchRequest& request) {
    check_search_flags(request.flags);
    const auto asks = [&](ULONG flag) { return (request.flags & flag) != 0; };
    // What it has found until then is what it shows while it is stopped.
    if (asks(STOP_SEARCH)) refresh_search(store, folder);
    {
        Transaction work(*store->database(), Kind::Durable);
        check_is_search(work, folder);
        const auto before = rows::read_search(work, folder);
        if (!before && (!request.restriction || !request.containers))
            throw Error(MAPI_E_NOT_INITIALIZED, "searching without criteria");
        SearchRow search = before.value_or(SearchRow{});
        search.folder = folder;
        if (request.restriction) search.restriction = encode_restriction(*request.restriction);
        if (request.containers) {
            check_containers(work, *request.containers);
            search.containers = *request.containers;
        }
        if (asks(RECURSIVE_SEARCH | SHALLOW_SEARCH)) search.recursive = asks(RECURSIVE_SEARCH);
        if (asks(FOREGROUND_SEARCH | BACKGROUND_SEARCH))
            search.foreground = asks(FOREGROUND_SEARCH);
        if (asks(STOP_SEARCH)) search.running = false;
        if (asks(RESTART_SEARCH) || (!before && !asks(STOP_SEARCH))) search.running = true;
        // Other criteria, or a search that starts anew, make everything uncertain.
        if (request.restriction || request.containers ||
            asks(RECURSIVE_SEARCH | SHALLOW_SEARCH | RESTART_SEARCH))
            search.state = SearchState::Stale;
        rows::write_search(work, search);
        work.commit();
    }
    refresh_search(store, folder);
}

SearchCriteria search_of(Store& store, std::int64_t folder) {
    Transaction work(*store.database(), Kind::Read);
    const auto row = rows::read_search(work, folder);
    if (!row) throw Error(MAPI_E_NOT_INITIALIZED, "asking what a search folder looks for");
    return {decode_restriction(row->restriction), row->containers, row->recursive, row->foreground,
            row->running};
}

bool refresh_search(const std::shared_ptr<Store>& store, std::int64_t folder) {
    return Refresher(store, folder).run();
}

}  // namespace remapi::localstore
