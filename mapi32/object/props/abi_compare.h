// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Comparison of property values as they cross the ABI.
#pragma once

#include "object/props/abi_walk.h"

namespace remapi::object {

/// < 0, 0 or > 0. Numbers and times by size; texts by their folded units, and where only case
/// differs the small letter first, so that 0 means equal; bytes and multi-valued properties element
/// by element, then by length; what has no order by its bytes. Values of different types are
/// ordered by their types. Page: mapi/lpropcompareprop.md
LONG compare_props(SPropValue* left, SPropValue* right);

/// compare_props of two values of PT_BINARY.
LONG order_of_binaries(SPropValue* left, SPropValue* right) noexcept;

/// compare_props of the types that are compared most, none of which takes memory, and for which
/// calls would be most of the time; what `other` answers for all others.
template <class Other>
LONG compare_props_or(SPropValue* left, SPropValue* right, Other other) {
    if (!left || !right) return other(left, right);
    const ULONG type = PROP_TYPE(tag_at(left));
    if (type != PROP_TYPE(tag_at(right))) return other(left, right);
    if (type == PT_BINARY) return order_of_binaries(left, right);
    if (type != PT_LONG) return other(left, right);
    const LONG a = load(held<LONG>(left));
    const LONG b = load(held<LONG>(right));
    return static_cast<LONG>(a > b) - static_cast<LONG>(a < b);
}

/// Whether `order` (< 0, 0, > 0) of two values is what `relop` asks for. False for RELOP_RE, which
/// is no matter of order, and for an unknown operator.
bool order_holds(ULONG relop, int order) noexcept;

/// Whether `left` `relop` `right` holds. RELOP_RE: whether the text `left` is like the regular
/// expression `right` (text/like.h). False for values of different types and for an unknown
/// operator. Page: mapi/fpropcompareprop.md
bool prop_relation_holds(SPropValue* left, ULONG relop, SPropValue* right);

/// Whether two names of named properties are the same; their texts are compared with their case.
/// Page: mapi/fequalnames.md
bool are_equal_names(const MAPINAMEID* left, const MAPINAMEID* right) noexcept;

}  // namespace remapi::object
