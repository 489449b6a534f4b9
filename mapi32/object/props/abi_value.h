// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PropValue <-> SPropValue. What crosses the ABI is built in two steps: measure, then one
// allocation. Page: mapi/spropvalue.md
#pragma once

#include <span>

#include "memory/buffer.h"
#include "object/props/prop_value.h"

namespace remapi::object {

/// The value of a client's `value`, which is checked as far as it can be.
/// Throws Error(MAPI_E_INVALID_PARAMETER) for a null pointer where data must be or an unknown type,
/// Error(MAPI_E_TYPE_NO_SUPPORT) for PT_SRESTRICTION and PT_ACTIONS.
/// @param code_page  of PT_STRING8 text
PropValue from_abi(const SPropValue& value, UINT code_page = CP_ACP);
/// `count` values; null is none. Throws as above.
std::vector<PropValue> from_abi(ULONG count, const SPropValue* values, UINT code_page = CP_ACP);

/// `values` in one block: the array first, then the data it points to. No values: an empty Buffer.
Buffer<SPropValue> pack(std::span<const PropValue> values, UINT code_page = CP_ACP);
/// One value in a block of its own.
Buffer<SPropValue> pack(const PropValue& value, UINT code_page = CP_ACP);
/// `values` into the array `out` that somebody else allocated; what they point to is one block that
/// is linked to `root`, the block that dies last.
void pack_into(SPropValue* out, std::span<const PropValue> values, void* root,
               UINT code_page = CP_ACP);

/// A row set; every row's values are one block of their own. Empty rows have no block.
RowSet pack_rows(std::span<const std::vector<PropValue>> rows, UINT code_page = CP_ACP);
/// An address list in the same way.
ADRLIST* pack_address_list(std::span<const std::vector<PropValue>> entries,
                           UINT code_page = CP_ACP);
/// The entries of an address list; null is none.
std::vector<std::vector<PropValue>> from_abi(const ADRLIST* list, UINT code_page = CP_ACP);

/// An entry id, or any binary data, in a block of its own. Null when `bytes` is empty.
ENTRYID* pack_entry_id(BytesView bytes);
/// The same, linked to `root`.
ENTRYID* pack_entry_id(BytesView bytes, void* root);

/// A text in a block of its own, UTF-16 or ANSI as `flags` (MAPI_UNICODE) says.
LPTSTR pack_text(StringView text, ULONG flags);

/// Sets a problem array aside: `*out` becomes null when there are no problems. `out` may be null.
struct Problem {
    ULONG index;
    ULONG tag;
    SCODE code;
};
void put_problems(std::span<const Problem> problems, SPropProblemArray** out);

}  // namespace remapi::object
