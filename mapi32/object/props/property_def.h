// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <algorithm>
#include <array>

#include "object/props/prop_value.h"

namespace remapi::object {

/// What clients may do with a property.
enum class Access : std::uint8_t { ReadOnly, ReadWrite };
/// Where its value comes from.
enum class Source : std::uint8_t { Stored, Computed };

/// One row of an object's property table:
///
///   inline constexpr auto kMessageProperties = std::to_array<PropertyDef<Message>>({
///       {PR_MESSAGE_CLASS_W, Access::ReadWrite, Source::Stored, nullptr},
///       {PR_MESSAGE_SIZE, Access::ReadOnly, Source::Computed, &Message::size_in_bytes},
///   });
///   static_assert(ascending_by_id(kMessageProperties));
template <class Self>
struct PropertyDef {
    ULONG tag;
    Access access;
    Source source;
    PropValue (Self::*compute)() const;  ///< null for stored ones
};

template <class Self, std::size_t Count>
constexpr bool ascending_by_id(const std::array<PropertyDef<Self>, Count>& table) {
    for (std::size_t i = 1; i < Count; ++i) {
        if (PROP_ID(table[i - 1].tag) >= PROP_ID(table[i].tag)) return false;
    }
    return true;
}

/// The row with the id of `tag`, null if there is none.
template <class Self, std::size_t Count>
const PropertyDef<Self>* find_def(const std::array<PropertyDef<Self>, Count>& table, ULONG tag) {
    const auto found = std::lower_bound(
        table.begin(), table.end(), PROP_ID(tag),
        [](const PropertyDef<Self>& def, ULONG id) { return PROP_ID(def.tag) < id; });
    return found != table.end() && PROP_ID(found->tag) == PROP_ID(tag) ? &*found : nullptr;
}

}  // namespace remapi::object
