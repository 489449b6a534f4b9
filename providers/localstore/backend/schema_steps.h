// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The steps from one schema version to the next. A step that was released is never changed.
#pragma once

#include "providers/localstore/backend/sqlite.h"

namespace remapi::localstore {

/// The first schema, in an empty file.
void create_schema_1(Connection& connection);
/// What a table shows of a message apart from the rest of it; deletion that can be undone; the
/// order in which a folder is shown. Messages stay as they are and are split bit by bit
/// (split_messages.h).
void migrate_to_2(Connection& connection);
/// Search folders: what is searched, what was found, and what has to be looked at since.
void migrate_to_3(Connection& connection);

}  // namespace remapi::localstore
