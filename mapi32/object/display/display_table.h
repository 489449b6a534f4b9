// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/table_object.h"

namespace remapi::object {

/// What BuildDisplayTable is told.
struct DisplayRequest {
    memory::Routines allocators;
    HINSTANCE module;
    UINT page_count;
    const DTPAGE* pages;
    ULONG flags;
};

/// A display table as a table data object: one row for each control, named by PR_ROWID.
/// Throws Error as display_rows, and MAPI_E_INVALID_PARAMETER without the three allocators.
com::Ptr<ITableData> make_display_table(const DisplayRequest& request);

}  // namespace remapi::object
