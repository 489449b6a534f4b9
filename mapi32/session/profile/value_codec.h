// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property values as profiles keep them, on every platform the way Windows does: the value's name
// is eight hexadecimal digits, the type and then the id ("001f3001" is PR_DISPLAY_NAME_W); its
// bytes are little-endian, text with its zero. docs/PROFILES.md describes every type.
#pragma once

#include "object/props/prop_value.h"

namespace remapi::session {

/// "001f3001" for PR_DISPLAY_NAME_W. PT_STRING8 is named as PT_UNICODE: text is kept as UTF-16.
std::string setting_name(ULONG tag);
/// The tag of such a name; nullopt when it is none.
std::optional<ULONG> setting_tag(std::string_view name);

/// The bytes of a value. Throws Error(MAPI_E_INVALID_TYPE) for PT_OBJECT and other kinds that no
/// profile can hold.
std::string encode_setting(const PropValue& value);
/// The value of these bytes under `tag`, whose type says how to read them; PT_STRING8 in the ANSI
/// code page, as other programs may have written it. nullopt when the bytes are too few for the
/// type.
std::optional<PropValue> decode_setting(ULONG tag, std::string_view bytes);

}  // namespace remapi::session
