// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Moving about in a view and reading from it.
#include <algorithm>

#include "abi/guard.h"
#include "object/table/memory_table.h"
#include "object/table/row_writer.h"

namespace remapi::object {
namespace {

// The row `distance` away from `from`, kept between 0 and `count`.
std::size_t clamped(std::size_t from, std::int64_t distance, std::size_t count) noexcept {
    const auto start = static_cast<std::int64_t>(from);
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(start + distance, 0, static_cast<std::int64_t>(count)));
}

}  // namespace

/// Page: mapi/imapitable-getrowcount.md
HRESULT MemoryTable::GetRowCount(ULONG flags, ULONG* count) noexcept {
    return abi::guard("IMAPITable::GetRowCount", [&]() -> HRESULT {
        if (!count) return MAPI_E_INVALID_PARAMETER;
        *count = 0;
        if ((flags & ~TBL_NOWAIT) != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        *count = narrow_size(rows().count());
        return S_OK;
    });
}

/// Page: mapi/imapitable-seekrow.md
HRESULT MemoryTable::SeekRow(BOOKMARK origin, LONG distance, LONG* sought) noexcept {
    return abi::guard("IMAPITable::SeekRow", [&]() -> HRESULT {
        if (sought) *sought = 0;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        Bookmarks& bookmarks = rows().bookmarks();
        std::size_t start = 0;
        const HRESULT hr = bookmarks.resolve(origin, rows().count(), start);
        if (FAILED(hr)) return hr;
        const std::size_t target = clamped(start, distance, rows().count());
        bookmarks.set_position(target);
        if (sought) {
            *sought = static_cast<LONG>(static_cast<std::int64_t>(target) -
                                        static_cast<std::int64_t>(start));
        }
        return hr;
    });
}

/// Page: mapi/imapitable-seekrowapprox.md
HRESULT MemoryTable::SeekRowApprox(ULONG numerator, ULONG denominator) noexcept {
    return abi::guard("IMAPITable::SeekRowApprox", [&]() -> HRESULT {
        if (denominator == 0) return MAPI_E_INVALID_PARAMETER;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        const std::uint64_t count = rows().count();
        const std::uint64_t row =
            numerator >= denominator ? count : count * numerator / denominator;
        rows().bookmarks().set_position(static_cast<std::size_t>(row));
        return S_OK;
    });
}

/// Page: mapi/imapitable-queryposition.md
HRESULT MemoryTable::QueryPosition(ULONG* row, ULONG* numerator, ULONG* denominator) noexcept {
    return abi::guard("IMAPITable::QueryPosition", [&]() -> HRESULT {
        if (!row || !numerator || !denominator) return MAPI_E_INVALID_PARAMETER;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        std::size_t position = 0;
        rows().bookmarks().resolve(BOOKMARK_CURRENT, rows().count(), position);
        *row = *numerator = narrow_size(position);
        *denominator = std::max<ULONG>(narrow_size(rows().count()), 1);
        return S_OK;
    });
}

/// Page: mapi/imapitable-createbookmark.md
HRESULT MemoryTable::CreateBookmark(BOOKMARK* bookmark) noexcept {
    return abi::guard("IMAPITable::CreateBookmark", [&]() -> HRESULT {
        if (!bookmark) return MAPI_E_INVALID_PARAMETER;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        *bookmark = rows().bookmarks().create();
        return S_OK;
    });
}

/// Page: mapi/imapitable-freebookmark.md
HRESULT MemoryTable::FreeBookmark(BOOKMARK bookmark) noexcept {
    const port::Lock lock(m_mutex);
    return rows().bookmarks().free(bookmark) ? S_OK : MAPI_E_INVALID_BOOKMARK;
}

/// Page: mapi/imapitable-queryrows.md
HRESULT MemoryTable::QueryRows(LONG count, ULONG flags, SRowSet** out) noexcept {
    return abi::guard("IMAPITable::QueryRows", [&]() -> HRESULT {
        if (!out) return MAPI_E_INVALID_PARAMETER;
        *out = nullptr;
        if (count == 0) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~TBL_NOADVANCE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        Reading reading;
        {
            const port::Lock lock(m_mutex);
            std::size_t position = 0;
            Bookmarks& bookmarks = rows().bookmarks();
            bookmarks.resolve(BOOKMARK_CURRENT, rows().count(), position);
            const std::size_t other = clamped(position, count, rows().count());
            const std::size_t first = std::min(position, other);
            const std::size_t last = std::max(position, other);
            reading = take(first, last);
            bookmarks.set_position((flags & TBL_NOADVANCE) == 0 ? last : first);
        }
        *out = write(reading);
        return S_OK;
    });
}

std::vector<Cell> MemoryTable::leaf_cells() const {
    const std::size_t depth = rows().order().categories.size();
    if (depth == 0) return {};
    return {number_cell(PR_DEPTH, static_cast<std::int64_t>(depth)),
            number_cell(PR_ROW_TYPE, static_cast<std::int64_t>(TBL_LEAF_ROW))};
}

MemoryTable::Reading MemoryTable::take(std::size_t first, std::size_t last) const {
    return {rows().shown(first, last), m_columns, leaf_cells(), m_selected.whole};
}

SRowSet* MemoryTable::write(const Reading& reading) {
    RowWriter writer(m_routines, reading.columns, m_flags);
    const std::span<const Cell> leaf_cells = reading.leaf_cells;
    const std::span<const Cell> nothing;
    SRowSet* const set = writer.make_set(reading.rows.size());
    try {
        for (const ViewRows::Shown& shown : reading.rows) {
            const bool is_held = shown.is_heading || reading.whole;
            const CompactRowPtr asked = is_held ? nullptr : m_source->compact_row(shown.key);
            const CompactRow* const row = is_held ? shown.row.get() : asked.get();
            // A row that is gone, though this view has not been told yet, is left out.
            if (!row) continue;
            const InstanceKey made_up(shown.key);
            SRow& out = set->aRow[set->cRows];
            out.lpProps =
                writer.write({row, shown.is_heading ? nothing : leaf_cells, made_up.cell()});
            out.cValues = narrow_size(reading.columns.size());
            ++set->cRows;
        }
    } catch (...) {
        writer.free_rows(set);
        throw;
    }
    return set;
}

}  // namespace remapi::object
