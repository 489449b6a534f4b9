// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/object.h"
#include "object/notify/subscriptions.h"
#include "object/table/bookmarks.h"
#include "object/table/table_source.h"

namespace remapi::object {

/// A view on the rows of a TableSource: columns, sort order, restriction, position, bookmarks. Any
/// thread may call it; sources and sinks are called without its lock. Categories are not offered:
/// SortTable with categories answers MAPI_E_TOO_COMPLEX, the four methods for them
/// MAPI_E_NO_SUPPORT. Page: mapi/imapitableiunknown.md
class MemoryTable final : public com::Object<MemoryTable, IMAPITable> {
public:
    using Interfaces = com::Answers<IMAPITable>;

    /// Use TableSource::open_view.
    MemoryTable(std::shared_ptr<TableSource> source, ULONG flags, IUnknown* owner);

    STDMETHODIMP GetLastError(HRESULT hr, ULONG flags, MAPIERROR** error) noexcept override;
    STDMETHODIMP Advise(ULONG event_mask, IMAPIAdviseSink* sink,
                        ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override;
    STDMETHODIMP GetStatus(ULONG* status, ULONG* type) noexcept override;
    STDMETHODIMP SetColumns(SPropTagArray* columns, ULONG flags) noexcept override;
    STDMETHODIMP QueryColumns(ULONG flags, SPropTagArray** columns) noexcept override;
    STDMETHODIMP GetRowCount(ULONG flags, ULONG* count) noexcept override;
    STDMETHODIMP SeekRow(BOOKMARK origin, LONG rows, LONG* sought) noexcept override;
    STDMETHODIMP SeekRowApprox(ULONG numerator, ULONG denominator) noexcept override;
    STDMETHODIMP QueryPosition(ULONG* row, ULONG* numerator, ULONG* denominator) noexcept override;
    STDMETHODIMP FindRow(SRestriction* restriction, BOOKMARK origin, ULONG flags) noexcept override;
    STDMETHODIMP Restrict(SRestriction* restriction, ULONG flags) noexcept override;
    STDMETHODIMP CreateBookmark(BOOKMARK* bookmark) noexcept override;
    STDMETHODIMP FreeBookmark(BOOKMARK bookmark) noexcept override;
    STDMETHODIMP SortTable(SSortOrderSet* order, ULONG flags) noexcept override;
    STDMETHODIMP QuerySortOrder(SSortOrderSet** order) noexcept override;
    STDMETHODIMP QueryRows(LONG count, ULONG flags, SRowSet** rows) noexcept override;
    STDMETHODIMP Abort() noexcept override;
    STDMETHODIMP ExpandRow(ULONG key_size, BYTE* key, ULONG row_count, ULONG flags, SRowSet** rows,
                           ULONG* more) noexcept override;
    STDMETHODIMP CollapseRow(ULONG key_size, BYTE* key, ULONG flags,
                             ULONG* count) noexcept override;
    STDMETHODIMP WaitForCompletion(ULONG flags, ULONG timeout, ULONG* status) noexcept override;
    STDMETHODIMP GetCollapseState(ULONG flags, ULONG key_size, BYTE* key, ULONG* size,
                                  BYTE** state) noexcept override;
    STDMETHODIMP SetCollapseState(ULONG flags, ULONG size, BYTE* state,
                                  BOOKMARK* bookmark) noexcept override;

private:
    friend class com::Object<MemoryTable, IMAPITable>;
    friend class TableSource;
    ~MemoryTable();

    using Keys = std::vector<RowKey>;
    using SharedRestriction = std::shared_ptr<const Restriction>;
    /// What the view shows, at one moment. `generation` tells whether it is still so.
    struct Picture {
        Keys keys;
        std::vector<SortKey> order;
        SharedRestriction restriction;
        std::uint64_t generation = 0;
        bool loaded = false;
    };
    /// What became of a row.
    struct Change {
        ULONG event = 0;              ///< TABLE_ROW_...; 0: nothing that this view shows
        std::optional<RowKey> prior;  ///< the row before it
    };

    Picture picture();
    std::uint64_t generation();
    /// Selects the rows unless that is done already.
    void ensure_loaded();
    void start_over(SharedRestriction restriction, std::vector<SortKey> order, bool later);
    HRESULT find_row(const Restriction& restriction, BOOKMARK origin, bool backward);
    /// The next `count` rows (negative: the ones before) and the columns they are wanted in.
    Keys take_keys(LONG count, bool advance, std::vector<ULONG>& columns);
    /// The row as a client sees it.
    std::vector<PropValue> slots(RowKey key, const PropertyBag& row,
                                 std::span<const ULONG> columns) const;

    // Called by the source.
    void on_row_changed(ULONG event, RowKey key, const PropValue& index) noexcept;
    void on_reload() noexcept;
    /// Brings the rows up to date; nullopt when the view has changed meanwhile and it must be tried
    /// again.
    std::optional<Change> try_change(RowKey key, const RowPtr& row);
    /// The same for a view whose rows have not been selected yet.
    Change first_change(ULONG event, RowKey key);
    void notify(const Change& change, RowKey key, const RowPtr& row, const PropValue& index);

    const std::shared_ptr<TableSource> m_source;
    const com::Ptr<IUnknown> m_owner;
    const ULONG m_flags;
    Subscriptions m_subscriptions;

    port::Mutex m_mutex;  ///< guards all that follows
    std::vector<ULONG> m_columns;
    std::vector<SortKey> m_order;
    SharedRestriction m_restriction;
    Keys m_keys;
    Bookmarks m_bookmarks;
    bool m_loaded = false;  ///< m_keys are the rows; otherwise they are selected when needed
    std::uint64_t m_generation = 0;  ///< counts changes of the view
};

}  // namespace remapi::object
