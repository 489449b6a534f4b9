// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A store file as modules of schema 1 made it, for tests of migration. Never changed: such files
// lie on people's disks.
#pragma once

#include "providers/localstore/backend/sqlite.h"

namespace remapi::localstore::schema_1 {

constexpr char kTables[] = R"(
CREATE TABLE store(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    uid BLOB NOT NULL,
    created INTEGER NOT NULL,
    properties BLOB NOT NULL);
CREATE TABLE folder(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES folder(id) ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    content_count INTEGER NOT NULL DEFAULT 0,
    unread_count INTEGER NOT NULL DEFAULT 0,
    associated_count INTEGER NOT NULL DEFAULT 0,
    folder_count INTEGER NOT NULL DEFAULT 0,
    properties BLOB NOT NULL,
    UNIQUE(parent, name_key));
CREATE TABLE special_folder(
    role TEXT PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE INDEX special_folder_by_folder ON special_folder(folder);
CREATE TABLE message(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER REFERENCES folder(id) ON DELETE CASCADE,
    attachment INTEGER REFERENCES attachment(id) ON DELETE CASCADE,
    associated INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    flags INTEGER NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    delivery_time INTEGER,
    properties BLOB NOT NULL,
    CHECK((folder IS NULL) <> (attachment IS NULL)));
CREATE INDEX message_by_folder ON message(folder, associated, delivery_time) WHERE folder IS NOT NULL;
CREATE INDEX message_by_attachment ON message(attachment) WHERE attachment IS NOT NULL;
CREATE TABLE recipient(
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    row_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    properties BLOB NOT NULL,
    PRIMARY KEY(message, row_id)) WITHOUT ROWID;
CREATE TABLE attachment(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    properties BLOB NOT NULL,
    UNIQUE(message, number));
CREATE TABLE stream(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER REFERENCES message(id) ON DELETE CASCADE,
    pending_owner BLOB,
    size INTEGER NOT NULL);
CREATE INDEX stream_by_message ON stream(message) WHERE message IS NOT NULL;
CREATE INDEX stream_pending ON stream(pending_owner) WHERE pending_owner IS NOT NULL;
CREATE TABLE stream_chunk(
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL);
CREATE TABLE named_property(
    id INTEGER PRIMARY KEY CHECK(id BETWEEN 32768 AND 65534),
    property_set BLOB NOT NULL,
    number INTEGER,
    name TEXT);
CREATE UNIQUE INDEX named_property_by_number ON named_property(property_set, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX named_property_by_name ON named_property(property_set, name) WHERE name IS NOT NULL;
CREATE TABLE receive_folder(
    class_key TEXT PRIMARY KEY,
    class TEXT NOT NULL,
    folder INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE,
    modified INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX receive_folder_by_folder ON receive_folder(folder);
CREATE TABLE outgoing(
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL UNIQUE REFERENCES message(id) ON DELETE CASCADE,
    state INTEGER NOT NULL,
    submit_flags INTEGER NOT NULL,
    owner BLOB,
    submitted INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER,
    last_error TEXT);
)";

constexpr char kTriggers[] = R"(
CREATE TRIGGER message_inserted AFTER INSERT ON message WHEN NEW.folder IS NOT NULL BEGIN
    UPDATE folder SET content_count = content_count + (NEW.associated = 0),
        unread_count = unread_count + (NEW.associated = 0 AND (NEW.flags & 1) = 0),
        associated_count = associated_count + (NEW.associated <> 0) WHERE id = NEW.folder;
END;
CREATE TRIGGER message_deleted AFTER DELETE ON message WHEN OLD.folder IS NOT NULL BEGIN
    UPDATE folder SET content_count = content_count - (OLD.associated = 0),
        unread_count = unread_count - (OLD.associated = 0 AND (OLD.flags & 1) = 0),
        associated_count = associated_count - (OLD.associated <> 0) WHERE id = OLD.folder;
END;
CREATE TRIGGER message_updated AFTER UPDATE OF folder, flags ON message
    WHEN OLD.folder IS NOT NULL AND NEW.folder IS NOT NULL BEGIN
    UPDATE folder SET content_count = content_count - (OLD.associated = 0),
        unread_count = unread_count - (OLD.associated = 0 AND (OLD.flags & 1) = 0),
        associated_count = associated_count - (OLD.associated <> 0) WHERE id = OLD.folder;
    UPDATE folder SET content_count = content_count + (NEW.associated = 0),
        unread_count = unread_count + (NEW.associated = 0 AND (NEW.flags & 1) = 0),
        associated_count = associated_count + (NEW.associated <> 0) WHERE id = NEW.folder;
END;
CREATE TRIGGER folder_inserted AFTER INSERT ON folder WHEN NEW.parent IS NOT NULL BEGIN
    UPDATE folder SET folder_count = folder_count + 1 WHERE id = NEW.parent;
END;
CREATE TRIGGER folder_deleted AFTER DELETE ON folder WHEN OLD.parent IS NOT NULL BEGIN
    UPDATE folder SET folder_count = folder_count - 1 WHERE id = OLD.parent;
END;
CREATE TRIGGER folder_moved AFTER UPDATE OF parent ON folder BEGIN
    UPDATE folder SET folder_count = folder_count - 1 WHERE id = OLD.parent;
    UPDATE folder SET folder_count = folder_count + 1 WHERE id = NEW.parent;
END;
CREATE TRIGGER stream_deleted AFTER DELETE ON stream BEGIN
    DELETE FROM stream_chunk WHERE id BETWEEN OLD.id << 20 AND (OLD.id << 20) + 1048575;
END;
)";

/// The tables of schema 1 in the empty file behind `connection`, as a store whose unique identifier
/// is `uid`, with the special folders numbered from 1 in the order of enum Special.
inline void create(Connection& connection, BytesView uid, BytesView no_properties) {
    connection.execute("BEGIN");
    connection.execute(kTables);
    connection.execute(kTriggers);
    connection.execute("PRAGMA application_id = 1380797523; PRAGMA user_version = 1");
    connection.prepare("INSERT INTO store(id, uid, created, properties) VALUES(1, ?, 1, ?)")
        .with(uid, no_properties)
        .run();
    const char* roles[] = {"root",          "subtree", "inbox",  "outbox", "sent-items",
                           "deleted-items", "drafts",  "finder", "views",  "common-views"};
    std::int64_t id = 0;
    for (const char* role : roles) {
        ++id;
        const std::optional<int> parent = id == 1 ? std::nullopt : std::optional(id == 2 ? 1 : 2);
        connection
            .prepare(
                "INSERT INTO folder(id, parent, kind, name, name_key, created, modified, "
                "properties) VALUES(?, ?, 1, ?, ?, 1, 1, ?)")
            .with(id, parent, std::string_view(role), std::string_view(role), no_properties)
            .run();
        connection.prepare("INSERT INTO special_folder(role, folder) VALUES(?, ?)")
            .with(std::string_view(role), id)
            .run();
    }
    connection.execute(
        "INSERT INTO receive_folder(class_key, class, folder, modified) VALUES('', '', 3, 1)");
    connection.execute("COMMIT");
}

/// A message in `folder` with these properties in one blob, as schema 1 has it.
inline std::int64_t add_message(Connection& connection, std::int64_t folder, BytesView properties) {
    connection
        .prepare(
            "INSERT INTO message(folder, associated, flags, size, created, modified, properties) "
            "VALUES(?, 0, 0, 100, 1, 1, ?)")
        .with(folder, properties)
        .run();
    return connection.last_id();
}

}  // namespace remapi::localstore::schema_1
