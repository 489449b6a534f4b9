// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What all entry identifiers have in common: four flag bytes, then the UID of their provider.
// Page: mapi/entryid.md
#pragma once

#include <optional>

#include "format/bytes.h"

namespace remapi::format {

constexpr std::size_t kEntryIdFlagBytes = 4;
/// The flags and the UID; a shorter entry identifier belongs to nobody.
constexpr std::size_t kEntryIdHeaderBytes = kEntryIdFlagBytes + sizeof(MAPIUID);

/// A view of an entry identifier that came across the ABI as count and pointer. Null is empty.
inline BytesView view_entry_id(ULONG size, const ENTRYID* entry_id) noexcept {
    return view_bytes(entry_id, size);
}

/// The provider UID in `entry_id`; nullopt when it is too short to have one.
std::optional<MAPIUID> entry_id_uid(BytesView entry_id) noexcept;
bool entry_id_has_uid(BytesView entry_id, const MAPIUID& uid) noexcept;

/// abFlags[0]: MAPI_SHORTTERM, MAPI_NOTRECIP, MAPI_THISSESSION, MAPI_NOW, MAPI_NOTRESERVED; 0 when
/// empty.
std::uint8_t entry_id_flags(BytesView entry_id) noexcept;
/// Whether it may be stored: no bit of abFlags[0] is set.
bool is_long_term(BytesView entry_id) noexcept;

/// `flags`, three zeros, `uid`, `rest`.
Bytes make_entry_id(std::uint8_t flags, const MAPIUID& uid, BytesView rest);

/// The part after flags and UID; empty when there is none.
BytesView entry_id_rest(BytesView entry_id) noexcept;

bool same_uid(const MAPIUID& left, const MAPIUID& right) noexcept;

}  // namespace remapi::format
