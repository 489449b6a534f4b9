// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The order of texts in tables and comparisons: as in a dictionary, case ignored.
#pragma once

#include "text/text.h"

namespace remapi::object {

/// One unit with its case folded, as text::fold.
inline WideChar fold_unit(WideChar unit) noexcept {
    if (unit < 0x80) {
        return unit >= 'A' && unit <= 'Z' ? static_cast<WideChar>(unit + ('a' - 'A')) : unit;
    }
    return text::fold(unit);
}

/// What counts first: the folded unit without its marks; 0 for a mark of its own, which
/// counts only between texts that are the same otherwise.
WideChar base_unit(WideChar unit) noexcept;

/// < 0, 0, > 0: base letters first, then accents. 0 exactly when text::compare_ignoring_case is 0.
int compare_texts(StringView left, StringView right) noexcept;

}  // namespace remapi::object
