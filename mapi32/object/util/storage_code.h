// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// The MAPI code that says what a code of structured storage says. A success is S_OK;
/// MAPI_E_CALL_FAILED when none does. Page: mapi/mapstoragescode.md
SCODE from_storage_code(SCODE code) noexcept;

}  // namespace remapi::object
