// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/buffer.h"

namespace remapi::memory {

void free_row_set(SRowSet* rows) noexcept {
    if (!rows) return;
    const Routines& host = routines();
    for (ULONG i = 0; i < rows->cRows; ++i) host.free(rows->aRow[i].lpProps);
    host.free(rows);
}

void free_address_list(ADRLIST* list) noexcept {
    if (!list) return;
    const Routines& host = routines();
    for (ULONG i = 0; i < list->cEntries; ++i) host.free(list->aEntries[i].rgPropVals);
    host.free(list);
}

RowSet RowSet::allocate(std::size_t count) {
    RowSet result;
    const std::size_t bytes = offsetof(SRowSet, aRow) + array_bytes(count, sizeof(SRow));
    result.m_rows = Buffer<SRowSet>::allocate_bytes(bytes).release();
    result.m_rows->cRows = narrow_size(count);
    return result;
}

void RowSet::reset() noexcept {
    free_row_set(std::exchange(m_rows, nullptr));
}

}  // namespace remapi::memory
