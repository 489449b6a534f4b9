// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Search folders. What they find is kept in the store, and every change of a message is noted there
// with it, whoever makes it; it is looked at when somebody looks at the folder.
// Page: mapi/mapi-search-folders.md
#pragma once

#include "object/restriction/restriction.h"
#include "providers/localstore/model/store.h"

namespace remapi::localstore {

/// What a search folder looks for, and whether it does.
struct SearchCriteria {
    Restriction restriction;
    std::vector<std::int64_t> containers;
    bool recursive = false;
    bool foreground = false;
    bool running = false;
};

/// What a client asks of a search folder.
struct SearchRequest {
    std::optional<Restriction> restriction;  ///< as before when left out, as are the containers
    std::optional<std::vector<std::int64_t>> containers;
    ULONG flags = 0;  ///< of IMAPIContainer::SetSearchCriteria
};

/// Sets what a search folder looks for, and starts or stops it. A new search runs to its end before
/// this returns. Errors: MAPI_E_NO_SUPPORT when it is no search folder; MAPI_E_NOT_INITIALIZED when
/// what is left out was never set; MAPI_E_INVALID_PARAMETER for flags that contradict each other;
/// MAPI_E_UNKNOWN_FLAGS; MAPI_E_TOO_COMPLEX for a search folder among the containers;
/// MAPI_E_NOT_FOUND for one that is none. Page: mapi/imapicontainer-setsearchcriteria.md
void set_search(const std::shared_ptr<Store>& store, std::int64_t folder,
                const SearchRequest& request);

/// Errors: MAPI_E_NOT_INITIALIZED when nothing was set, as in a folder that is no search folder.
/// Page: mapi/imapicontainer-getsearchcriteria.md
SearchCriteria search_of(Store& store, std::int64_t folder);

/// Brings what a search folder has found up to date, and tells the store's listeners what has come
/// and gone. Outside a transaction. False, and nothing is done, when it does not search.
bool refresh_search(const std::shared_ptr<Store>& store, std::int64_t folder);

}  // namespace remapi::localstore
