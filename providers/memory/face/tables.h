// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The tables of a store. Each is a source of rows that object/'s views stand on: the source says
// which rows there are and what is in one, and tells of changes; sorting, restrictions, bookmarks,
// categories and notifications are the view's business.
#pragma once

#include "com/ptr.h"
#include "providers/memory/model/store.h"

namespace remapi::memory_store {

/// `flags`: MAPI_UNICODE, MAPI_ASSOCIATED. Page: mapi/contents-tables.md
com::Ptr<IMAPITable> open_contents_table(const std::shared_ptr<Store>& store, Number folder,
                                         ULONG flags, IUnknown* owner);
/// `flags`: MAPI_UNICODE, CONVENIENT_DEPTH. Page: mapi/hierarchy-tables.md
com::Ptr<IMAPITable> open_hierarchy_table(const std::shared_ptr<Store>& store, Number folder,
                                          ULONG flags, IUnknown* owner);
/// In the order of submission. Page: mapi/outgoing-queue-tables.md
com::Ptr<IMAPITable> open_queue_table(const std::shared_ptr<Store>& store, ULONG flags,
                                      IUnknown* owner);

}  // namespace remapi::memory_store
