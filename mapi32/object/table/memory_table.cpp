// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The view itself: what is wanted of the rows.
#include "object/table/memory_table.h"

#include <algorithm>

#include "abi/guard.h"
#include "memory/buffer.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

constexpr ULONG kTimingFlags = TBL_ASYNC | TBL_BATCH;

/// A block by the view's allocator, zeroed.
template <class T>
T* allocated(const memory::Routines& routines, std::size_t size) {
    void* block = nullptr;
    check(routines.allocate(narrow_size(std::max(size, sizeof(T))), &block), "MAPIAllocateBuffer");
    std::memset(block, 0, std::max(size, sizeof(T)));
    return static_cast<T*>(block);
}

}  // namespace

MemoryTable::MemoryTable(std::shared_ptr<TableSource> source, ViewOptions options)
    : m_source(std::move(source)),
      m_owner(com::Ptr<IUnknown>::share(options.owner)),
      m_flags(options.flags),
      m_keeps_widths(options.keeps_widths),
      m_on_release(std::move(options.on_release)),
      m_routines(m_source->allocators()),
      m_columns(m_source->default_columns()) {
    if (!m_keeps_widths) {
        for (ULONG& column : m_columns) column = tag_in_width(column, m_flags);
    }
    Wanted wanted;
    wanted.order = std::move(options.order);
    wanted.instance_tags = instance_tags_for(m_columns, wanted.order);
    m_wanted = std::make_shared<const Wanted>(std::move(wanted));
    m_source->m_views.join(this);
}

MemoryTable::~MemoryTable() {
    m_source->m_views.leave(this);
    if (!m_on_release) return;
    // The callback gets a pointer to this view; counting it then must not end it a second time.
    AddRef();
    m_on_release(this);
}

HRESULT MemoryTable::GetLastError(HRESULT, ULONG, MAPIERROR** error) noexcept {
    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = nullptr;
    return S_OK;
}

/// Page: mapi/imapitable-advise.md
HRESULT MemoryTable::Advise(ULONG event_mask, IMAPIAdviseSink* sink,
                            ULONG_PTR* connection) noexcept {
    return abi::guard("IMAPITable::Advise", [&]() -> HRESULT {
        if (!sink || !connection) return MAPI_E_INVALID_PARAMETER;
        *connection = 0;
        // From now on every change is measured against what the view shows at this moment.
        ensure_loaded();
        *connection = m_subscriptions.add(event_mask, sink);
        // A change that nobody wanted to hear about until now is in the rows before this call
        // returns: it was applied under the lock.
        const port::Lock lock(m_mutex);
        return S_OK;
    });
}

/// Page: mapi/imapitable-unadvise.md
HRESULT MemoryTable::Unadvise(ULONG_PTR connection) noexcept {
    return abi::guard("IMAPITable::Unadvise", [&]() -> HRESULT {
        return m_subscriptions.remove(static_cast<ULONG>(connection)) ? S_OK
                                                                      : MAPI_E_INVALID_PARAMETER;
    });
}

/// Page: mapi/imapitable-getstatus.md
HRESULT MemoryTable::GetStatus(ULONG* status, ULONG* type) noexcept {
    if (!status || !type) return MAPI_E_INVALID_PARAMETER;
    const port::Lock lock(m_mutex);
    *status = m_status;
    *type = m_source->table_type();
    return S_OK;
}

/// Page: mapi/imapitable-setcolumns.md
HRESULT MemoryTable::SetColumns(SPropTagArray* columns, ULONG flags) noexcept {
    return abi::guard("IMAPITable::SetColumns", [&]() -> HRESULT {
        if (!columns || columns->cValues == 0) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const std::span<const ULONG> tags = view_tags(columns);
        std::vector<ULONG> ours(tags.begin(), tags.end());
        Wanted wanted;
        bool other_rows = false;
        {
            const port::Lock lock(m_mutex);
            wanted = *m_wanted;
            wanted.instance_tags = instance_tags_for(ours, wanted.order);
            other_rows = wanted.instance_tags != m_wanted->instance_tags;
            if (!other_rows) m_columns.swap(ours);
        }
        if (other_rows) {
            start_over(std::move(wanted), (flags & TBL_BATCH) != 0, TBLSTAT_SETCOL_ERROR);
            const port::Lock lock(m_mutex);
            m_columns.swap(ours);
        }
        tell_done(flags, TABLE_SETCOL_DONE);
        return S_OK;
    });
}

