// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// May change the tags of the columns a table has; adding one does nothing.
using ColumnFilter = void(SPropTagArray* columns);

/// Puts `added` before the columns that `table` has; a column that it has already, by its property
/// identifier, moves there.
/// @param allocate, deallocate  the caller's MAPIAllocateBuffer and MAPIFreeBuffer
/// @param filter                null, or called with the columns the table has
/// Errors: MAPI_E_INVALID_PARAMETER; those of the table and of `allocate`.
/// Page: mapi/hraddcolumnsex.md
HRESULT add_columns(IMAPITable* table, SPropTagArray* added, ALLOCATEBUFFER* allocate,
                    FREEBUFFER* deallocate, ColumnFilter* filter);

}  // namespace remapi::object
