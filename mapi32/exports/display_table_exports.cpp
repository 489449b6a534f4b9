// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Tables that describe dialogs.
#include "abi/guard.h"
#include "object/display/display_table.h"
#include "port/module.h"

namespace object = remapi::object;

/// Makes a display table from the description of one or more pages and their dialog resources.
/// @param allocate, more, free  for what the table hands out
/// @param module  holds the dialogs and strings; null is the program
/// @param pages   `page_count` of them. A page without a resource name has no dialog: its controls
///                have no place, and their labels are those in their structures
/// @param flags   MAPI_UNICODE: all strings are UTF-16
/// @param table   [out] a view on all rows
/// @param data    [out] the rows themselves; may be null
/// Errors: MAPI_E_INVALID_PARAMETER without an allocator, `table` or what a count says is there,
/// and for an unknown type of control; MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_FOUND for a dialog or a
/// control that is not in the resources (natively there are none); MAPI_E_CORRUPT_DATA for a broken
/// dialog. Page: mapi/builddisplaytable.md
extern "C" HRESULT WINAPI BuildDisplayTable(LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                            LPFREEBUFFER free, LPMALLOC, HINSTANCE module,
                                            UINT page_count, LPDTPAGE pages, ULONG flags,
                                            LPMAPITABLE* table, LPTABLEDATA* data) {
    return remapi::abi::guard("BuildDisplayTable", [&]() -> HRESULT {
        if (data) *data = nullptr;
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        if (!allocate || !more || !free) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        remapi::port::pin_own_module();  // the table may outlive the caller's reference to us
        auto made =
            object::make_display_table({{allocate, more, free}, module, page_count, pages, flags});
        remapi::com::Ptr<IMAPITable> view;
        remapi::check(made->HrGetView(nullptr, nullptr, 0, view.put()), "ITableData::HrGetView");
        *table = view.detach();
        if (data) *data = made.detach();
        return S_OK;
    });
}
