// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Entry identifiers and keys of a local store. Their layouts are frozen: FORMAT.md.
#pragma once

#include "format/entry_id.h"

namespace remapi::localstore {

/// PR_MDB_PROVIDER, and the UID of store entry identifiers. {C7E1D0A4-5F2B-4B6E-8E0C-52454D41504C},
/// as bytes.
constexpr MAPIUID kProviderUid = {{0xA4, 0xD0, 0xE1, 0xC7, 0x2B, 0x5F, 0x6E, 0x4B, 0x8E, 0x0C, 0x52,
                                   0x45, 0x4D, 0x41, 0x50, 0x4C}};

/// A folder or message of a store, as its entry identifier names it.
struct ObjectId {
    ULONG type = 0;  ///< MAPI_FOLDER, MAPI_MESSAGE
    std::int64_t row = 0;
    friend bool operator==(const ObjectId&, const ObjectId&) = default;
};

/// The long-term entry identifier of an object of the store `store`.
Bytes object_entry_id(const MAPIUID& store, ObjectId object);
/// What `entry_id` names; nullopt when it is no object of that store.
std::optional<ObjectId> parse_object_entry_id(const MAPIUID& store, BytesView entry_id);
/// PR_RECORD_KEY of an object: its entry identifier without the flags. Bytes may be compared.
Bytes object_record_key(const MAPIUID& store, ObjectId object);

/// A store, as its own (unwrapped) entry identifier names it.
struct StoreId {
    MAPIUID store = {};
    String path;  ///< where it was when the identifier was made
};
Bytes store_entry_id(const MAPIUID& store, StringView path);
/// nullopt when `entry_id` is no store entry identifier of this provider.
std::optional<StoreId> parse_store_entry_id(BytesView entry_id);

}  // namespace remapi::localstore
