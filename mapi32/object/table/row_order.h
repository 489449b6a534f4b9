// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/table_source.h"

namespace remapi::object {

/// < 0, 0, > 0 by `order`; a row that lacks a property comes first. Page:
/// mapi/imapitable-sorttable.md
int compare_rows(std::span<const SortKey> order, const PropertyBag& left, const PropertyBag& right);

/// `row` with PR_INSTANCE_KEY, which is made from `key` when the row does not have one itself.
RowPtr with_instance_key(RowPtr row, RowKey key);

/// Whether the row `key` of `source` satisfies `restriction` (null: always).
bool row_matches(TableSource& source, RowKey key, const RowPtr& row,
                 const Restriction* restriction);

/// The keys that a view with this restriction and order shows: by the source's own select, or from
/// all rows.
std::vector<RowKey> select_rows(TableSource& source, const Restriction* restriction,
                                std::span<const SortKey> order);

/// Where the row `key` belongs among `others`, which a view with this order shows already.
std::size_t place_of(TableSource& source, std::span<const RowKey> others,
                     std::span<const SortKey> order, RowKey key, const PropertyBag& row);

}  // namespace remapi::object
