// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What views ask of rows in memory.
#include <algorithm>

#include "object/table/table_data.h"

namespace remapi::object {

std::vector<RowKey> TableData::keys() {
    const port::Lock lock(m_mutex);
    std::vector<RowKey> keys;
    keys.reserve(m_order.size());
    if (m_order.size() == 0) return keys;
    for (const Id slot : m_order.all()) keys.push_back(key_of(slot));
    return keys;
}

std::optional<std::vector<StoredRow>> TableData::stored_rows() {
    const port::Lock lock(m_mutex);
    std::vector<StoredRow> rows;
    rows.reserve(m_order.size());
    if (m_order.size() == 0) return rows;
    const std::vector<Id> slots = m_order.all();
    for (std::size_t i = 0; i < slots.size(); ++i) {
        constexpr std::size_t kAhead = 16;
        // A reference is counted in the row itself, and rows lie anywhere in memory.
        if (i + kAhead < slots.size()) {
            CompactRow::prefetch(m_slots[slots[i + kAhead]].row.get(), 1);
        }
        rows.push_back({key_of(slots[i]), m_slots[slots[i]].row});
    }
    return rows;
}

CompactRowPtr TableData::compact_row(RowKey key) {
    const port::Lock lock(m_mutex);
    return m_slots[slot_of(key)].row;  // of no row: the first slot, which holds none
}

RowPtr TableData::row(RowKey key) {
    const CompactRowPtr found = compact_row(key);
    return found ? std::make_shared<const PropertyBag>(to_bag(*found)) : nullptr;
}

std::optional<RowKey> TableData::row_before(RowKey key) {
    const port::Lock lock(m_mutex);
    const Id slot = slot_of(key);
    if (m_order.size() == 0) return std::nullopt;
    // A row that is gone already belongs nowhere in particular.
    const Id before = slot == OrderTree::kNone ? m_order.last() : m_order.previous(slot);
    if (before == OrderTree::kNone) return std::nullopt;
    return key_of(before);
}

std::vector<ULONG> TableData::default_columns() const {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> columns = m_columns;
    if (!m_options.columns_grow) columns.resize(m_own_columns);
    return columns;
}

std::vector<ULONG> TableData::all_columns() {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> columns = m_columns;
    const bool has_key = std::any_of(columns.begin(), columns.end(), [](ULONG column) {
        return PROP_ID(column) == PROP_ID(PR_INSTANCE_KEY);
    });
    if (!has_key) columns.push_back(PR_INSTANCE_KEY);
    return columns;
}

PropValue TableData::index_of(RowKey key) {
    const port::Lock lock(m_mutex);
    const Id slot = slot_of(key);
    return slot == OrderTree::kNone ? instance_key(key) : index_value(slot);
}

std::optional<RowKey> TableData::find_index(const PropValue& index) {
    if (m_index_tag != 0 && PROP_ID(m_index_tag) == index.id()) {
        CellStore store;
        return find_row(cell_of(index, store));
    }
    return TableSource::find_index(index);
}

memory::Routines TableData::allocators() const {
    return m_options.allocators.value_or(memory::routines());
}

}  // namespace remapi::object
