// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/order_tree.h"
#include "object/table/view_order.h"

namespace remapi::object {

/// What nearly all rows are told apart by without looking at them: of two with different ones the
/// smaller comes first. Of a number all of it and, behind it, the beginning of the second key; of a
/// text its first thirty letters or so; of bytes the first twenty-four.
using SortPrefix = OrderTree::Key;
/// That of rows without the property, which come last in both directions.
constexpr SortPrefix kAbsentPrefix = {~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}};

/// Whether the first key is a number, so that rows are equal in it exactly when `first` is.
bool is_number_key(const SortKey& key) noexcept;
SortPrefix sort_prefix(const CompactRow& row, std::span<const SortKey> keys);
/// As far as `value`, one of the key, says it: of a number `first`.
SortPrefix sort_prefix(const Cell& value, const SortKey& key);
/// That of what a text or bytes are from `at` on, for an ascending key. `at` becomes the place of
/// what the prefix says nothing of, the same for all values that had the same prefixes until there.
SortPrefix next_sort_prefix(const Cell& value, std::uint32_t& at) noexcept;
/// How many of `keys` rows are equal in that have this prefix.
std::size_t decided_keys(const SortPrefix& prefix, std::span<const SortKey> keys) noexcept;

/// Where a row belongs among others by `keys`; both must live as long.
class RowPlace {
public:
    RowPlace(std::span<const SortKey> keys, const CompactRow& row)
        : m_prefix(sort_prefix(row, keys)),
          m_keys(keys.subspan(decided_keys(m_prefix, keys))),
          m_row(row) {}
    const SortPrefix& prefix() const noexcept { return m_prefix; }
    /// compare_rows(keys, other, row) for another row with the same prefix.
    int compare(const CompactRow* other) const {
        if (m_keys.empty()) return 0;
        CompactRow::prefetch(other);
        return compare_rows(m_keys, *other, m_row);
    }

private:
    SortPrefix m_prefix;
    std::span<const SortKey> m_keys;  ///< those that the prefix says too little about
    const CompactRow& m_row;
};

/// Rows in order: where each was before, and its prefix.
struct SortedRows {
    std::vector<std::uint32_t> places;
    std::vector<SortPrefix> prefixes;
};
/// `rows` by `keys`; equal ones stay as they are among themselves.
SortedRows sort_rows(std::span<const CompactRow* const> rows, std::span<const SortKey> keys);

}  // namespace remapi::object
