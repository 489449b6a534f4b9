// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compound entry identifiers: the one of an object in a message store together with the record key
// of that store, so that it can be told in which of several stores the object lies. The layout is
// our own; nobody but the functions below takes it apart. Pages: mapi/hrcomposeeid.md,
// mapi/hrdecomposeeid.md
#pragma once

#include <optional>

#include "format/bytes.h"

namespace remapi::format {

/// The provider UID of compound entry identifiers, as bytes.
constexpr MAPIUID kCompoundUid = {{0x6E, 0x5C, 0x5D, 0x0B, 0x41, 0x27, 0x4F, 0x3E, 0x9A, 0x62, 0x1D,
                                   0x73, 0x80, 0xC4, 0x55, 0x19}};

/// A compound entry identifier, taken apart.
struct CompoundEntryId {
    BytesView store_key;  ///< PR_RECORD_KEY of the store
    BytesView entry_id;   ///< of the object in its store
};

/// Throws Error(MAPI_E_INVALID_ENTRYID) when `entry_id` has under 4 bytes.
Bytes compose_entry_id(BytesView store_key, BytesView entry_id);

/// The two parts, views of `entry_id`; nullopt when it is not a well-formed compound identifier.
std::optional<CompoundEntryId> decompose_entry_id(BytesView entry_id);

}  // namespace remapi::format
