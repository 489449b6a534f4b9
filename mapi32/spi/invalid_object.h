// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::spi {

/// Turns `object`, a block of MAPIAllocateBuffer of at least 16 bytes, into one whose AddRef and
/// Release count from `references` and whose other methods return MAPI_E_INVALID_OBJECT; the last
/// Release frees the block. On i686 a method takes its own arguments off the stack, which nobody
/// can do for methods of an unknown signature: the object stays as it is. Errors:
/// MAPI_E_INVALID_PARAMETER for null, under 3 or over 64 methods, or no references;
/// MAPI_E_NO_SUPPORT on i686.
/// Page: mapi/imapisupport-makeinvalid.md
HRESULT make_invalid(void* object, ULONG references, ULONG methods) noexcept;

}  // namespace remapi::spi