/// Page: mapi/imapitable-querycolumns.md
HRESULT MemoryTable::QueryColumns(ULONG flags, SPropTagArray** columns) noexcept {
    return abi::guard("IMAPITable::QueryColumns", [&]() -> HRESULT {
        if (!columns) return MAPI_E_INVALID_PARAMETER;
        *columns = nullptr;
        if ((flags & ~TBL_ALL_COLUMNS) != 0) return MAPI_E_UNKNOWN_FLAGS;
        std::vector<ULONG> tags;
        if ((flags & TBL_ALL_COLUMNS) != 0) {
            tags = m_source->all_columns();
            if (!m_keeps_widths) {
                for (ULONG& tag : tags) tag = tag_in_width(tag, m_flags);
            }
        } else {
            const port::Lock lock(m_mutex);
            tags = m_columns;
        }
        auto* const answer = allocated<SPropTagArray>(
            m_routines, offsetof(SPropTagArray, aulPropTag) + tags.size() * sizeof(ULONG));
        answer->cValues = narrow_size(tags.size());
        std::copy(tags.begin(), tags.end(), static_cast<ULONG*>(answer->aulPropTag));
        *columns = answer;
        return S_OK;
    });
}

/// Page: mapi/imapitable-restrict.md
HRESULT MemoryTable::Restrict(SRestriction* restriction, ULONG flags) noexcept {
    return abi::guard("IMAPITable::Restrict", [&]() -> HRESULT {
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        Wanted wanted;
        {
            const port::Lock lock(m_mutex);
            wanted = *m_wanted;
        }
        wanted.restriction = nullptr;
        wanted.matcher = nullptr;
        if (restriction) {
            wanted.restriction = std::make_shared<const Restriction>(from_abi(*restriction));
            wanted.matcher = std::make_shared<const Matcher>(wanted.restriction);
        }
        start_over(std::move(wanted), (flags & TBL_BATCH) != 0, TBLSTAT_RESTRICT_ERROR);
        tell_done(flags, TABLE_RESTRICT_DONE);
        return S_OK;
    });
}

/// Page: mapi/imapitable-sorttable.md
HRESULT MemoryTable::SortTable(SSortOrderSet* order, ULONG flags) noexcept {
    return abi::guard("IMAPITable::SortTable", [&]() -> HRESULT {
        if (!order) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        Wanted wanted;
        bool sorted = false;
        {
            const port::Lock lock(m_mutex);
            wanted = *m_wanted;
            wanted.order = parse_order(*order);
            wanted.instance_tags = instance_tags_for(m_columns, wanted.order);
            const bool same_rows =
                m_loaded && m_selected.whole && wanted.instance_tags == m_wanted->instance_tags;
            if (same_rows && rows().can_sort(wanted.order)) {
                rows().sort(wanted.order);
                m_wanted = std::make_shared<const Wanted>(wanted);
                ++m_generation;
                ++m_epoch;
                sorted = true;
            }
        }
        if (!sorted) start_over(std::move(wanted), (flags & TBL_BATCH) != 0, TBLSTAT_SORT_ERROR);
        tell_done(flags, TABLE_SORT_DONE);
        return S_OK;
    });
}

/// Page: mapi/imapitable-querysortorder.md
HRESULT MemoryTable::QuerySortOrder(SSortOrderSet** order) noexcept {
    return abi::guard("IMAPITable::QuerySortOrder", [&]() -> HRESULT {
        if (!order) return MAPI_E_INVALID_PARAMETER;
        *order = nullptr;
        const port::Lock lock(m_mutex);
        const ViewOrder& ours = m_wanted->order;
        auto* const answer = allocated<SSortOrderSet>(
            m_routines, offsetof(SSortOrderSet, aSort) + ours.given.size() * sizeof(SSortOrder));
        answer->cSorts = narrow_size(ours.given.size());
        answer->cCategories = ours.given_categories;
        answer->cExpanded = ours.given_expanded;
        std::copy(ours.given.begin(), ours.given.end(), static_cast<SSortOrder*>(answer->aSort));
        *order = answer;
        return S_OK;
    });
}

/// What was begun has been completed already. Page: mapi/imapitable-abort.md
HRESULT MemoryTable::Abort() noexcept {
    return MAPI_E_UNABLE_TO_ABORT;
}

/// Page: mapi/imapitable-waitforcompletion.md
HRESULT MemoryTable::WaitForCompletion(ULONG flags, ULONG, ULONG* status) noexcept {
    return abi::guard("IMAPITable::WaitForCompletion", [&]() -> HRESULT {
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();  // what was put off is done now
        const port::Lock lock(m_mutex);
        if (status) *status = m_status;
        return S_OK;
    });
}

}  // namespace remapi::object
