// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/table_data.h"

#include <algorithm>

#include "object/table/memory_table.h"

namespace remapi::object {

TableData::TableData(std::vector<ULONG> columns, ULONG index_tag)
    : TableData(std::move(columns), index_tag, Options()) {}

TableData::TableData(std::vector<ULONG> columns, ULONG index_tag, Options options)
    : m_index_tag(index_tag),
      m_options(options),
      m_own_columns(columns.size()),
      m_columns(std::move(columns)) {
    for (const ULONG column : m_columns) {
        m_column_ids.push_back(static_cast<std::uint16_t>(PROP_ID(column)));
    }
    std::sort(m_column_ids.begin(), m_column_ids.end());
}

TableData::Id TableData::slot_of(RowKey key) const noexcept {
    const auto slot = static_cast<Id>(key);
    const bool is_there = slot != OrderTree::kNone && slot < m_slots.size() && m_slots[slot].row &&
                          m_slots[slot].generation == key >> 32;
    return is_there ? slot : OrderTree::kNone;
}

RowKey TableData::key_of(Id slot) const noexcept {
    return static_cast<RowKey>(m_slots[slot].generation) << 32 | slot;
}

TableData::Id TableData::find_slot(const Cell& index_value) const {
    return m_by_index.find(hash_cell(index_value), [&](Id slot) {
        constexpr std::size_t kLinesOfCells = 3;
        m_order.prefetch(slot);
        CompactRow::prefetch(m_slots[slot].row.get(), kLinesOfCells);
        const Cell* const cell = find_typed(*m_slots[slot].row, m_index_tag);
        return cell && plain_type(cell->tag) == plain_type(index_value.tag) &&
               compare_cells(*cell, index_value) == 0;
    });
}

void TableData::note_columns(const CompactRow& row) {
    // Both by id, so that a row like those before it costs one walk along both.
    auto known = m_column_ids.begin();
    for (const Cell& cell : row.cells()) {
        const auto id = static_cast<std::uint16_t>(PROP_ID(cell.tag));
        while (known != m_column_ids.end() && *known < id) ++known;
        if ((known != m_column_ids.end() && *known == id) || cell.is_error()) continue;
        known = m_column_ids.insert(known, id);
        m_columns.push_back(cell.tag);
    }
}

TableData::Id TableData::enter(std::size_t position, CompactRowPtr row) {
    Id slot = narrow_size(m_slots.size());
    if (m_free.empty()) {
        m_slots.emplace_back();
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    note_columns(*row);
    if (const Cell* const index = m_index_tag != 0 ? find_typed(*row, m_index_tag) : nullptr) {
        m_by_index.insert(hash_cell(*index), slot);
    }
    m_slots[slot].row = std::move(row);
    ++m_slots[slot].generation;
    m_order.insert_at(std::min(position, m_order.size()), slot);
    return slot;
}

void TableData::exchange(Id slot, CompactRowPtr row) {
    note_columns(*row);
    if (m_index_tag != 0) {
        if (const Cell* const old = find_typed(*m_slots[slot].row, m_index_tag)) {
            m_by_index.erase(hash_cell(*old), slot);
        }
        if (const Cell* const now = find_typed(*row, m_index_tag)) {
            m_by_index.insert(hash_cell(*now), slot);
        }
    }
    m_slots[slot].row = std::move(row);
}

void TableData::leave(Id slot) {
    if (const Cell* const index =
            m_index_tag != 0 ? find_typed(*m_slots[slot].row, m_index_tag) : nullptr) {
        m_by_index.erase(hash_cell(*index), slot);
    }
    m_order.erase(slot);
    m_slots[slot].row = nullptr;
    m_free.push_back(slot);
}

PropValue TableData::index_value(Id slot) const {
    const ULONG tag = m_index_tag != 0 ? m_index_tag : PR_INSTANCE_KEY;
    const Cell* const found = m_slots[slot].row->find(tag);
    return found && !found->is_error() ? to_value(*found) : instance_key(key_of(slot));
}

RowKey TableData::add(const PropertyBag& row) {
    return insert(static_cast<std::size_t>(-1), row);
}

RowKey TableData::insert(std::size_t position, const PropertyBag& row) {
    RowKey key = 0;
    {
        const CompactRowPtr compact = CompactRow::make(row);
        const port::Lock lock(m_mutex);
        key = key_of(enter(position, compact));
    }
    row_added(key);
    return key;
}

bool TableData::modify(RowKey key, const PropertyBag& row) {
    {
        const CompactRowPtr compact = CompactRow::make(row);
        const port::Lock lock(m_mutex);
        const Id slot = slot_of(key);
        if (slot == OrderTree::kNone) return false;
        exchange(slot, compact);
    }
    row_modified(key);
    return true;
}

bool TableData::remove(RowKey key) {
    PropValue index;
    {
        const port::Lock lock(m_mutex);
        const Id slot = slot_of(key);
        if (slot == OrderTree::kNone) return false;
        index = index_value(slot);
        leave(slot);
    }
    row_deleted(key, index);
    return true;
}

void TableData::remove_all() {
    replace_all({});
}

void TableData::replace_all(const std::vector<PropertyBag>& rows) {
    {
        const port::Lock lock(m_mutex);
        for (const Id slot : m_order.size() == 0 ? std::vector<Id>() : m_order.all()) leave(slot);
        for (const PropertyBag& row : rows) enter(m_order.size(), CompactRow::make(row));
    }
    reload();
}

void TableData::put(std::span<const CompactRowPtr> rows) {
    std::vector<RowChange> changes;
    changes.reserve(rows.size());
    {
        const port::Lock lock(m_mutex);
        for (const CompactRowPtr& row : rows) {
            const Cell* const index = find_typed(*row, m_index_tag);
            Id slot = index ? find_slot(*index) : OrderTree::kNone;
            const bool is_new = slot == OrderTree::kNone;
            if (is_new) {
                slot = enter(m_order.size(), row);
            } else {
                exchange(slot, row);
            }
            const ULONG event = is_new ? TABLE_ROW_ADDED : TABLE_ROW_MODIFIED;
            changes.push_back({event, key_of(slot), index ? to_value(*index) : PropValue()});
        }
    }
    rows_changed(changes);
}

bool TableData::insert_new(std::size_t position, CompactRowPtr row) {
    RowKey key = 0;
    {
        const port::Lock lock(m_mutex);
        const Cell* const index = find_typed(*row, m_index_tag);
        if (position > m_order.size() || (index && find_slot(*index) != OrderTree::kNone)) {
            return false;
        }
        key = key_of(enter(position, std::move(row)));
    }
    row_added(key);
    return true;
}

std::size_t TableData::remove(std::span<const Cell> index_values) {
    std::vector<RowChange> changes;
    {
        const port::Lock lock(m_mutex);
        for (const Cell& value : index_values) {
            const Id slot = find_slot(value);
            if (slot == OrderTree::kNone) continue;
            changes.push_back({TABLE_ROW_DELETED, key_of(slot), index_value(slot)});
            leave(slot);
        }
    }
    rows_changed(changes);
    return changes.size();
}

std::optional<RowKey> TableData::find_row(const Cell& index_value) const {
    const port::Lock lock(m_mutex);
    const Id slot = find_slot(index_value);
    if (slot == OrderTree::kNone) return std::nullopt;
    return key_of(slot);
}

std::optional<RowKey> TableData::find(const PropValue& value) const {
    CellStore store;
    const Cell wanted = cell_of(value, store);
    const port::Lock lock(m_mutex);
    if (m_index_tag != 0 && PROP_ID(m_index_tag) == value.id()) {
        const Id slot = find_slot(wanted);
        if (slot == OrderTree::kNone) return std::nullopt;
        return key_of(slot);
    }
    if (m_order.size() == 0) return std::nullopt;
    for (const Id slot : m_order.all()) {
        const Cell* const cell = find_typed(*m_slots[slot].row, value.tag());
        if (cell && compare_cells(*cell, wanted) == 0) return key_of(slot);
    }
    return std::nullopt;
}

std::size_t TableData::size() const {
    const port::Lock lock(m_mutex);
    return m_order.size();
}

CompactRowPtr TableData::row_at(std::size_t position) const {
    const port::Lock lock(m_mutex);
    return position < m_order.size() ? m_slots[m_order.at(position)].row : nullptr;
}

std::optional<std::size_t> TableData::position_of(RowKey key) const {
    const port::Lock lock(m_mutex);
    const Id slot = slot_of(key);
    if (slot == OrderTree::kNone) return std::nullopt;
    return m_order.rank(slot);
}

com::Ptr<IMAPITable> make_table(std::vector<ULONG> columns, std::vector<PropertyBag> rows,
                                ULONG flags) {
    auto data = std::make_shared<TableData>(std::move(columns));
    data->replace_all(std::move(rows));
    return data->open_view(flags);
}

}  // namespace remapi::object
