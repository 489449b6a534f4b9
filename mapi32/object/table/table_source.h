// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <memory>

#include "com/children.h"
#include "memory/allocator.h"
#include "object/restriction/restriction.h"
#include "object/table/view_order.h"

namespace remapi::object {

class MemoryTable;

/// Names a row for as long as its table lives; its eight bytes are the row's PR_INSTANCE_KEY.
using RowKey = std::uint64_t;
/// A row as it was at one moment; shared by all who look at it.
using RowPtr = std::shared_ptr<const PropertyBag>;

/// A row as the engine keeps it.
struct StoredRow {
    RowKey key;
    CompactRowPtr row;
};

/// What happened to a row of a source.
struct RowChange {
    ULONG event;  ///< TABLE_ROW_ADDED, TABLE_ROW_MODIFIED, TABLE_ROW_DELETED
    RowKey key;
    PropValue index;  ///< what names it in notifications
};

/// Where the rows of a table come from. A provider implements the four questions and tells of
/// changes; any number of IMAPITable views stand on it. Held by std::shared_ptr: make it with
/// std::make_shared. Every call may come from any thread; no lock of a view is held while a source
/// is asked.
class TableSource : public std::enable_shared_from_this<TableSource> {
public:
    virtual ~TableSource() = default;

    /// The keys of all rows in the table's own order.
    virtual std::vector<RowKey> keys() = 0;
    /// One row, null when it is gone. Asked only for rows that somebody looks at, sorts or filters.
    virtual RowPtr row(RowKey key) = 0;
    /// The columns a new view has.
    virtual std::vector<ULONG> default_columns() const = 0;
    /// Every column there can be. Default: the columns of a new view.
    virtual std::vector<ULONG> all_columns() { return default_columns(); }
    /// The keys of the rows that satisfy `restriction` (null: all), in `order` (empty: the table's
    /// own), if the source can do that better than by asking for every row. Default: nullopt, it
    /// cannot.
    virtual std::optional<std::vector<RowKey>> select(const Restriction* restriction,
                                                      std::span<const SortKey> order);
    /// All rows in the table's own order, when they lie in memory anyway: views then keep them
    /// rather than ask for them. Default: nullopt.
    virtual std::optional<std::vector<StoredRow>> stored_rows();
    /// One row as the engine keeps it, null when it is gone. Default: made from `row`.
    virtual CompactRowPtr compact_row(RowKey key);
    /// The row before `key` in the table's own order, nullopt for the first one. Default: looks for
    /// it among keys().
    virtual std::optional<RowKey> row_before(RowKey key);
    /// The row that `index` names (index_of), if that is known without looking at all rows.
    /// Default: PR_INSTANCE_KEY as instance_key() makes it.
    virtual std::optional<RowKey> find_index(const PropValue& index);
    /// Answers sub-restrictions about the row `key`. Default: throws Error(MAPI_E_TOO_COMPLEX).
    virtual bool match_subobject(RowKey key, ULONG object_tag, const Restriction& restriction);
    /// What notifications name a row by. Default: PR_INSTANCE_KEY, the key's eight bytes.
    virtual PropValue index_of(RowKey key);

    /// What GetStatus says of the table. Default: TBLTYPE_DYNAMIC.
    virtual ULONG table_type() const { return TBLTYPE_DYNAMIC; }
    /// What views allocate with. Default: memory::routines().
    virtual memory::Routines allocators() const { return memory::routines(); }

    /// A new view on the rows. `flags`: MAPI_UNICODE makes string columns wide.
    /// @param owner  kept alive by the view; may be null
    com::Ptr<IMAPITable> open_view(ULONG flags, IUnknown* owner = nullptr);

    // Changes, told after they happened and without a lock held. Every view finds out what they
    // mean for it and notifies its sinks before the call returns.
    void row_added(RowKey key);
    void row_modified(RowKey key);
    void row_deleted(RowKey key);
    /// The same when the source no longer knows the row's index value.
    void row_deleted(RowKey key, const PropValue& index);
    /// Several rows at once: over kManyChanges of them views tell as one TABLE_CHANGED. Page:
    /// mapi/itabledata-hrmodifyrows.md
    void rows_changed(std::span<const RowChange> changes);
    static constexpr std::size_t kManyChanges = 8;
    /// Everything may be different: views start over and tell TABLE_RELOAD.
    void reload();

private:
    friend class MemoryTable;
    com::Children<MemoryTable> m_views;
};

/// PR_INSTANCE_KEY for `key`: its eight bytes, little-endian.
PropValue instance_key(RowKey key);
/// The same as a cell, for a row that may have none.
class InstanceKey {
public:
    explicit InstanceKey(RowKey key) noexcept {
        for (std::size_t i = 0; i < sizeof m_bytes; ++i) {
            m_bytes[i] = static_cast<std::uint8_t>(key >> 8 * i);
        }
        m_cell = binary_cell(PR_INSTANCE_KEY, m_bytes);
    }
    InstanceKey(const InstanceKey&) = delete;
    InstanceKey& operator=(const InstanceKey&) = delete;
    const Cell* cell() const noexcept { return &m_cell; }

private:
    std::uint8_t m_bytes[sizeof(RowKey)];
    Cell m_cell;
};
/// The key of such a value; nullopt when it is none.
std::optional<RowKey> row_key_of(BytesView instance_key) noexcept;

}  // namespace remapi::object
