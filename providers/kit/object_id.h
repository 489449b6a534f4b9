// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Entry identifiers and keys of the objects of a store that numbers them. Their layout is frozen:
// stores on disk and profiles keep them (providers/localstore/FORMAT.md).
#pragma once

#include "format/entry_id.h"

namespace remapi::kit {

/// The version of every layout made here.
constexpr std::uint16_t kIdLayoutVersion = 1;

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

}  // namespace remapi::kit
