// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/object.h"
#include "object/notify/subscriptions.h"
#include "object/restriction/matcher.h"
#include "object/table/view_rows.h"

namespace remapi::object {

/// How a view begins, and what it does at its end.
struct ViewOptions {
    ULONG flags = 0;            ///< MAPI_UNICODE: string columns are wide
    IUnknown* owner = nullptr;  ///< kept alive by the view; may be null
    bool keeps_widths = false;  ///< string columns as the source has them, whatever `flags`
    ViewOrder order = {};
    /// Called with the view when its last reference is gone.
    std::function<void(IMAPITable* view)> on_release = nullptr;
};

/// A view on the rows of a TableSource. Any thread may call it; sources and sinks are called
/// without its lock. TBL_ASYNC is allowed to complete at once (page:
/// mapi/about-asynchronous-table-operations.md) and does: what says so is a notification.
/// Page: mapi/imapitableiunknown.md
class MemoryTable final : public com::Object<MemoryTable, IMAPITable> {
public:
    using Interfaces = com::Answers<IMAPITable>;

    MemoryTable(std::shared_ptr<TableSource> source, ViewOptions options);

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

    /// What a view shows.
    struct Wanted {
        std::shared_ptr<const Restriction> restriction;
        std::shared_ptr<const Matcher> matcher;  ///< of `restriction`; null: all rows
        ViewOrder order;
        std::vector<ULONG> instance_tags;  ///< properties with a row for each value
    };
    /// The rows that are wanted, and how much of them is held.
    struct Selection {
        ViewRows rows;
        bool whole = false;   ///< all cells, not only those that are sorted by
        bool stored = false;  ///< the source's own rows
    };
    /// The part of a view that one call reads.
    struct Reading {
        std::vector<ViewRows::Shown> rows;
        std::vector<ULONG> columns;
        std::vector<Cell> leaf_cells;  ///< what every leaf of a categorized view has
        bool whole = false;
    };
    struct Notice {
        ViewRows::Event event;
        PropValue index;
    };
    using Position = std::optional<std::size_t>;
    using SharedWanted = std::shared_ptr<const Wanted>;
    /// The view that a change is applied to.
    struct Applied {
        SharedWanted wanted;
        std::uint64_t epoch = 0;
        bool has_place = false;  ///< what says where a row belongs is in the view
    };

    // Selecting rows.
    void ensure_loaded();
    void start_over(Wanted wanted, bool later, ULONG status_on_failure);
    Selection select(const Wanted& wanted);
    std::vector<StoredRow> select_asked(const Wanted& wanted);
    CompactRowPtr held_part(const CompactRowPtr& row, const Wanted& wanted) const;
    bool row_matches(RowKey key, const CompactRowPtr& row, const Matcher* matcher);
    std::vector<ULONG> instance_tags_for(std::span<const ULONG> columns,
                                         const ViewOrder& order) const;
    void tell_done(ULONG flags, ULONG table_event);

    // Reading. Those marked const want the lock held.
    Reading take(std::size_t first, std::size_t last) const;
    SRowSet* write(const Reading& reading);
    HRESULT find_row(const std::shared_ptr<const Restriction>& restriction, BOOKMARK origin,
                     bool backward);
    Position find_held(const Matcher& matcher, std::size_t first, std::size_t last,
                       bool backward) const;
    Position find_asking(const Matcher& matcher, std::size_t first, std::size_t last,
                         bool backward);
    bool shown_matches(const Matcher& matcher, const ViewRows::Shown& shown, const CompactRow& row,
                       std::span<const Cell> leaf_cells) const;
    std::vector<Cell> leaf_cells() const;

    // Called by the source.
    void on_rows_changed(std::span<const RowChange> changes) noexcept;
    void on_reload() noexcept;
    void on_row_changed(const RowChange& change, std::vector<Notice>& notices);
    bool apply(const RowChange& change, const Applied& to, std::vector<Notice>& notices);
    void apply_unloaded(const RowChange& change, std::vector<Notice>& notices);
    void apply_reselected(const RowChange& change, std::vector<Notice>& notices);
    std::optional<RowKey> shown_before(RowKey key);
    void tell(std::span<const Notice> notices);
    void tell(const Notice& notice, const Reading& reading);
    void tell_plain(ULONG table_event, HRESULT hr);
    PropValue index_of(const ViewRows::Name& name);

    const std::shared_ptr<TableSource> m_source;
    const com::Ptr<IUnknown> m_owner;
    const ULONG m_flags;
    const bool m_keeps_widths;
    const std::function<void(IMAPITable* view)> m_on_release;
    const memory::Routines m_routines;
    Subscriptions m_subscriptions;

    mutable port::Mutex m_mutex;  ///< guards all that follows
    std::vector<ULONG> m_columns;
    SharedWanted m_wanted;  ///< replaced, never changed
    Selection m_selected;
    ViewRows& rows() noexcept { return m_selected.rows; }
    const ViewRows& rows() const noexcept { return m_selected.rows; }
    bool m_loaded = false;  ///< m_selected are the rows; otherwise they are selected when needed
    std::uint64_t m_generation = 0;  ///< counts changes of rows and of what is wanted
    std::uint64_t m_epoch = 0;       ///< counts only the latter
    ULONG m_status = TBLSTAT_COMPLETE;
    ULONG m_status_on_failure = TBLSTAT_RESTRICT_ERROR;
};

}  // namespace remapi::object
