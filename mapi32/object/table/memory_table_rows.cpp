// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Moving about in a view and reading from it.
#include <algorithm>
#include <limits>

#include "abi/guard.h"
#include "object/props/abi_value.h"
#include "object/table/memory_table.h"
#include "object/table/row_order.h"

namespace remapi::object {
namespace {

// The row `distance` away from `from`, kept between 0 and `count`.
std::size_t clamped(std::size_t from, std::int64_t distance, std::size_t count) noexcept {
    const auto start = static_cast<std::int64_t>(from);
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(start + distance, 0, static_cast<std::int64_t>(count)));
}

// The key that a restriction "PR_INSTANCE_KEY equals ..." asks for: such a search needs no row.
std::optional<RowKey> asked_key(const Restriction& restriction) {
    const bool by_key = restriction.kind == RES_PROPERTY && restriction.operation == RELOP_EQ &&
                        restriction.tag == PR_INSTANCE_KEY;
    return by_key ? row_key_of(restriction.value.bytes()) : std::nullopt;
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
        *count = narrow_size(m_keys.size());
        return S_OK;
    });
}

/// Page: mapi/imapitable-seekrow.md
HRESULT MemoryTable::SeekRow(BOOKMARK origin, LONG rows, LONG* sought) noexcept {
    return abi::guard("IMAPITable::SeekRow", [&]() -> HRESULT {
        if (sought) *sought = 0;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        std::size_t start = 0;
        const HRESULT hr = m_bookmarks.resolve(origin, m_keys.size(), start);
        if (FAILED(hr)) return hr;
        const std::size_t target = clamped(start, rows, m_keys.size());
        m_bookmarks.set_position(target);
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
        const std::uint64_t count = m_keys.size();
        const std::uint64_t row =
            numerator >= denominator ? count : count * numerator / denominator;
        m_bookmarks.set_position(static_cast<std::size_t>(row));
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
        m_bookmarks.resolve(BOOKMARK_CURRENT, m_keys.size(), position);
        *row = *numerator = narrow_size(position);
        *denominator = std::max<ULONG>(narrow_size(m_keys.size()), 1);
        return S_OK;
    });
}

/// Page: mapi/imapitable-createbookmark.md
HRESULT MemoryTable::CreateBookmark(BOOKMARK* bookmark) noexcept {
    return abi::guard("IMAPITable::CreateBookmark", [&]() -> HRESULT {
        if (!bookmark) return MAPI_E_INVALID_PARAMETER;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        *bookmark = m_bookmarks.create();
        return S_OK;
    });
}

/// Page: mapi/imapitable-freebookmark.md
HRESULT MemoryTable::FreeBookmark(BOOKMARK bookmark) noexcept {
    const port::Lock lock(m_mutex);
    return m_bookmarks.free(bookmark) ? S_OK : MAPI_E_INVALID_BOOKMARK;
}

/// Page: mapi/imapitable-findrow.md
HRESULT MemoryTable::FindRow(SRestriction* restriction, BOOKMARK origin, ULONG flags) noexcept {
    return abi::guard("IMAPITable::FindRow", [&]() -> HRESULT {
        if (!restriction) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~DIR_BACKWARD) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const Restriction ours = from_abi(*restriction);
        ensure_loaded();
        return find_row(ours, origin, (flags & DIR_BACKWARD) != 0);
    });
}

HRESULT MemoryTable::find_row(const Restriction& restriction, BOOKMARK origin, bool backward) {
    Keys candidates;
    HRESULT hr = S_OK;
    {
        const port::Lock lock(m_mutex);
        std::size_t start = 0;
        hr = m_bookmarks.resolve(origin, m_keys.size(), start);
        if (FAILED(hr)) return hr;
        const auto middle = m_keys.begin() + static_cast<std::ptrdiff_t>(start);
        // Backwards the search begins with the row before the bookmark.
        candidates = backward ? Keys(std::make_reverse_iterator(middle), m_keys.rend())
                              : Keys(middle, m_keys.end());
    }
    const std::optional<RowKey> asked = asked_key(restriction);
    const auto found = std::find_if(candidates.begin(), candidates.end(), [&](RowKey key) {
        if (asked && key == *asked) return true;
        return row_matches(*m_source, key, m_source->row(key), &restriction);
    });
    if (found == candidates.end()) return MAPI_E_NOT_FOUND;

    const port::Lock lock(m_mutex);
    const auto now = std::find(m_keys.begin(), m_keys.end(), *found);
    if (now == m_keys.end()) return MAPI_E_NOT_FOUND;  // deleted since
    m_bookmarks.set_position(static_cast<std::size_t>(now - m_keys.begin()));
    return hr;
}

/// Page: mapi/imapitable-queryrows.md
HRESULT MemoryTable::QueryRows(LONG count, ULONG flags, SRowSet** rows) noexcept {
    return abi::guard("IMAPITable::QueryRows", [&]() -> HRESULT {
        if (!rows) return MAPI_E_INVALID_PARAMETER;
        *rows = nullptr;
        if (count == 0) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~TBL_NOADVANCE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        std::vector<ULONG> columns;
        const Keys keys = take_keys(count, (flags & TBL_NOADVANCE) == 0, columns);
        std::vector<std::vector<PropValue>> found;
        found.reserve(keys.size());
        for (const RowKey key : keys) {
            // A row that is gone, though this view has not been told yet, is left out.
            if (const RowPtr row = m_source->row(key)) found.push_back(slots(key, *row, columns));
        }
        *rows = pack_rows(found).release();
        return S_OK;
    });
}

MemoryTable::Keys MemoryTable::take_keys(LONG count, bool advance, std::vector<ULONG>& columns) {
    const port::Lock lock(m_mutex);
    columns = m_columns;
    std::size_t position = 0;
    m_bookmarks.resolve(BOOKMARK_CURRENT, m_keys.size(), position);
    const std::size_t other = clamped(position, count, m_keys.size());
    const std::size_t first = std::min(position, other);
    const std::size_t last = std::max(position, other);
    m_bookmarks.set_position(advance ? last : first);
    return Keys(m_keys.begin() + static_cast<std::ptrdiff_t>(first),
                m_keys.begin() + static_cast<std::ptrdiff_t>(last));
}

std::vector<PropValue> MemoryTable::slots(RowKey key, const PropertyBag& row,
                                          std::span<const ULONG> columns) const {
    std::vector<PropValue> values = row.select(columns, m_flags);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if ((PROP_TYPE(columns[i]) & MV_INSTANCE) != 0) {
            // One row for each value of a multi-valued column is not offered.
            values[i] = PropValue::error(columns[i], MAPI_E_NO_SUPPORT);
        } else if (values[i].is_error() && PROP_ID(columns[i]) == PROP_ID(PR_INSTANCE_KEY)) {
            values[i] = instance_key(key);
        }
    }
    return values;
}

}  // namespace remapi::object
