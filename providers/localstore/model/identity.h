// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Entry identifiers and keys of a local store: those of its objects are kit's. Their layouts are
// frozen: FORMAT.md.
#pragma once

#include "providers/kit/object_id.h"

namespace remapi::localstore {

/// PR_MDB_PROVIDER, and the UID of store entry identifiers. {C7E1D0A4-5F2B-4B6E-8E0C-52454D41504C},
/// as bytes.
constexpr MAPIUID kProviderUid = {{0xA4, 0xD0, 0xE1, 0xC7, 0x2B, 0x5F, 0x6E, 0x4B, 0x8E, 0x0C, 0x52,
                                   0x45, 0x4D, 0x41, 0x50, 0x4C}};

using kit::object_entry_id;
using kit::object_record_key;
using kit::ObjectId;
using kit::parse_object_entry_id;

/// A store, as its own (unwrapped) entry identifier names it.
struct StoreId {
    MAPIUID store = {};
    String path;  ///< where it was when the identifier was made
};
Bytes store_entry_id(const MAPIUID& store, StringView path);
/// nullopt when `entry_id` is no store entry identifier of this provider.
std::optional<StoreId> parse_store_entry_id(BytesView entry_id);

}  // namespace remapi::localstore
