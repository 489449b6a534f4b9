// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/view_order.h"

#include <algorithm>

namespace remapi::object {
namespace {

constexpr ULONG kMaximumKeys = 64;
// The headers lack these two (page: mapi/ssortorder.md).
constexpr ULONG kSortByGreatest = 0x00000004;
constexpr ULONG kSortByLeast = 0x00000008;

[[noreturn]] void throw_bad_order() {
    throw Error(MAPI_E_TOO_COMPLEX, "a sort order that is not supported");
}

void check_key(ULONG tag) {
    const ULONG type = PROP_TYPE(tag);
    const bool one_of_many = (type & MV_INSTANCE) != 0;
    if (one_of_many && (type & MV_FLAG) == 0) throw_bad_order();
    const ULONG plain = plain_type(tag);
    const bool sortable = plain != PT_OBJECT && plain != PT_ERROR && plain != PT_NULL &&
                          representation_of(plain).has_value();
    if (!sortable) throw_bad_order();
}

}  // namespace

bool ViewOrder::has_extremes() const noexcept {
    return std::any_of(categories.begin(), categories.end(),
                       [](const Category& category) { return category.extreme.has_value(); });
}

ViewOrder make_order(std::span<const SortKey> keys) {
    ViewOrder order;
    order.keys.assign(keys.begin(), keys.end());
    for (const SortKey& key : keys) {
        order.given.push_back({key.tag, key.descending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND});
    }
    return order;
}

ViewOrder parse_order(const SSortOrderSet& set) {
    if (set.cSorts > kMaximumKeys) throw_bad_order();
    if (set.cCategories > set.cSorts || set.cExpanded > set.cCategories) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a sort order with more categories than keys");
    }
    ViewOrder order;
    order.given_categories = set.cCategories;
    order.given_expanded = set.cExpanded;
    // Through a pointer: the declared array has one element.
    const SSortOrder* const sorts = set.aSort;
    order.given.assign(sorts, sorts + set.cSorts);
    bool after_category = false;
    for (ULONG i = 0; i < set.cSorts; ++i) {
        const auto [tag, how] = order.given[i];
        check_key(tag);
        const bool is_category = i < set.cCategories;
        switch (how) {
            case TABLE_SORT_ASCEND:
            case TABLE_SORT_DESCEND:
                order.keys.push_back({stored_tag(tag), how == TABLE_SORT_DESCEND});
                if (is_category) order.categories.push_back({order.keys.size(), std::nullopt});
                after_category = is_category;
                break;
            case TABLE_SORT_COMBINE:
                if (!is_category || !after_category) throw_bad_order();
                order.keys.push_back({stored_tag(tag), order.keys.back().descending});
                order.categories.back().key_end = order.keys.size();
                break;
            case kSortByGreatest:
            case kSortByLeast:
                // About the category before it, whether it is counted as one or not.
                if (!after_category || order.categories.back().extreme) throw_bad_order();
                order.categories.back().extreme = {stored_tag(tag), how == kSortByGreatest};
                break;
            default:
                throw_bad_order();
        }
    }
    order.expanded = set.cExpanded >= set.cCategories
                         ? order.categories.size()
                         : std::min<std::size_t>(set.cExpanded, order.categories.size());
    return order;
}

int compare_rows(std::span<const SortKey> keys, const CompactRow& left, const CompactRow& right) {
    for (const SortKey& key : keys) {
        const Cell* const a = find_typed(left, key.tag);
        const Cell* const b = find_typed(right, key.tag);
        if (!a || !b) {
            if (a || b) return a ? -1 : 1;
            continue;
        }
        const int difference = compare_cells(*a, *b);
        if (difference != 0) return key.descending ? -difference : difference;
    }
    return 0;
}

}  // namespace remapi::object
