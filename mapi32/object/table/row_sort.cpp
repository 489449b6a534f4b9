// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Sorting many rows at once: what is compared lies in one place instead of all over the rows.
#include <algorithm>
#include <iterator>

#include "object/restriction/collation.h"
#include "object/table/view_order.h"

namespace remapi::object {
namespace {

constexpr std::uint64_t kAbsent = ~std::uint64_t{0};  // last, in both directions
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// A row under way. Of two with different prefixes the smaller comes first.
struct Item {
    std::uint64_t prefix = 0;
    NumberedRow row = {};
    std::uint32_t place = 0;     ///< before sorting
    std::uint32_t units_at = 0;  ///< text: where all of its base units begin
    std::uint32_t units_count = 0;
};

std::uint64_t bits_of(double real) noexcept {
    if (real != real) return 0;  // before every number, as compare_cells has it
    if (real == 0) real = 0;     // both zeros are equal
    std::uint64_t bits = 0;
    std::memcpy(&bits, &real, sizeof bits);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

std::uint64_t bytes_prefix(BytesView bytes) noexcept {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < sizeof prefix; ++i) {
        prefix = prefix << 8 | (i < bytes.size() ? bytes[i] : 0);
    }
    return prefix;
}

// The first base units, a byte each. What follows one that has no room in a byte says nothing.
std::uint64_t prefix_of_base(StringView units) noexcept {
    constexpr unsigned kGreatest = 0xFF;
    std::uint64_t prefix = 0;
    bool ended = false;
    for (std::size_t i = 0; i < sizeof prefix; ++i) {
        ended = ended || i >= units.size();
        const unsigned unit = ended ? 0 : static_cast<unsigned short>(units[i]);
        prefix = prefix << 8 | std::min(unit, kGreatest);
        ended = ended || unit >= kGreatest;
    }
    return prefix;
}

std::uint64_t text_prefix(StringView text) noexcept {
    WideChar units[sizeof(std::uint64_t)];
    std::size_t count = 0;
    for (const WideChar unit : text) {
        const WideChar base = base_unit(unit);
        if (base != 0 || unit == 0) units[count++] = base;
        if (count == std::size(units)) break;
    }
    return prefix_of_base(StringView(units, count));
}

/// The base units of all texts, one after another.
class Units {
public:
    void add(StringView text, Item& item) {
        item.units_at = narrow_size(m_units.size());
        for (const WideChar unit : text) {
            const WideChar base = base_unit(unit);
            if (base != 0 || unit == 0) m_units.push_back(base);
        }
        item.units_count = narrow_size(m_units.size()) - item.units_at;
        item.prefix = prefix_of_base(StringView(m_units.data() + item.units_at, item.units_count));
    }
    int compare(const Item& left, const Item& right) const noexcept {
        const std::size_t common = std::min(left.units_count, right.units_count);
        const WideChar* const a = m_units.data() + left.units_at;
        const WideChar* const b = m_units.data() + right.units_at;
        for (std::size_t i = 0; i < common; ++i) {
            if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
        }
        return left.units_count < right.units_count   ? -1
               : left.units_count > right.units_count ? 1
                                                      : 0;
    }

private:
    std::vector<WideChar> m_units;
};

/// Whether a prefix says all there is to say about a value.
bool is_number(CellKind kind) noexcept {
    return kind == CellKind::Whole || kind == CellKind::Time || kind == CellKind::Real;
}

/// All that moves while numbers are sorted.
struct Ticket {
    std::uint64_t prefix;
    std::uint32_t place;
};

// By prefixes, stable: the digits that differ at all, from the lowest up.
void radix_sort(std::vector<Ticket>& tickets) {
    std::uint64_t common_ones = ~std::uint64_t{0};
    std::uint64_t any_ones = 0;
    for (const Ticket& ticket : tickets) {
        common_ones &= ticket.prefix;
        any_ones |= ticket.prefix;
    }
    const std::uint64_t differing = common_ones ^ any_ones;
    constexpr unsigned kDigitBits = 11;
    constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
    std::vector<Ticket> other(tickets.size());
    for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
        if ((differing >> shift & (kDigits - 1)) == 0) continue;
        std::uint32_t starts[kDigits + 1] = {};
        const auto digit = [shift](const Ticket& ticket) {
            return static_cast<std::size_t>(ticket.prefix >> shift & (kDigits - 1));
        };
        for (const Ticket& ticket : tickets) ++starts[digit(ticket) + 1];
        for (std::size_t i = 1; i < kDigits; ++i) starts[i] += starts[i - 1];
        for (const Ticket& ticket : tickets) other[starts[digit(ticket)]++] = ticket;
        tickets.swap(other);
    }
}

void sort_equal_prefixes(std::vector<NumberedRow>& rows, std::span<const Ticket> tickets,
                         std::span<const SortKey> rest) {
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t last = first + 1;
        while (last < rows.size() && tickets[last].prefix == tickets[first].prefix) ++last;
        std::stable_sort(rows.begin() + static_cast<std::ptrdiff_t>(first),
                         rows.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](const NumberedRow& a, const NumberedRow& b) {
                             return compare_rows(rest, *a.row, *b.row) < 0;
                         });
        first = last;
    }
}

