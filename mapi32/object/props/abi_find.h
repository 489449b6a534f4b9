// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One property of an array or of an object.
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// The first of `count` values that has `tag`, by its identifier alone when its type is
/// PT_UNSPECIFIED; null if there is none. Pages: mapi/ppropfindprop.md, mapi/lpvalfindprop.md
SPropValue* find_prop(SPropValue* values, ULONG count, ULONG tag) noexcept;

/// Whether `object` lists a property of that tag, or of its identifier when the type is
/// PT_UNSPECIFIED; false also when it cannot say. Page: mapi/fpropexists.md
bool has_prop(IMAPIProp* object, ULONG tag);

/// Reads one property into a block of its own.
/// Errors: MAPI_E_INVALID_PARAMETER; those of GetProps, and the property's own error code
/// (MAPI_E_NOT_FOUND as a rule); never a warning. Page: mapi/hrgetoneprop.md
HRESULT get_one_prop(IMAPIProp* object, ULONG tag, SPropValue** value);

/// Sets one property. Errors: MAPI_E_INVALID_PARAMETER; those of SetProps, and the property's own
/// problem; never a warning. Page: mapi/hrsetoneprop.md
HRESULT set_one_prop(IMAPIProp* object, SPropValue* value);

}  // namespace remapi::object
