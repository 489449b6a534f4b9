// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/key_map.h"
#include "object/table/order_tree.h"
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
    /// What CreateTable's tables have that others have not.
    struct Options {
        /// The columns of every row become columns of new views.
        bool columns_grow = false;
        ULONG table_type = TBLTYPE_DYNAMIC;
        std::optional<memory::Routines> allocators = {};
    };

    /// @param columns    what a new view shows
    /// @param index_tag  the column that names a row to clients and in notifications; its values
    /// are
    ///                   unique. 0: PR_INSTANCE_KEY, made up
    explicit TableData(std::vector<ULONG> columns, ULONG index_tag = 0);
    TableData(std::vector<ULONG> columns, ULONG index_tag, Options options);

    /// Adds a row at the end.
    RowKey add(const PropertyBag& row);
    /// Adds a row before row number `position`, or at the end.
    RowKey insert(std::size_t position, const PropertyBag& row);
    /// False when there is no such row.
    bool modify(RowKey key, const PropertyBag& row);
    bool remove(RowKey key);
    /// All rows at once; views tell one TABLE_RELOAD.
    void replace_all(const std::vector<PropertyBag>& rows);
    /// The row with this value in the index column, or in any other.
    std::optional<RowKey> find(const PropValue& value) const;
    std::size_t size() const;

    // Rows by their index column. Their rows must have it.
    /// Replaces the rows with these index values, adds the others at the end.
    void put(std::span<const CompactRowPtr> rows);
    /// Adds a row before row number `position` (size(): at the end). False when there is one with
    /// its index value, or no such position.
    bool insert_new(std::size_t position, CompactRowPtr row);
    /// Removes the rows with these values in the index column; answers how many there were.
    std::size_t remove(std::span<const Cell> index_values);
    void remove_all();
    /// The row with this value in the index column.
    std::optional<RowKey> find_row(const Cell& index_value) const;
    /// Row number `position`, null when there is none.
    CompactRowPtr row_at(std::size_t position) const;
    std::optional<std::size_t> position_of(RowKey key) const;

    std::vector<RowKey> keys() override;
    RowPtr row(RowKey key) override;
    std::vector<ULONG> default_columns() const override;
    std::vector<ULONG> all_columns() override;
    PropValue index_of(RowKey key) override;
    std::optional<std::vector<StoredRow>> stored_rows() override;
    CompactRowPtr compact_row(RowKey key) override;
    std::optional<RowKey> row_before(RowKey key) override;
    std::optional<RowKey> find_index(const PropValue& index) override;
    ULONG table_type() const override { return m_options.table_type; }
    memory::Routines allocators() const override;

private:
    using Id = OrderTree::Id;
    /// A place for a row. Its generation tells the rows apart that it has held.
    struct Slot {
        CompactRowPtr row;
        std::uint32_t generation = 0;
    };

    // All of these want the lock held.
    Id slot_of(RowKey key) const noexcept;
    RowKey key_of(Id slot) const noexcept;
    Id find_slot(const Cell& index_value) const;
    Id enter(std::size_t position, CompactRowPtr row);
    void exchange(Id slot, CompactRowPtr row);
    void leave(Id slot);
    void note_columns(const CompactRow& row);
    PropValue index_value(Id slot) const;

    const ULONG m_index_tag;
    const Options m_options;
    const std::size_t m_own_columns;  ///< of m_columns, what a new view shows unless they grow
    mutable port::Mutex m_mutex;
    std::vector<ULONG> m_columns;  ///< those of all rows there ever were behind the own ones
    std::vector<std::uint16_t> m_column_ids;  ///< in order
    std::vector<Slot> m_slots = std::vector<Slot>(1);
    std::vector<Id> m_free;
    OrderTree m_order;
    KeyMap m_by_index;
};

/// A table over rows that never change: a snapshot.
com::Ptr<IMAPITable> make_table(std::vector<ULONG> columns, std::vector<PropertyBag> rows,
                                ULONG flags);

}  // namespace remapi::object
