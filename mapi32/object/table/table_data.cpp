// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/table_data.h"

#include <algorithm>

namespace remapi::object {

TableData::TableData(std::vector<ULONG> columns, ULONG index_tag)
    : m_columns(std::move(columns)), m_index_tag(index_tag) {}

RowKey TableData::add(PropertyBag row) {
    return insert(static_cast<std::size_t>(-1), std::move(row));
}

RowKey TableData::insert(std::size_t position, PropertyBag row) {
    auto shared = std::make_shared<const PropertyBag>(std::move(row));
    RowKey key = 0;
    {
        const port::Lock lock(m_mutex);
        key = ++m_last;
        const std::size_t at = std::min(position, m_order.size());
        m_order.insert(m_order.begin() + static_cast<std::ptrdiff_t>(at), key);
        m_rows[key] = std::move(shared);
    }
    row_added(key);
    return key;
}

bool TableData::modify(RowKey key, PropertyBag row) {
    auto shared = std::make_shared<const PropertyBag>(std::move(row));
    {
        const port::Lock lock(m_mutex);
        const auto found = m_rows.find(key);
        if (found == m_rows.end()) return false;
        found->second.swap(shared);
    }
    row_modified(key);
    return true;
}

bool TableData::remove(RowKey key) {
    PropValue index;
    {
        const port::Lock lock(m_mutex);
        const auto found = m_rows.find(key);
        if (found == m_rows.end()) return false;
        index = index_value(key, *found->second);
        m_rows.erase(found);
        std::erase(m_order, key);
    }
    row_deleted(key, index);
    return true;
}

void TableData::replace_all(std::vector<PropertyBag> rows) {
    {
        const port::Lock lock(m_mutex);
        m_order.clear();
        m_rows.clear();
        for (PropertyBag& row : rows) {
            m_order.push_back(++m_last);
            m_rows[m_last] = std::make_shared<const PropertyBag>(std::move(row));
        }
    }
    reload();
}

std::optional<RowKey> TableData::find(const PropValue& value) const {
    const port::Lock lock(m_mutex);
    for (const RowKey key : m_order) {
        const PropValue* found = m_rows.at(key)->find_typed(value.tag());
        if (found && compare_values(*found, value) == 0) return key;
    }
    return std::nullopt;
}

std::size_t TableData::size() const {
    const port::Lock lock(m_mutex);
    return m_order.size();
}

std::vector<RowKey> TableData::keys() {
    const port::Lock lock(m_mutex);
    return m_order;
}

RowPtr TableData::row(RowKey key) {
    const port::Lock lock(m_mutex);
    const auto found = m_rows.find(key);
    return found == m_rows.end() ? nullptr : found->second;
}

std::vector<ULONG> TableData::all_columns() {
    std::vector<ULONG> columns = m_columns;
    const auto add = [&columns](ULONG tag) {
        const bool known = std::any_of(columns.begin(), columns.end(), [&](ULONG column) {
            return PROP_ID(column) == PROP_ID(tag);
        });
        if (!known) columns.push_back(tag);
    };
    const port::Lock lock(m_mutex);
    for (const auto& [key, row] : m_rows) {
        for (const PropValue& value : row->values()) add(value.tag());
    }
    add(PR_INSTANCE_KEY);
    return columns;
}

PropValue TableData::index_of(RowKey key) {
    const RowPtr found = row(key);
    return found ? index_value(key, *found) : instance_key(key);
}

PropValue TableData::index_value(RowKey key, const PropertyBag& row) const {
    const PropValue* found = row.find(m_index_tag != 0 ? m_index_tag : PR_INSTANCE_KEY);
    return found ? *found : instance_key(key);
}

com::Ptr<IMAPITable> make_table(std::vector<ULONG> columns, std::vector<PropertyBag> rows,
                                ULONG flags) {
    auto data = std::make_shared<TableData>(std::move(columns));
    data->replace_all(std::move(rows));
    return data->open_view(flags);
}

}  // namespace remapi::object
