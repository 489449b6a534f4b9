// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One property entry of mapisvc.inf: its key names a tag, its text is a value of that tag's type.
#pragma once

#include <optional>

#include "object/props/prop_value.h"

namespace remapi::spi {

/// The tag that `key` names: PR_... of the specification's headers (with _A or _W or neither;
/// strings become PT_UNICODE), or eight hexadecimal digits. 0 when it is neither.
ULONG tag_from_key(StringView key);

/// The number of a flag or type name that such a file uses (SERVICE_SINGLE_COPY,
/// MAPI_STORE_PROVIDER ...); nullopt when unknown.
std::optional<ULONG> flag_from_name(StringView name);

/// `text` as a value of the type of `tag`.
///  PT_LONG, PT_BOOLEAN, PT_I2: names joined by '|' or '+', 0x…, else the hexadecimal dump of its
///  bytes, lowest first ("06000000" is 6) when the text has exactly twice as many digits as the
///  type has bytes; anything shorter is decimal. PT_I8, PT_SYSTIME, PT_CLSID, PT_R4, PT_DOUBLE,
///  PT_CURRENCY: the hexadecimal dump of its bytes. PT_BINARY: hexadecimal digits, an odd last
///  digit ignored. PT_STRING8, PT_UNICODE: the text. PT_MV_STRING8, PT_MV_UNICODE: the text's
///  comma-separated items.
/// nullopt when the text is no such value. String tags come back as PT_UNICODE.
std::optional<object::PropValue> value_from_text(ULONG tag, StringView text);

}  // namespace remapi::spi
