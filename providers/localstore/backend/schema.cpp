// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/schema.h"

#include <iterator>

#include "log/log.h"
#include "providers/localstore/backend/schema_steps.h"

namespace remapi::localstore {
namespace {

/// Step N makes a file of schema N - 1 one of schema N; step 1 starts from an empty file. A new
/// file goes the same way as an old one, so that both end up alike.
using Migration = void (*)(Connection&);
constexpr Migration kMigrations[] = {create_schema_1, migrate_to_2, migrate_to_3};
static_assert(std::size(kMigrations) == kSchemaVersion, "each schema version has its migration");

}  // namespace

bool bring_up_to_date(Connection& connection) {
    const std::int64_t version = connection.number("PRAGMA user_version");
    const std::int64_t application = connection.number("PRAGMA application_id");
    if (version > kSchemaVersion && application == kApplicationId) {
        REMAPI_ERROR(Store, "the store has schema %d, this module knows up to %d",
                     static_cast<int>(version), static_cast<int>(kSchemaVersion));
        throw Error(MAPI_E_VERSION, "opening a store of a newer version");
    }
    const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (!empty && application != kApplicationId) {
        throw Error(MAPI_E_CORRUPT_DATA, "opening a database that is no message store");
    }
    if (version == kSchemaVersion) return false;
    for (std::int64_t step = version; step < kSchemaVersion; ++step) kMigrations[step](connection);
    static_assert(kApplicationId == 1380797523 && kSchemaVersion == 3, "the literals below");
    connection.execute("PRAGMA application_id = 1380797523; PRAGMA user_version = 3");
    return empty;
}

}  // namespace remapi::localstore
