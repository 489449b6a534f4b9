// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Frequent calls at anybody's MAPI objects, as C++.
#pragma once

#include "object/props/abi_value.h"
#include "object/props/property_bag.h"
#include "object/restriction/restriction.h"
#include "object/table/table_source.h"

namespace remapi::object {

/// One property of `object`; nullopt when it is absent or cannot be read.
/// Throws Error when GetProps itself fails.
std::optional<PropValue> get_one_prop(IMAPIProp* object, ULONG tag);
/// The same for what the object must have; throws Error with the slot's code.
PropValue get_required_prop(IMAPIProp* object, ULONG tag);
/// Several at once, in the order of `tags`; absent ones are error slots.
std::vector<PropValue> get_props(IMAPIProp* object, std::span<const ULONG> tags);
/// All that GetProps hands out, as a bag; error slots are left out.
PropertyBag get_all_props(IMAPIProp* object);
/// A text, binary or large property as a whole, by GetProps and, when that answers
/// MAPI_E_NOT_ENOUGH_MEMORY, by a stream; nullopt when absent.
std::optional<PropValue> get_large_prop(IMAPIProp* object, ULONG tag);

/// Sets `values`. Throws Error with the code of the call, or of the first problem that it reports.
void set_props(IMAPIProp* object, std::span<const PropValue> values);
void set_prop(IMAPIProp* object, const PropValue& value);

/// What query_all_rows asks for; empty members leave the table as it is.
struct RowQuery {
    std::vector<ULONG> columns;
    const Restriction* restriction = nullptr;
    std::vector<SortKey> order;
    std::size_t limit = 0;  ///< rows at most; 0: all
};
/// All rows of `table`, from its beginning; error slots are left out of the bags.
std::vector<PropertyBag> query_all_rows(IMAPITable* table, const RowQuery& query = {});
/// The rows in the table's columns, error slots included, as a row set for a caller across the ABI.
/// Throws Error(MAPI_E_TABLE_TOO_BIG) when there are more than `limit` rows (0: no limit).
RowSet query_row_set(IMAPITable* table, const RowQuery& query = {});

/// Everything from the position of `stream` to its end. Throws Error(MAPI_E_TOO_BIG) over `limit`
/// bytes.
Bytes read_stream(IStream* stream, std::size_t limit = 1u << 30);
void write_stream(IStream* stream, BytesView bytes);

}  // namespace remapi::object
