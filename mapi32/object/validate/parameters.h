// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whether the arguments of a MAPI method are what they should be, for providers that were compiled
// with the macros of mapival.h. Every pointer is probed, none is trusted.
// Pages: mapi/validateparms.md, mapi/ulvalidateparms.md, mapi/checkparms.md
#pragma once

#include <cstdarg>

#include "abi/mapi.h"

namespace remapi::object {

/// Checks the arguments that follow the object in a call of `method` (METHODS of mapival.h).
/// @param first  they lie there one after the other, each in a slot of a pointer's width or in as
///               many as it takes, as on a stack
/// Errors: MAPI_E_CALL_FAILED when one is not valid, and for an unknown method.
HRESULT validate_parameters(ULONG method, const void* first) noexcept;

/// The same for arguments passed on, the object first.
HRESULT validate_parameter_list(ULONG method, va_list arguments) noexcept;

}  // namespace remapi::object
