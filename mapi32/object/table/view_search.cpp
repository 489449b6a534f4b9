// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where in a sorted view a restriction can be satisfied at all: by halving instead of looking.
#include <algorithm>

#include "object/table/view_rows.h"

namespace remapi::object {
namespace {

using Range = std::pair<std::size_t, std::size_t>;

bool is_about_key(const Restriction& restriction, const SortKey& key) {
    const ULONG type = plain_type(key.tag);
    return restriction.kind == RES_PROPERTY && restriction.operation <= RELOP_EQ &&
           PROP_ID(restriction.tag) == PROP_ID(key.tag) && (type & MV_FLAG) == 0 &&
           (PROP_TYPE(restriction.tag) & MV_INSTANCE) == (PROP_TYPE(key.tag) & MV_INSTANCE) &&
           plain_type(restriction.value.tag()) == type;
}

}  // namespace

std::pair<std::size_t, std::size_t> ViewRows::range_of(const Restriction& restriction) const {
    const Range everything{0, m_tree.shown()};
    const bool sorted = m_has_rows && m_order.categories.empty() && !m_order.keys.empty();
    if (!sorted) return everything;
    if (restriction.kind == RES_AND) {
        Range common = everything;
        for (const Restriction& child : restriction.children) {
            const Range range = range_of(child);
            common = {std::max(common.first, range.first), std::min(common.second, range.second)};
        }
        return common;
    }
    const SortKey& key = m_order.keys.front();
    if (!is_about_key(restriction, key)) return everything;

    CellStore store;
    const Cell wanted = cell_of(restriction.value, store);
    const bool is_number = is_number_key(key);
    // How many rows come before those that lie at `least` or further, as the view is directed.
    const auto count_before = [&](int least) {
        SortPrefix bound = sort_prefix(wanted, key);
        // Behind a number more keys may follow, but for rows without the number.
        if (is_number && least > 0) bound.second = bound.third = kAbsentPrefix.third;
        return m_tree.partition_rank(bound, [&](Id one) {
            if (is_number) return least > 0 && bound != kAbsentPrefix;
            const CompactRow* const row = m_entries[one].row.get();
            CompactRow::prefetch(row);
            const Cell* const cell = find_typed(*row, key.tag);
            if (!cell) return false;
            const int difference = compare_cells(*cell, wanted);
            return (key.descending ? -difference : difference) < least;
        });
    };
    const auto count_present = [&] {
        return m_tree.partition_rank(kAbsentPrefix, [&](Id one) {
            return find_typed(*m_entries[one].row, key.tag) != nullptr;
        });
    };
    ULONG relop = restriction.operation;
    if (key.descending) {
        constexpr ULONG kMirrored[] = {RELOP_GT, RELOP_GE, RELOP_LT, RELOP_LE, RELOP_EQ};
        relop = kMirrored[relop];
    }
    switch (relop) {
        case RELOP_LT:
            return {0, count_before(0)};
        case RELOP_LE:
            return {0, count_before(1)};
        case RELOP_GT:
            return {count_before(1), count_present()};
        case RELOP_GE:
            return {count_before(0), count_present()};
        default:
            return {count_before(0), count_before(1)};
    }
}

}  // namespace remapi::object
