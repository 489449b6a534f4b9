// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/schema_steps.h"

namespace remapi::localstore {
namespace {

constexpr char kMessage[] = R"(
DROP TRIGGER message_inserted;
DROP TRIGGER message_deleted;
DROP TRIGGER message_updated;
DROP TRIGGER folder_inserted;
DROP TRIGGER folder_deleted;
DROP TRIGGER folder_moved;
DROP INDEX message_by_folder;
ALTER TABLE message RENAME COLUMN properties TO summary;
ALTER TABLE message ADD COLUMN deleted INTEGER;
ALTER TABLE message ADD COLUMN long_texts INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_by_folder ON message(folder, deleted, associated, delivery_time)
    WHERE folder IS NOT NULL;
CREATE INDEX message_by_deletion ON message(deleted) WHERE deleted IS NOT NULL;
CREATE TABLE message_content(
    message INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE,
    properties BLOB NOT NULL);
CREATE TABLE unsplit(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    next INTEGER NOT NULL);
INSERT INTO unsplit SELECT 1, id FROM message ORDER BY id LIMIT 1;
)";

// Made anew, because names need to be unique only among the folders that are not deleted. The table
// keeps its place in sqlite_sequence: no id is used twice.
constexpr char kFolder[] = R"(
CREATE TABLE folder_2(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES folder(id) ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    deleted INTEGER,
    content_count INTEGER NOT NULL DEFAULT 0,
    unread_count INTEGER NOT NULL DEFAULT 0,
    associated_count INTEGER NOT NULL DEFAULT 0,
    folder_count INTEGER NOT NULL DEFAULT 0,
    deleted_message_count INTEGER NOT NULL DEFAULT 0,
    deleted_associated_count INTEGER NOT NULL DEFAULT 0,
    deleted_folder_count INTEGER NOT NULL DEFAULT 0,
    sort_order BLOB,
    properties BLOB NOT NULL);
INSERT INTO folder_2(id, parent, kind, name, name_key, created, modified, content_count,
        unread_count, associated_count, folder_count, properties)
    SELECT id, parent, kind, name, name_key, created, modified, content_count, unread_count,
        associated_count, folder_count, properties FROM folder;
DELETE FROM sqlite_sequence WHERE name = 'folder_2';
INSERT INTO sqlite_sequence(name, seq)
    SELECT 'folder_2', seq FROM sqlite_sequence WHERE name = 'folder';
DROP TABLE folder;
ALTER TABLE folder_2 RENAME TO folder;
CREATE UNIQUE INDEX folder_by_name ON folder(parent, name_key) WHERE deleted IS NULL;
CREATE INDEX folder_by_parent ON folder(parent, deleted);
CREATE INDEX folder_by_deletion ON folder(deleted) WHERE deleted IS NOT NULL;
)";

// One message more ("+") or less in the counts of its folder.
#define REMAPI_COUNT(sign, row)                                                                \
    "content_count = content_count " sign " (" row ".deleted IS NULL AND " row                 \
    ".associated = 0), unread_count = unread_count " sign " (" row ".deleted IS NULL AND " row \
    ".associated = 0 AND (" row ".flags & 1) = 0), associated_count = associated_count " sign  \
    " (" row ".deleted IS NULL AND " row                                                       \
    ".associated <> 0), deleted_message_count = deleted_message_count " sign " (" row          \
    ".deleted IS NOT NULL AND " row                                                            \
    ".associated = 0), deleted_associated_count = deleted_associated_count " sign " (" row     \
    ".deleted IS NOT NULL AND " row ".associated <> 0) WHERE id = " row ".folder"
// The same for a folder and its parent.
#define REMAPI_COUNT_FOLDER(sign, row)                                              \
    "folder_count = folder_count " sign " (" row                                    \
    ".deleted IS NULL), deleted_folder_count = deleted_folder_count " sign " (" row \
    ".deleted IS NOT NULL) WHERE id = " row ".parent"

constexpr char kDeletionTriggers[] =
    "CREATE TRIGGER message_inserted AFTER INSERT ON message WHEN NEW.folder IS NOT NULL BEGIN "
    "UPDATE folder SET " REMAPI_COUNT("+", "NEW") "; END;"
    "CREATE TRIGGER message_deleted AFTER DELETE ON message WHEN OLD.folder IS NOT NULL BEGIN "
    "UPDATE folder SET " REMAPI_COUNT("-", "OLD") "; END;"
    "CREATE TRIGGER message_updated AFTER UPDATE OF folder, flags, deleted ON message "
    "WHEN OLD.folder IS NOT NULL AND NEW.folder IS NOT NULL BEGIN "
    "UPDATE folder SET " REMAPI_COUNT("-", "OLD") "; "
    "UPDATE folder SET " REMAPI_COUNT("+", "NEW") "; END;"
    "CREATE TRIGGER folder_inserted AFTER INSERT ON folder WHEN NEW.parent IS NOT NULL BEGIN "
    "UPDATE folder SET " REMAPI_COUNT_FOLDER("+", "NEW") "; END;"
    "CREATE TRIGGER folder_deleted AFTER DELETE ON folder WHEN OLD.parent IS NOT NULL BEGIN "
    "UPDATE folder SET " REMAPI_COUNT_FOLDER("-", "OLD") "; END;"
    "CREATE TRIGGER folder_moved AFTER UPDATE OF parent, deleted ON folder BEGIN "
    "UPDATE folder SET " REMAPI_COUNT_FOLDER("-", "OLD") "; "
    "UPDATE folder SET " REMAPI_COUNT_FOLDER("+", "NEW") "; END;";

#undef REMAPI_COUNT
#undef REMAPI_COUNT_FOLDER

}  // namespace

void migrate_to_2(Connection& connection) {
    connection.execute(kMessage);
    connection.execute(kFolder);
    connection.execute(kDeletionTriggers);
}

}  // namespace remapi::localstore
