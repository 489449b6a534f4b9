// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Search folders. A search that runs is no activity: what it finds is looked up when somebody asks.
#include <algorithm>

#include "providers/memory/model/computed.h"

namespace remapi::memory_store {
namespace {

/// Flags that contradict each other, each with its value.
constexpr ULONG kOpposites[] = {FOREGROUND_SEARCH | BACKGROUND_SEARCH,
                                RECURSIVE_SEARCH | SHALLOW_SEARCH, RESTART_SEARCH | STOP_SEARCH};

void check_flags(ULONG flags) {
    ULONG known = 0;
    for (const ULONG pair : kOpposites) {
        known |= pair;
        if ((flags & pair) == pair) throw Error(MAPI_E_INVALID_PARAMETER, "searching");
    }
    if ((flags & ~known) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, "searching");
}

}  // namespace

bool Store::is_searched(const Search& search, Number folder) const {
    return std::any_of(search.containers.begin(), search.containers.end(), [&](Number container) {
        return folder == container || (search.recursive && is_below(folder, container));
    });
}

std::set<Number> Store::matches(const Search& search) {
    if (!search.running) {
        std::set<Number> there = search.found;
        std::erase_if(there, [&](Number id) { return m_messages.count(id) == 0; });
        return there;
    }
    std::set<Number> found;
    for (const auto& [id, message] : m_messages) {
        if (message.associated || !is_searched(search, message.folder)) continue;
        const auto subobject = [&](ULONG part, const Restriction& restriction) {
            return part_matches(*this, message, part, restriction);
        };
        if (object::matches(search.restriction, message_properties(*this, message), subobject))
            found.insert(id);
    }
    return found;
}

void Store::search(Number folder, std::optional<Restriction> restriction,
                   std::optional<std::vector<Number>> containers, ULONG flags) {
    check_flags(flags);
    const port::Lock lock(m_mutex);
    Folder& target = folder_at(folder);
    if (target.type != FOLDER_SEARCH) throw Error(MAPI_E_NO_SUPPORT, "searching");
    const bool first = !target.search;
    if (first && (!restriction || !containers)) throw Error(MAPI_E_NOT_INITIALIZED, "searching");
    for (const Number container : containers.value_or(std::vector<Number>())) {
        if (folder_at(container).type == FOLDER_SEARCH)
            throw Error(MAPI_E_TOO_COMPLEX, "searching a search folder");
    }
    Search search = target.search.value_or(Search{});
    if ((flags & STOP_SEARCH) != 0) {
        search.found = matches(search);
        search.running = false;
    }
    if (restriction) search.restriction = std::move(*restriction);
    if (containers) search.containers = std::move(*containers);
    if ((flags & (RECURSIVE_SEARCH | SHALLOW_SEARCH)) != 0)
        search.recursive = (flags & RECURSIVE_SEARCH) != 0;
    if ((flags & (FOREGROUND_SEARCH | BACKGROUND_SEARCH)) != 0)
        search.foreground = (flags & FOREGROUND_SEARCH) != 0;
    if ((flags & RESTART_SEARCH) != 0 || (first && (flags & STOP_SEARCH) == 0))
        search.running = true;
    matches(search);  // throws what makes it too complex, before anything is changed
    target.search = std::move(search);
}

Search Store::search_of(Number folder) {
    const port::Lock lock(m_mutex);
    const Folder& target = folder_at(folder);
    if (target.type != FOLDER_SEARCH) throw Error(MAPI_E_NO_SUPPORT, "asking what is searched");
    if (!target.search) throw Error(MAPI_E_NOT_INITIALIZED, "asking what is searched");
    return *target.search;
}

}  // namespace remapi::memory_store
