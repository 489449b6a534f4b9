// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/restriction/restriction.h"

namespace remapi::localstore {

/// The bytes that a restriction is kept as, in the layout of FORMAT.md. Texts become PT_UNICODE.
Bytes encode_restriction(const Restriction& restriction);
/// Errors: MAPI_E_CORRUPT_DATA for bytes that are none.
Restriction decode_restriction(BytesView bytes);

}  // namespace remapi::localstore
