// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/schema_steps.h"

namespace remapi::localstore {
namespace {

constexpr char kSearch[] = R"(
CREATE TABLE search(
    folder INTEGER PRIMARY KEY REFERENCES folder(id) ON DELETE CASCADE,
    restriction BLOB NOT NULL,
    recursive INTEGER NOT NULL,
    foreground INTEGER NOT NULL,
    running INTEGER NOT NULL,
    state INTEGER NOT NULL);
CREATE TABLE search_container(
    search INTEGER NOT NULL REFERENCES search(folder) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    folder INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE,
    PRIMARY KEY(search, position)) WITHOUT ROWID;
CREATE INDEX search_container_by_folder ON search_container(folder);
CREATE TABLE search_result(
    search INTEGER NOT NULL REFERENCES search(folder) ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    PRIMARY KEY(search, message)) WITHOUT ROWID;
CREATE INDEX search_result_by_message ON search_result(message);
CREATE TABLE search_changed(
    search INTEGER NOT NULL REFERENCES search(folder) ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    PRIMARY KEY(search, message)) WITHOUT ROWID;
CREATE INDEX search_changed_by_message ON search_changed(message);
)";

// State 1 is "stale": all messages are going to be looked at, whatever happens to them before.
constexpr char kSearchTriggers[] = R"(
CREATE TRIGGER search_message_inserted AFTER INSERT ON message
WHEN NEW.folder IS NOT NULL AND NEW.associated = 0 BEGIN
    INSERT OR IGNORE INTO search_changed(search, message)
        SELECT folder, NEW.id FROM search WHERE running = 1 AND state <> 1;
END;
CREATE TRIGGER search_message_updated
AFTER UPDATE OF folder, deleted, flags, status, version, summary ON message
WHEN NEW.folder IS NOT NULL AND NEW.associated = 0 BEGIN
    INSERT OR IGNORE INTO search_changed(search, message)
        SELECT folder, NEW.id FROM search WHERE running = 1 AND state <> 1;
END;
CREATE TRIGGER search_folder_moved AFTER UPDATE OF parent, deleted ON folder
WHEN OLD.parent IS NOT NEW.parent OR OLD.deleted IS NOT NEW.deleted BEGIN
    UPDATE search SET state = 1 WHERE running = 1;
END;
)";

}  // namespace

void migrate_to_3(Connection& connection) {
    connection.execute(kSearch);
    connection.execute(kSearchTriggers);
}

}  // namespace remapi::localstore
