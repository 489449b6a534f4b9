// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The tables of a store file and how an older file becomes a current one. FORMAT.md describes them.
#pragma once

#include "providers/localstore/backend/sqlite.h"

namespace remapi::localstore {

/// "RMLS" in the SQLite header of every store file.
constexpr std::int64_t kApplicationId = 0x524D4C53;
/// The schema that this code writes (PRAGMA user_version).
constexpr std::int64_t kSchemaVersion = 3;

/// Makes the schema of `connection` current: creates it in an empty file, migrates an older one.
/// Runs inside the caller's write transaction, with foreign keys off: tables are made anew. True
/// when the file was empty. What a step leaves to be done piece by piece: split_messages.h.
/// Errors: MAPI_E_VERSION for a file of a newer schema, MAPI_E_CORRUPT_DATA for a foreign database.
bool bring_up_to_date(Connection& connection);

}  // namespace remapi::localstore
