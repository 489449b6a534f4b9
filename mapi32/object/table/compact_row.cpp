// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/compact_row.h"

#include <algorithm>
#include <memory>
#include <new>

namespace remapi::object {
namespace {

static_assert(sizeof(CompactRow) % alignof(Cell) == 0, "cells follow the header");
static_assert(alignof(Cell) <= alignof(std::max_align_t));

/// Bytes handed out one after another; without a block it only counts them.
class CellRoom {
public:
    explicit CellRoom(std::uint8_t* block = nullptr) noexcept : m_block(block) {}

    /// Zeros behind the data fill the room up.
    const void* copy(const void* data, std::size_t size, std::size_t zeros = 0) {
        const std::size_t taken = CompactRow::data_size(size + zeros);
        std::uint8_t* const to = m_block ? m_block + m_used : nullptr;
        m_used += taken;
        if (!to) return nullptr;
        if (size > 0) std::memcpy(to, data, size);
        if (taken > size) std::memset(to + size, 0, taken - size);
        return to;
    }
    std::size_t used() const noexcept { return m_used; }

private:
    std::uint8_t* m_block;
    std::size_t m_used = 0;
};

bool has_data(const Cell& cell) noexcept {
    const CellKind kind = cell.kind();
    return kind == CellKind::Text || kind == CellKind::Guid || kind == CellKind::Binary;
}

// The same code walks the cells for counting and for copying, so the two cannot disagree.
const void* copied_data(const Cell& from, CellRoom& room) {
    if (from.kind() != CellKind::Text) return room.copy(from.data, from.size);
    return room.copy(from.data, from.size * sizeof(WideChar), sizeof(WideChar));
}

const void* copied_many(const Cell& from, CellRoom& room) {
    const void* const place = room.copy(from.data, from.size * sizeof(Cell));
    auto* const cells = static_cast<Cell*>(const_cast<void*>(place));
    for (std::size_t i = 0; i < from.size; ++i) {
        if (!has_data(from.many()[i])) continue;
        const void* const data = copied_data(from.many()[i], room);
        if (cells) cells[i].data = data;
    }
    return place;
}

// By id; the property before the one of its values that stands beside it.
std::uint32_t rank(const Cell& cell) noexcept {
    return PROP_ID(cell.tag) << 1 | ((PROP_TYPE(cell.tag) & MV_INSTANCE) != 0 ? 1u : 0u);
}

bool in_order(std::span<const Cell> cells) noexcept {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (PROP_TYPE(cells[i].tag) == PT_NULL) return false;
        if (i > 0 && rank(cells[i - 1]) >= rank(cells[i])) return false;
    }
    return true;
}

/// Cells of a row under way. Most rows need no allocation for them.
class CellBuffer {
public:
    explicit CellBuffer(std::size_t count)
        : m_many(count > kFew ? std::make_unique<Cell[]>(count) : nullptr) {}
    void push_back(const Cell& cell) noexcept { data()[m_count++] = cell; }
    /// By id, each once. Moves only what is not in its place already.
    std::span<const Cell> in_order() {
        Cell* const cells = data();
        Cell* end = std::remove_if(cells, cells + m_count,
                                   [](const Cell& cell) { return PROP_TYPE(cell.tag) == PT_NULL; });
        if (m_many) {
            std::stable_sort(cells, end,
                             [](const Cell& a, const Cell& b) { return rank(a) < rank(b); });
        } else {
            insertion_sort(cells, end);
        }
        std::size_t kept = 0;
        for (const Cell* cell = cells; cell != end; ++cell) {
            if (kept > 0 && rank(cells[kept - 1]) == rank(*cell)) --kept;  // the last one counts
            cells[kept++] = *cell;
        }
        return {cells, kept};
    }

private:
    static constexpr std::size_t kFew = 32;

    Cell* data() noexcept { return m_many ? m_many.get() : m_few; }
    static void insertion_sort(Cell* first, const Cell* end) noexcept {
        for (Cell* next = first; next != end; ++next) {
            const Cell cell = *next;
            Cell* place = next;
            for (; place != first && rank(place[-1]) > rank(cell); --place) *place = place[-1];
            *place = cell;
        }
    }

