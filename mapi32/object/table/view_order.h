// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <optional>

#include "object/table/compact_row.h"

namespace remapi::object {

/// One key of a sort order. Page: mapi/ssortorder.md
struct SortKey {
    ULONG tag;
    bool descending;
    friend bool operator==(const SortKey&, const SortKey&) = default;
};

/// Rows with equal values in the keys up to `key_end` have one heading row.
struct Category {
    /// Orders the categories by the least or greatest value of a property in them.
    struct Extreme {
        ULONG tag;
        bool greatest;
        friend bool operator==(const Extreme&, const Extreme&) = default;
    };
    std::size_t key_end;
    std::optional<Extreme> extreme;
    friend bool operator==(const Category&, const Category&) = default;
};

/// What a view is sorted and categorized by. Page: mapi/ssortorderset.md
struct ViewOrder {
    std::vector<SortKey> keys;         ///< those of the categories first
    std::vector<Category> categories;  ///< the outermost first
    std::size_t expanded = 0;          ///< levels whose categories are born expanded
    std::vector<SSortOrder> given;     ///< as the client gave it
    ULONG given_categories = 0;
    ULONG given_expanded = 0;

    std::span<const SortKey> category_keys(std::size_t level) const noexcept {
        return std::span(keys).first(categories[level].key_end);
    }
    bool has_extremes() const noexcept;
};

/// An order with `keys` and no categories.
ViewOrder make_order(std::span<const SortKey> keys);

/// The order that a client asks for. Throws Error(MAPI_E_INVALID_PARAMETER) for counts that
/// contradict each other, Error(MAPI_E_TOO_COMPLEX) for keys that cannot be sorted by and for more
/// than 64.
ViewOrder parse_order(const SSortOrderSet& set);

/// < 0, 0, > 0 by `keys`; a row that lacks a property comes last, descending too (page:
/// mapi/ssortorder.md).
int compare_rows(std::span<const SortKey> keys, const CompactRow& left, const CompactRow& right);

}  // namespace remapi::object
