// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/row_order.h"

#include <algorithm>
#include <unordered_set>

namespace remapi::object {
namespace {

struct Candidate {
    RowKey key;
    RowPtr row;
};

// In the table's own order: behind the nearest row before it that the view shows.
std::size_t natural_place(TableSource& source, std::span<const RowKey> others, RowKey key) {
    const std::vector<RowKey> all = source.keys();
    auto at = std::find(all.begin(), all.end(), key);
    if (at == all.end() || at + 1 == all.end()) return others.size();
    const std::unordered_set<RowKey> shown(others.begin(), others.end());
    while (at != all.begin()) {
        --at;
        if (!shown.contains(*at)) continue;
        const auto before = std::find(others.begin(), others.end(), *at);
        return static_cast<std::size_t>(before - others.begin()) + 1;
    }
    return 0;
}

}  // namespace

int compare_rows(std::span<const SortKey> order, const PropertyBag& left,
                 const PropertyBag& right) {
    for (const SortKey& key : order) {
        const PropValue* a = left.find_typed(key.tag);
        const PropValue* b = right.find_typed(key.tag);
        int difference = 0;
        if (a && b) {
            difference = compare_values(*a, *b);
        } else {
            difference = static_cast<int>(a != nullptr) - static_cast<int>(b != nullptr);
        }
        if (difference != 0) return key.descending ? -difference : difference;
    }
    return 0;
}

RowPtr with_instance_key(RowPtr row, RowKey key) {
    if (!row || row->find(PR_INSTANCE_KEY)) return row;
    auto copy = std::make_shared<PropertyBag>(*row);
    copy->set(instance_key(key));
    return copy;
}

bool row_matches(TableSource& source, RowKey key, const RowPtr& row,
                 const Restriction* restriction) {
    if (!row) return false;
    if (!restriction) return true;
    const RowPtr full = with_instance_key(row, key);
    return matches(*restriction, *full, [&](ULONG object_tag, const Restriction& inner) {
        return source.match_subobject(key, object_tag, inner);
    });
}

std::vector<RowKey> select_rows(TableSource& source, const Restriction* restriction,
                                std::span<const SortKey> order) {
    if (auto selected = source.select(restriction, order)) return std::move(*selected);
    std::vector<RowKey> keys = source.keys();
    if (!restriction && order.empty()) return keys;

    std::vector<Candidate> candidates;
    candidates.reserve(keys.size());
    for (const RowKey key : keys) {
        RowPtr row = source.row(key);
        if (row_matches(source, key, row, restriction)) candidates.push_back({key, std::move(row)});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const Candidate& a, const Candidate& b) {
                         return compare_rows(order, *a.row, *b.row) < 0;
                     });
    keys.clear();
    for (const Candidate& candidate : candidates) keys.push_back(candidate.key);
    return keys;
}

std::size_t place_of(TableSource& source, std::span<const RowKey> others,
                     std::span<const SortKey> order, RowKey key, const PropertyBag& row) {
    if (order.empty()) return natural_place(source, others, key);
    const auto place = std::partition_point(others.begin(), others.end(), [&](RowKey other) {
        const RowPtr there = source.row(other);
        return !there || compare_rows(order, *there, row) <= 0;
    });
    return static_cast<std::size_t>(place - others.begin());
}

}  // namespace remapi::object