std::uint64_t number_prefix(const Cell& cell) noexcept {
    if (cell.kind() == CellKind::Real) return bits_of(cell.real);
    const auto bits = static_cast<std::uint64_t>(cell.number);
    return cell.kind() == CellKind::Time ? bits : bits ^ kSign;
}

void sort_by_number(std::vector<NumberedRow>& rows, std::span<const SortKey> keys,
                    std::vector<NumberedRow>& without) {
    std::vector<Ticket> tickets;
    tickets.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        constexpr std::size_t kAhead = 8;
        constexpr std::size_t kLinesOfCells = 3;
        if (i + kAhead < rows.size()) CompactRow::prefetch(rows[i + kAhead].row, kLinesOfCells);
        const Cell* const cell = find_typed(*rows[i].row, keys[0].tag);
        if (!cell) {
            without.push_back(rows[i]);
            continue;
        }
        const std::uint64_t prefix = number_prefix(*cell);
        tickets.push_back({keys[0].descending ? ~prefix : prefix, static_cast<std::uint32_t>(i)});
    }
    radix_sort(tickets);
    std::vector<NumberedRow> sorted;
    sorted.reserve(rows.size());
    for (const Ticket& ticket : tickets) {
        sorted.push_back(rows[ticket.place]);
        sorted.back().prefix = ticket.prefix;
    }
    if (keys.size() > 1) sort_equal_prefixes(sorted, tickets, keys.subspan(1));
    rows.swap(sorted);
}

void sort_by_other(std::vector<NumberedRow>& rows, std::span<const SortKey> keys,
                   std::vector<NumberedRow>& without) {
    const SortKey& key = keys.front();
    const bool is_text = kind_of(key.tag) == CellKind::Text;
    Units units;
    std::vector<Item> items;
    items.reserve(rows.size());
    for (const NumberedRow& row : rows) {
        const Cell* const cell = find_typed(*row.row, key.tag);
        if (!cell) {
            without.push_back(row);
            continue;
        }
        Item item;
        item.row = row;
        item.place = static_cast<std::uint32_t>(items.size());
        if (is_text) units.add(cell->text(), item);
        if (cell->kind() == CellKind::Binary || cell->kind() == CellKind::Guid) {
            item.prefix = bytes_prefix(cell->bytes());
        }
        if (key.descending) item.prefix = ~item.prefix;
        items.push_back(item);
    }
    std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        int difference = is_text ? units.compare(a, b) : 0;
        if (key.descending) difference = -difference;
        if (difference == 0) difference = compare_rows(keys, *a.row.row, *b.row.row);
        return difference != 0 ? difference < 0 : a.place < b.place;
    });
    rows.clear();
    for (const Item& item : items) {
        rows.push_back(item.row);
        rows.back().prefix = item.prefix;
    }
}

}  // namespace

void sort_rows(std::vector<NumberedRow>& rows, std::span<const SortKey> keys) {
    if (keys.empty() || rows.empty()) return;
    std::vector<NumberedRow> without;  // come last, whatever the direction
    if (is_number(kind_of(keys[0].tag))) {
        sort_by_number(rows, keys, without);
    } else {
        sort_by_other(rows, keys, without);
    }
    if (without.size() > 1) sort_rows(without, keys.subspan(1));
    for (NumberedRow& row : without) row.prefix = kAbsent;
    rows.insert(rows.end(), without.begin(), without.end());
}

std::uint64_t sort_prefix(const CompactRow& row, const SortKey& key) {
    const Cell* const cell = find_typed(row, key.tag);
    if (!cell) return kAbsent;
    std::uint64_t prefix = 0;
    if (is_number(cell->kind())) {
        prefix = number_prefix(*cell);
    } else if (cell->kind() == CellKind::Text) {
        prefix = text_prefix(cell->text());
    } else if (cell->kind() != CellKind::Many) {
        prefix = bytes_prefix(cell->bytes());
    }
    return key.descending ? ~prefix : prefix;
}

}  // namespace remapi::object
