// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

#include "abi/mapi.h"

namespace remapi::tool {

/// Throws Failure with "what failed: MAPI_E_NAME" and, where there is one, the advice that goes
/// with the code; NotFound for MAPI_E_NOT_FOUND, else Failed. Returns `hr` when it is no failure.
HRESULT require(HRESULT hr, const std::string& what);
/// The same for a Simple MAPI number.
void require_simple(ULONG code, const std::string& what);

/// "MAPI_E_LOGON_FAILED (0x80040111)" and what a person can do about it.
std::string explain(HRESULT hr);

}  // namespace remapi::tool
