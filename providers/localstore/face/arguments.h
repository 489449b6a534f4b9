// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a method asks of its arguments: the documented code, and a line in the log.
#pragma once

#include "abi/error.h"
#include "abi/mapi.h"

namespace remapi::localstore {

/// Throws Error(MAPI_E_UNKNOWN_FLAGS) when `flags` has others than `known`.
inline void check_flags(ULONG flags, ULONG known, const char* attempted) {
    if ((flags & ~known) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, attempted);
}

/// Throws Error(MAPI_E_INVALID_PARAMETER) unless `given`.
inline void require(bool given, const char* attempted) {
    if (!given) throw Error(MAPI_E_INVALID_PARAMETER, attempted);
}

}  // namespace remapi::localstore