    Cell m_few[kFew];
    std::unique_ptr<Cell[]> m_many;
    std::size_t m_count = 0;
};

}  // namespace

CompactRowPtr CompactRow::make(std::span<const Cell> cells) {
    if (in_order(cells)) return make_in_order(cells);
    CellBuffer sorted(cells.size());
    for (const Cell& cell : cells) sorted.push_back(cell);
    return make_in_order(sorted.in_order());
}

CompactRowPtr CompactRow::make_in_order(std::span<const Cell> cells) {
    const std::uint32_t count = narrow_size(cells.size());
    // What many values point to lies behind all other data.
    CellRoom counter;
    std::uint32_t pieces = 0;
    bool has_many = false;
    for (const Cell& cell : cells) {
        has_many = has_many || cell.kind() == CellKind::Many;
        if (!has_data(cell)) continue;
        copied_data(cell, counter);
        ++pieces;
    }
    const std::uint32_t data_bytes = narrow_size(counter.used());
    for (const Cell& cell : cells) {
        if (has_many && cell.kind() == CellKind::Many) copied_many(cell, counter);
    }
    const std::size_t head = sizeof(CompactRow) + cells.size() * sizeof(Cell);
    auto* const block = static_cast<std::uint8_t*>(::operator new(head + counter.used()));
    CompactRowPtr row(new (block) CompactRow(count, data_bytes, pieces));
    auto* const own = reinterpret_cast<Cell*>(block + sizeof(CompactRow));
    std::uninitialized_copy(cells.begin(), cells.end(), own);
    CellRoom room(block + head);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (has_data(cells[i])) own[i].data = copied_data(cells[i], room);
    }
    for (std::size_t i = 0; has_many && i < cells.size(); ++i) {
        if (cells[i].kind() == CellKind::Many) own[i].data = copied_many(cells[i], room);
    }
    return row;
}

CompactRowPtr CompactRow::make(const PropertyBag& bag) {
    CellStore store;
    CellBuffer cells(bag.size());
    for (const PropValue& value : bag.values()) cells.push_back(cell_of(value, store));
    return make_in_order(cells.in_order());
}

CompactRowPtr CompactRow::make(std::span<const SPropValue> values) {
    CellStore store;
    CellBuffer cells(values.size());
    for (const SPropValue& value : values) cells.push_back(cell_of(value, store));
    return make_in_order(cells.in_order());
}

const Cell* CompactRow::find(ULONG tag) const noexcept {
    const Cell* const end = first() + m_count;
    const Cell* found =
        std::lower_bound(first(), end, PROP_ID(tag),
                         [](const Cell& cell, ULONG id) { return PROP_ID(cell.tag) < id; });
    if (found == end || PROP_ID(found->tag) != PROP_ID(tag)) return nullptr;
    const Cell* const next = found + 1;
    const bool one_of_many = (PROP_TYPE(tag) & MV_INSTANCE) != 0;
    if (one_of_many && next != end && PROP_ID(next->tag) == PROP_ID(tag)) return next;
    return found;
}

void CompactRow::prefetch(const CompactRow* row, std::size_t lines) noexcept {
    constexpr std::size_t kLine = 64;
    const auto* const at = reinterpret_cast<const char*>(row);
    for (std::size_t i = 0; i < lines; ++i) __builtin_prefetch(at + i * kLine);
}

void CompactRowPtr::reset() noexcept {
    CompactRow* const row = std::exchange(m_row, nullptr);
    if (!row || row->m_references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    row->~CompactRow();
    ::operator delete(row);
}

const Cell* find_typed(const CompactRow& row, ULONG tag) noexcept {
    const Cell* const found = row.find(tag);
    if (!found || found->tag == tag) return found;
    return plain_type(found->tag) == plain_type(tag) ? found : nullptr;
}

PropertyBag to_bag(const CompactRow& row) {
    std::vector<PropValue> values;
    values.reserve(row.cells().size());
    for (const Cell& cell : row.cells()) {
        if ((PROP_TYPE(cell.tag) & MV_INSTANCE) == 0) values.push_back(to_value(cell));
    }
    return PropertyBag(std::move(values));
}

}  // namespace remapi::object
