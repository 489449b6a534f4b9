// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Expanding and collapsing categories.
#include <algorithm>

#include "abi/guard.h"
#include "object/table/memory_table.h"

namespace remapi::object {

/// Page: mapi/imapitable-expandrow.md
HRESULT MemoryTable::ExpandRow(ULONG key_size, BYTE* key, ULONG row_count, ULONG flags,
                               SRowSet** out, ULONG* more) noexcept {
    return abi::guard("IMAPITable::ExpandRow", [&]() -> HRESULT {
        if (out) *out = nullptr;
        if (more) *more = 0;
        if (!key || key_size == 0 || (row_count > 0 && !out)) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        Reading reading;
        std::size_t added = 0;
        {
            const port::Lock lock(m_mutex);
            const ViewRows::Id heading = rows().heading_of(view_bytes(key, key_size));
            if (heading == OrderTree::kNone) return MAPI_E_NOT_FOUND;
            added = rows().expand(heading);
            const std::size_t first = rows().position_of_heading(heading) + 1;
            const std::size_t last = first + std::min<std::size_t>(row_count, added);
            reading = take(first, last);
            rows().bookmarks().set_position(last);
            ++m_generation;
        }
        if (out) *out = write(reading);
        if (more) *more = narrow_size(added);
        return S_OK;
    });
}

/// Page: mapi/imapitable-collapserow.md
HRESULT MemoryTable::CollapseRow(ULONG key_size, BYTE* key, ULONG flags, ULONG* count) noexcept {
    return abi::guard("IMAPITable::CollapseRow", [&]() -> HRESULT {
        if (count) *count = 0;
        if (!key || key_size == 0) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        const ViewRows::Id heading = rows().heading_of(view_bytes(key, key_size));
        if (heading == OrderTree::kNone) return MAPI_E_NOT_FOUND;
        const std::size_t hidden = rows().collapse(heading);
        ++m_generation;
        if (count) *count = narrow_size(hidden);
        return S_OK;
    });
}

/// Page: mapi/imapitable-getcollapsestate.md
HRESULT MemoryTable::GetCollapseState(ULONG flags, ULONG key_size, BYTE* key, ULONG* size,
                                      BYTE** out) noexcept {
    return abi::guard("IMAPITable::GetCollapseState", [&]() -> HRESULT {
        if (!size || !out) return MAPI_E_INVALID_PARAMETER;
        *size = 0;
        *out = nullptr;
        if (!key || key_size == 0) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        Bytes state;
        {
            const port::Lock lock(m_mutex);
            state = rows().collapse_state(view_bytes(key, key_size));
        }
        void* block = nullptr;
        check(m_routines.allocate(narrow_size(state.size()), &block), "MAPIAllocateBuffer");
        std::memcpy(block, state.data(), state.size());
        *size = narrow_size(state.size());
        *out = static_cast<BYTE*>(block);
        return S_OK;
    });
}

/// Page: mapi/imapitable-setcollapsestate.md
HRESULT MemoryTable::SetCollapseState(ULONG flags, ULONG size, BYTE* state,
                                      BOOKMARK* bookmark) noexcept {
    return abi::guard("IMAPITable::SetCollapseState", [&]() -> HRESULT {
        if (!bookmark) return MAPI_E_INVALID_PARAMETER;
        *bookmark = BOOKMARK_BEGINNING;
        if (!state || size == 0) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ensure_loaded();
        const port::Lock lock(m_mutex);
        const std::size_t position = rows().set_collapse_state(view_bytes(state, size));
        ++m_generation;
        *bookmark = rows().bookmarks().create_at(position);
        return S_OK;
    });
}

}  // namespace remapi::object
