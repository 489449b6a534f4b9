// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <map>

#include "object/table/table_source.h"
#include "port/mutex.h"

namespace remapi::object {

/// Rows in memory. Changes are told to all views before the call returns. Any thread may call it.
///
///   auto data = std::make_shared<TableData>(std::vector<ULONG>{PR_ENTRYID, PR_DISPLAY_NAME_W});
///   data->add({{PR_ENTRYID, id}, {PR_DISPLAY_NAME_W, name}});
///   *out = data->open_view(flags).detach();
class TableData final : public TableSource {
public:
    /// @param columns    what a new view shows
    /// @param index_tag  the column that names a row to clients and in notifications; its values
    /// are
    ///                   unique. 0: PR_INSTANCE_KEY, made up
    explicit TableData(std::vector<ULONG> columns, ULONG index_tag = 0);

    /// Adds a row at the end.
    RowKey add(PropertyBag row);
    /// Adds a row before row number `position`, or at the end.
    RowKey insert(std::size_t position, PropertyBag row);
    /// False when there is no such row.
    bool modify(RowKey key, PropertyBag row);
    bool remove(RowKey key);
    /// All rows at once; views tell one TABLE_RELOAD.
    void replace_all(std::vector<PropertyBag> rows);
    /// The row with this value in the index column, or in any other.
    std::optional<RowKey> find(const PropValue& value) const;
    std::size_t size() const;

    std::vector<RowKey> keys() override;
    RowPtr row(RowKey key) override;
    std::vector<ULONG> default_columns() const override { return m_columns; }
    std::vector<ULONG> all_columns() override;
    PropValue index_of(RowKey key) override;

private:
    PropValue index_value(RowKey key, const PropertyBag& row) const;

    const std::vector<ULONG> m_columns;
    const ULONG m_index_tag;
    mutable port::Mutex m_mutex;
    std::vector<RowKey> m_order;
    std::map<RowKey, RowPtr> m_rows;
    RowKey m_last = 0;
};

/// A table over rows that never change: a snapshot.
com::Ptr<IMAPITable> make_table(std::vector<ULONG> columns, std::vector<PropertyBag> rows,
                                ULONG flags);

}  // namespace remapi::object
