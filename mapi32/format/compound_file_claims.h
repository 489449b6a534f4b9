// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <algorithm>
#include <optional>

#include "format/compound_file_units.h"

namespace remapi::format {

/// Follows chains through a table and sees to it that no unit belongs to two of them. That bounds
/// the time and the memory that any chain can cost by the number of units.
class Claims {
public:
    explicit Claims(UnitSpace& space)
        : m_space(space), m_taken(std::min(space.unit_count(), space.present_units())) {}

    /// The chain from `first`; nullopt, and nothing claimed, when it leaves the table, comes back
    /// to itself or runs into another one.
    std::optional<Chain> claim(std::uint32_t first);

private:
    UnitSpace& m_space;
    std::vector<bool> m_taken;
};

}  // namespace remapi::format
