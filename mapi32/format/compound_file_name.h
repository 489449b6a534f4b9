// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Names of the elements of a compound file. Specification: [MS-CFB] 2.6.1 and 2.6.4.
#pragma once

#include "port/wide.h"

namespace remapi::format {

/// UTF-16 units that a name may have, without its zero.
constexpr std::size_t kLongestElementName = 31;

/// Whether `name` may be given to an element: 1 to 31 units, none of / \ : ! and no zero.
bool is_element_name(StringView name) noexcept;
/// < 0, 0, > 0 in the order of the directory: shorter names first, then by upper-case units.
int compare_element_names(StringView left, StringView right) noexcept;
/// Simple upper-case mapping of one UTF-16 unit.
WideChar upper_case(WideChar unit) noexcept;

struct ElementNameLess {
    bool operator()(StringView left, StringView right) const noexcept {
        return compare_element_names(left, right) < 0;
    }
    using is_transparent = void;
};

}  // namespace remapi::format
