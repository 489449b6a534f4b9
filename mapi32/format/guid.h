// SPDX-License-Identifier: LGPL-2.1-or-later
//
// GUIDs and MAPIUIDs as text and as bytes. On the wire a GUID is little-endian; a MAPIUID is 16
// bytes.
#pragma once

#include <optional>
#include <string>

#include "format/bytes.h"

namespace remapi::format {

/// "{00020307-0000-0000-C000-000000000046}".
std::string guid_text(const GUID& guid);
/// The GUID that `text` spells, with or without braces, in any case.
std::optional<GUID> parse_guid(std::string_view text) noexcept;

/// The 16 bytes of a GUID as they lie in memory on a little-endian machine.
Bytes guid_bytes(const GUID& guid);
/// nullopt unless there are 16 bytes.
std::optional<GUID> guid_from_bytes(BytesView bytes) noexcept;

MAPIUID uid_from_guid(const GUID& guid) noexcept;
GUID guid_from_uid(const MAPIUID& uid) noexcept;

/// 32 lower-case hexadecimal digits, as profiles name their sections.
std::string uid_text(const MAPIUID& uid);
/// nullopt unless `text` is 32 hexadecimal digits.
std::optional<MAPIUID> parse_uid(std::string_view text) noexcept;

/// A new random one (version 4). Throws Error(MAPI_E_CALL_FAILED) without a source of randomness.
GUID new_guid();
MAPIUID new_uid();

}  // namespace remapi::format
