// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The view itself: columns, restriction, sort order, and the picture of rows that results.
#include "object/table/memory_table.h"

#include "abi/guard.h"
#include "object/props/tag_array.h"
#include "object/table/row_order.h"

namespace remapi::object {
namespace {

constexpr ULONG kTimingFlags = TBL_ASYNC | TBL_BATCH;

std::vector<SortKey> parse_order(const SSortOrderSet& set) {
    if (set.cCategories > 0) throw Error(MAPI_E_TOO_COMPLEX, "a sort order with categories");
    std::vector<SortKey> order;
    for (ULONG i = 0; i < set.cSorts; ++i) {
        const SSortOrder& key = set.aSort[i];
        const ULONG type = PROP_TYPE(key.ulPropTag);
        const bool simple = key.ulOrder == TABLE_SORT_ASCEND || key.ulOrder == TABLE_SORT_DESCEND;
        if (!simple || (type & MV_INSTANCE) != 0 || type == PT_OBJECT || !representation_of(type)) {
            throw Error(MAPI_E_TOO_COMPLEX, "a sort key that cannot be sorted by");
        }
        order.push_back({stored_tag(key.ulPropTag), key.ulOrder == TABLE_SORT_DESCEND});
    }
    return order;
}

}  // namespace

MemoryTable::MemoryTable(std::shared_ptr<TableSource> source, ULONG flags, IUnknown* owner)
    : m_source(std::move(source)),
      m_owner(com::Ptr<IUnknown>::share(owner)),
      m_flags(flags),
      m_columns(m_source->default_columns()) {
    for (ULONG& column : m_columns) column = tag_in_width(column, flags);
    m_source->m_views.join(this);
}

MemoryTable::~MemoryTable() {
    m_source->m_views.leave(this);
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
    *status = TBLSTAT_COMPLETE;
    *type = TBLTYPE_DYNAMIC;
    return S_OK;
}

/// Page: mapi/imapitable-setcolumns.md
HRESULT MemoryTable::SetColumns(SPropTagArray* columns, ULONG flags) noexcept {
    return abi::guard("IMAPITable::SetColumns", [&]() -> HRESULT {
        if (!columns || columns->cValues == 0) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const std::span<const ULONG> tags = view_tags(columns);
        std::vector<ULONG> wanted(tags.begin(), tags.end());
        const port::Lock lock(m_mutex);
        m_columns = std::move(wanted);
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
            for (ULONG& tag : tags) tag = tag_in_width(tag, m_flags);
        } else {
            const port::Lock lock(m_mutex);
            tags = m_columns;
        }
        *columns = pack_tags(tags).release();
        return S_OK;
    });
}

/// Page: mapi/imapitable-restrict.md
HRESULT MemoryTable::Restrict(SRestriction* restriction, ULONG flags) noexcept {
    return abi::guard("IMAPITable::Restrict", [&]() -> HRESULT {
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        SharedRestriction ours;
        if (restriction) ours = std::make_shared<const Restriction>(from_abi(*restriction));
        start_over(std::move(ours), picture().order, (flags & TBL_BATCH) != 0);
        return S_OK;
    });
}

/// Page: mapi/imapitable-sorttable.md
HRESULT MemoryTable::SortTable(SSortOrderSet* order, ULONG flags) noexcept {
    return abi::guard("IMAPITable::SortTable", [&]() -> HRESULT {
        if (!order) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~kTimingFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
        start_over(picture().restriction, parse_order(*order), (flags & TBL_BATCH) != 0);
        return S_OK;
    });
}

/// Page: mapi/imapitable-querysortorder.md
HRESULT MemoryTable::QuerySortOrder(SSortOrderSet** order) noexcept {
    return abi::guard("IMAPITable::QuerySortOrder", [&]() -> HRESULT {
        if (!order) return MAPI_E_INVALID_PARAMETER;
        *order = nullptr;
        const std::vector<SortKey> keys = picture().order;
        auto block = Buffer<SSortOrderSet>::allocate_bytes(offsetof(SSortOrderSet, aSort) +
                                                           keys.size() * sizeof(SSortOrder));
        block->cSorts = narrow_size(keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            block->aSort[i] = {tag_in_width(keys[i].tag, m_flags),
                               keys[i].descending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND};
        }
        *order = block.release();
        return S_OK;
    });
}

/// Nothing runs in the background, so there is nothing to stop. Page: mapi/imapitable-abort.md
HRESULT MemoryTable::Abort() noexcept {
    return S_OK;
}

/// Page: mapi/imapitable-waitforcompletion.md
HRESULT MemoryTable::WaitForCompletion(ULONG, ULONG, ULONG* status) noexcept {
    if (status) *status = TBLSTAT_COMPLETE;
    return S_OK;
}

HRESULT MemoryTable::ExpandRow(ULONG, BYTE*, ULONG, ULONG, SRowSet** rows, ULONG* more) noexcept {
    if (rows) *rows = nullptr;
    if (more) *more = 0;
    return MAPI_E_NO_SUPPORT;
}

HRESULT MemoryTable::CollapseRow(ULONG, BYTE*, ULONG, ULONG* count) noexcept {
    if (count) *count = 0;
    return MAPI_E_NO_SUPPORT;
}

HRESULT MemoryTable::GetCollapseState(ULONG, ULONG, BYTE*, ULONG* size, BYTE** state) noexcept {
    if (size) *size = 0;
    if (state) *state = nullptr;
    return MAPI_E_NO_SUPPORT;
}

HRESULT MemoryTable::SetCollapseState(ULONG, ULONG, BYTE*, BOOKMARK* bookmark) noexcept {
    if (bookmark) *bookmark = BOOKMARK_BEGINNING;
    return MAPI_E_NO_SUPPORT;
}

MemoryTable::Picture MemoryTable::picture() {
    const port::Lock lock(m_mutex);
    return {m_keys, m_order, m_restriction, m_generation, m_loaded};
}

std::uint64_t MemoryTable::generation() {
    const port::Lock lock(m_mutex);
    return m_generation;
}

void MemoryTable::ensure_loaded() {
    for (;;) {
        SharedRestriction restriction;
        std::vector<SortKey> order;
        std::uint64_t seen = 0;
        {
            const port::Lock lock(m_mutex);
            if (m_loaded) return;
            restriction = m_restriction;
            order = m_order;
            seen = m_generation;
        }
        Keys keys = select_rows(*m_source, restriction.get(), order);
        const port::Lock lock(m_mutex);
        if (m_generation != seen) continue;  // changed while the source was asked
        m_keys = std::move(keys);
        m_loaded = true;
        return;
    }
}

void MemoryTable::start_over(SharedRestriction restriction, std::vector<SortKey> order,
                             bool later) {
    // What the rows cannot be filtered or sorted by fails here, and the view stays as it was.
    const std::uint64_t before = generation();
    Keys keys;
    if (!later) keys = select_rows(*m_source, restriction.get(), order);
    const port::Lock lock(m_mutex);
    m_restriction = std::move(restriction);
    m_order = std::move(order);
    m_keys = std::move(keys);
    m_bookmarks.reset();
    m_loaded = !later && m_generation == before;
    ++m_generation;
}

}  // namespace remapi::object
