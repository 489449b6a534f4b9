// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/compact_row.h"

#include <algorithm>
#include <new>

namespace remapi::object {
namespace {

static_assert(sizeof(CompactRow) % alignof(Cell) == 0, "cells follow the header");
static_assert(alignof(Cell) <= alignof(std::max_align_t));

/// Bytes handed out one after another; without a block it only counts them.
class CellRoom {
public:
    explicit CellRoom(std::uint8_t* block = nullptr) noexcept : m_block(block) {}

    const void* copy(const void* data, std::size_t size, std::size_t alignment) {
        m_used = (m_used + alignment - 1) / alignment * alignment;
        void* const to = m_block ? m_block + m_used : nullptr;
        if (to && size > 0) std::memcpy(to, data, size);
        m_used += size;
        return to;
    }
    std::size_t used() const noexcept { return m_used; }

private:
    std::uint8_t* m_block;
    std::size_t m_used = 0;
};

// The same code walks the cells for counting and for copying, so the two cannot disagree.
Cell copied(const Cell& from, CellRoom& room) {
    Cell to = from;
    switch (from.kind()) {
        case CellKind::Text:
            to.data = room.copy(from.data, from.size * sizeof(WideChar), alignof(WideChar));
            break;
        case CellKind::Guid:
            to.data = room.copy(from.data, from.size, alignof(GUID));
            break;
        case CellKind::Binary:
            to.data = room.copy(from.data, from.size, 1);
            break;
        case CellKind::Many: {
            const void* const place = room.copy(from.data, from.size * sizeof(Cell), alignof(Cell));
            auto* const cells = static_cast<Cell*>(const_cast<void*>(place));
            for (std::size_t i = 0; i < from.size; ++i) {
                const Cell one = copied(from.many()[i], room);
                if (cells) cells[i] = one;
            }
            to.data = place;
            break;
        }
        default:
            break;
    }
    return to;
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

std::vector<Cell> in_order_by_id(std::span<const Cell> cells) {
    std::vector<Cell> sorted;
    sorted.reserve(cells.size());
    for (const Cell& cell : cells) {
        if (PROP_TYPE(cell.tag) != PT_NULL) sorted.push_back(cell);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Cell& a, const Cell& b) { return rank(a) < rank(b); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i + 1 < sorted.size() && rank(sorted[i]) == rank(sorted[i + 1])) continue;
        sorted[kept++] = sorted[i];
    }
    sorted.resize(kept);
    return sorted;
}

}  // namespace

CompactRowPtr CompactRow::make(std::span<const Cell> cells) {
    std::vector<Cell> sorted;
    if (!in_order(cells)) {
        sorted = in_order_by_id(cells);
        cells = sorted;
    }
    CellRoom counter;
    for (const Cell& cell : cells) copied(cell, counter);
    const std::size_t head = sizeof(CompactRow) + cells.size() * sizeof(Cell);
    auto* const block = static_cast<std::uint8_t*>(::operator new(head + counter.used()));
    auto* const row = new (block) CompactRow(narrow_size(cells.size()));
    auto* const first = reinterpret_cast<Cell*>(block + sizeof(CompactRow));
    CellRoom room(block + head);
    for (std::size_t i = 0; i < cells.size(); ++i) new (first + i) Cell(copied(cells[i], room));
    return CompactRowPtr(row);
}

CompactRowPtr CompactRow::make(const PropertyBag& bag) {
    CellStore store;
    std::vector<Cell> cells;
    cells.reserve(bag.size());
    for (const PropValue& value : bag.values()) cells.push_back(cell_of(value, store));
    return make(cells);
}

CompactRowPtr CompactRow::make(std::span<const SPropValue> values) {
    CellStore store;
    std::vector<Cell> cells;
    cells.reserve(values.size());
    for (const SPropValue& value : values) cells.push_back(cell_of(value, store));
    return make(cells);
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
