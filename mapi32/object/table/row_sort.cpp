// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Sorting many rows at once: what is compared lies in one place instead of all over the rows.
#include <algorithm>

#include "object/table/sort_prefix.h"

namespace remapi::object {
namespace {

using Rows = std::span<const CompactRow* const>;

constexpr std::size_t kAhead = 8;  // rows that the processor fetches while it looks at one

/// All that moves while numbers are sorted.
struct Ticket {
    std::uint64_t number;
    std::uint32_t place;
};

// Stable: the digits that differ at all, from the lowest up.
void radix_sort(std::vector<Ticket>& tickets) {
    std::uint64_t common_ones = ~std::uint64_t{0};
    std::uint64_t any_ones = 0;
    for (const Ticket& ticket : tickets) {
        common_ones &= ticket.number;
        any_ones |= ticket.number;
    }
    const std::uint64_t differing = common_ones ^ any_ones;
    constexpr unsigned kDigitBits = 11;
    constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
    std::vector<Ticket> other(tickets.size());
    for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
        if ((differing >> shift & (kDigits - 1)) == 0) continue;
        std::uint32_t starts[kDigits + 1] = {};
        const auto digit = [shift](const Ticket& ticket) {
            return static_cast<std::size_t>(ticket.number >> shift & (kDigits - 1));
        };
        for (const Ticket& ticket : tickets) ++starts[digit(ticket) + 1];
        for (std::size_t i = 1; i < kDigits; ++i) starts[i] += starts[i - 1];
        for (const Ticket& ticket : tickets) other[starts[digit(ticket)]++] = ticket;
        tickets.swap(other);
    }
}

// By one number: nothing else need be looked at.
SortedRows sort_by_number(Rows rows, const SortKey& key) {
    constexpr std::size_t kLinesOfCells = 3;
    std::vector<Ticket> tickets;
    tickets.reserve(rows.size());
    std::vector<std::uint32_t> without;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + kAhead < rows.size()) CompactRow::prefetch(rows[i + kAhead], kLinesOfCells);
        const Cell* const cell = find_typed(*rows[i], key.tag);
        const auto place = static_cast<std::uint32_t>(i);
        if (cell) {
            tickets.push_back({sort_prefix(*cell, key).first, place});
        } else {
            without.push_back(place);
        }
    }
    radix_sort(tickets);
    SortedRows sorted;
    sorted.places.reserve(rows.size());
    sorted.prefixes.reserve(rows.size());
    for (const Ticket& ticket : tickets) {
        sorted.places.push_back(ticket.place);
        sorted.prefixes.push_back({ticket.number, 0, 0});
    }
    sorted.places.insert(sorted.places.end(), without.begin(), without.end());
    sorted.prefixes.resize(rows.size(), kAbsentPrefix);
    return sorted;
}

/// A row under way.
struct Item {
    SortPrefix prefix;
    std::uint32_t place;
    std::uint32_t at;  ///< what `prefix` says ends here in the text or the bytes
};
using Items = std::span<Item>;

/// Sorts by prefixes, and rows with the same one by what is behind it.
class PrefixSort {
public:
    explicit PrefixSort(Rows rows) : m_rows(rows) {}

    void sort(Items items, std::span<const SortKey> keys) const {
        for_each_row(items, [&](Item& item, const CompactRow& row) {
            item.prefix = sort_prefix(row, keys);
        });
        by_prefix(items);
    }
    void sort_equal(Items items, std::span<const SortKey> keys) const {
        for_each_run(items, [&](Items run) { sort_run(run, keys); });
    }

private:
    // Texts this much the same are compared as a whole: the stack is not for them.
    static constexpr unsigned kDeepest = 32;

    template <class Use>
    void for_each_row(Items items, Use use) const {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i + kAhead < items.size()) CompactRow::prefetch(m_rows[items[i + kAhead].place]);
            use(items[i], *m_rows[items[i].place]);
        }
    }
    template <class Use>
    static void for_each_run(Items items, Use use) {
        for (std::size_t first = 0; first < items.size();) {
            std::size_t last = first + 1;
            while (last < items.size() && items[last].prefix == items[first].prefix) ++last;
            if (last - first > 1) use(items.subspan(first, last - first));
            first = last;
        }
    }
    static void by_prefix(Items items) {
        std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
            if (a.prefix.first != b.prefix.first) return a.prefix.first < b.prefix.first;
            return a.prefix == b.prefix ? a.place < b.place : a.prefix < b.prefix;
        });
    }

    void sort_run(Items run, std::span<const SortKey> keys) const {
        const std::size_t decided = decided_keys(run[0].prefix, keys);
        if (decided == keys.size()) return;
        if (decided > 0) {
            keys = keys.subspan(decided);
            sort(run, keys);
            return sort_equal(run, keys);
        }
        const CellKind kind = kind_of(keys[0].tag);
        const bool goes_on = kind == CellKind::Text || kind == CellKind::Binary;
        if (!goes_on || run[0].prefix == kAbsentPrefix) return by_rows(run, keys);
        for (Item& item : run) item.at = 0;
        sort_further(run, keys, 0);
    }
    /// By what is behind the prefix that all of `run` have.
    void sort_further(Items run, std::span<const SortKey> keys, unsigned depth) const {
        bool is_more = false;
        for_each_row(run, [&](Item& item, const CompactRow& row) {
            const Cell& cell = *find_typed(row, keys[0].tag);
            if (depth == 0) next_sort_prefix(cell, item.at);
            is_more = is_more || item.at < cell.size;
            item.prefix = next_sort_prefix(cell, item.at);
            if (keys[0].descending) {
                item.prefix = {~item.prefix.first, ~item.prefix.second, ~item.prefix.third};
            }
        });
        if (!is_more || depth == kDeepest) return by_rows(run, keys);
        by_prefix(run);
        for_each_run(run, [&](Items equal) { sort_further(equal, keys, depth + 1); });
    }
    void by_rows(Items run, std::span<const SortKey> keys) const {
        std::sort(run.begin(), run.end(), [&](const Item& a, const Item& b) {
            const int difference = compare_rows(keys, *m_rows[a.place], *m_rows[b.place]);
            return difference != 0 ? difference < 0 : a.place < b.place;
        });
    }

    const Rows m_rows;
};

SortedRows sort_by_prefix(Rows rows, std::span<const SortKey> keys) {
    std::vector<Item> items(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) items[i].place = static_cast<std::uint32_t>(i);
    const PrefixSort sort(rows);
    sort.sort(items, keys);
    SortedRows sorted;
    sorted.prefixes.reserve(items.size());
    for (const Item& item : items) sorted.prefixes.push_back(item.prefix);
    sort.sort_equal(items, keys);
    sorted.places.reserve(items.size());
    for (const Item& item : items) sorted.places.push_back(item.place);
    return sorted;
}

}  // namespace

SortedRows sort_rows(Rows rows, std::span<const SortKey> keys) {
    const bool is_one_number = keys.size() == 1 && is_number_key(keys[0]);
    return is_one_number ? sort_by_number(rows, keys[0]) : sort_by_prefix(rows, keys);
}

}  // namespace remapi::object
