// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Names of codes, for logs, the command line and tests.
// Page: mapi/mapi-error-and-warning-return-values-by-category.md
#pragma once

#include <string>

#include "abi/mapi.h"

namespace remapi::format {

/// "MAPI_E_NOT_FOUND"; null for a code without a name.
const char* hresult_name(HRESULT code) noexcept;
/// The same, or "0x80041234" for a code without a name.
std::string describe_hresult(HRESULT code);

/// The name of a Simple MAPI number: "MAPI_E_AMBIGUOUS_RECIPIENT"; null for a number without a
/// name. Page: mapi/mapisendmail.md
const char* simple_mapi_name(ULONG code) noexcept;

/// "PT_UNICODE", "PT_MV_LONG"; null for a type without a name.
const char* property_type_name(ULONG type) noexcept;

}  // namespace remapi::format
