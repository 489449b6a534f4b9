// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The rows of a display table, from what a provider says about its dialog and what the dialog's
// resource says. Pages: mapi/builddisplaytable.md, mapi/display-tables.md, mapi/dtpage.md,
// mapi/dtctl.md
#pragma once

#include <vector>

#include "object/props/property_bag.h"

namespace remapi::object {

/// The columns of a display table; PR_ROWID counts its rows and names them.
std::vector<ULONG> display_columns();

/// A row for each control of each page, in their order.
/// Positions, sizes and labels come from the page's dialog resource in `module`; a page without a
/// resource name has none, and labels then come from the control structures themselves.
/// @param flags  MAPI_UNICODE: the strings in `pages` and in the rows' structures are UTF-16
/// Throws Error(MAPI_E_INVALID_PARAMETER) for an unknown type of control and for null where data
/// must be, Error(MAPI_E_NOT_FOUND) for a dialog or a control that is not there,
/// Error(MAPI_E_CORRUPT_DATA) for a resource that is no dialog.
std::vector<PropertyBag> display_rows(HINSTANCE module, UINT page_count, const DTPAGE* pages,
                                      ULONG flags);

}  // namespace remapi::object
