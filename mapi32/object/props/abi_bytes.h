// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"
#include "format/bytes.h"

namespace remapi::object {

/// What `value` holds as bytes that are the same for equal values, wherever their parts lie.
/// Not a format: it is compared and forgotten. Throws Error(MAPI_E_INVALID_PARAMETER) for a value
/// that is malformed, in the sense of count_props.
Bytes canonical_bytes(SPropValue& value);

}  // namespace remapi::object
