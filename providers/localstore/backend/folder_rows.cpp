// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/folder_rows.h"

#include "text/text.h"

namespace remapi::localstore::rows {
namespace {

std::optional<std::int64_t> parent_or_null(std::int64_t parent) {
    return parent == 0 ? std::nullopt : std::optional(parent);
}

}  // namespace

std::int64_t insert_folder(Transaction& work, const FolderRow& folder) {
    work.sql()
        .prepare(
            "INSERT INTO folder(parent, kind, name, name_key, created, modified, properties) "
            "VALUES(?, ?, ?, ?, ?, ?, ?)")
        .with(parent_or_null(folder.parent), folder.kind, folder.name, text::folded(folder.name),
              folder.created, folder.modified, folder.properties)
        .run();
    return work.sql().last_id();
}

std::optional<FolderRow> read_folder(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare(
        "SELECT id, parent, kind, name, created, modified, content_count, unread_count, "
        "associated_count, folder_count, properties, deleted, deleted_message_count, "
        "deleted_associated_count, deleted_folder_count, sort_order FROM folder WHERE id = ?");
    row.with(id);
    if (!row.step()) return std::nullopt;
    FolderRow folder;
    folder.id = row.integer(0);
    folder.parent = row.integer(1);
    folder.kind = static_cast<ULONG>(row.integer(2));
    folder.name = row.text(3);
    folder.created = static_cast<std::uint64_t>(row.integer(4));
    folder.modified = static_cast<std::uint64_t>(row.integer(5));
    folder.content_count = row.integer(6);
    folder.unread_count = row.integer(7);
    folder.associated_count = row.integer(8);
    folder.folder_count = row.integer(9);
    folder.properties = row.blob(10);
    if (!row.is_null(11)) folder.deleted = static_cast<std::uint64_t>(row.integer(11));
    folder.deleted_message_count = row.integer(12);
    folder.deleted_associated_count = row.integer(13);
    folder.deleted_folder_count = row.integer(14);
    folder.sort_order = row.blob(15);
    return folder;
}

String folder_name(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare("SELECT name FROM folder WHERE id = ?");
    row.with(id);
    return row.step() ? row.text(0) : String();
}

std::optional<std::int64_t> find_folder(Transaction& work, std::int64_t parent, StringView name) {
    auto row = work.sql().prepare(
        "SELECT id FROM folder WHERE parent = ? AND name_key = ? AND deleted IS NULL");
    row.with(parent, text::folded(name));
    return row.step() ? std::optional(row.integer(0)) : std::nullopt;
}

bool update_folder(Transaction& work, const FolderRow& folder) {
    work.sql()
        .prepare(
            "UPDATE folder SET parent = ?, name = ?, name_key = ?, modified = ?, deleted = ?, "
            "properties = ? WHERE id = ?")
        .with(parent_or_null(folder.parent), folder.name, text::folded(folder.name),
              folder.modified, folder.deleted, folder.properties, folder.id)
        .run();
    return work.sql().changes() != 0;
}

bool delete_folder(Transaction& work, std::int64_t id) {
    work.sql().prepare("DELETE FROM folder WHERE id = ?").with(id).run();
    return work.sql().changes() != 0;
}

void set_sort_order(Transaction& work, std::int64_t id, BytesView order) {
    const auto stored = order.empty() ? std::nullopt : std::optional(order);
    work.sql().prepare("UPDATE folder SET sort_order = ? WHERE id = ?").with(stored, id).run();
}

std::vector<FolderDepth> folders_below(Transaction& work, std::int64_t id, bool all,
                                       Children which) {
    std::vector<FolderDepth> folders;
    // Below a deleted folder everything went with it.
    static constexpr char kAll[] =
        "WITH RECURSIVE below(id, depth, name_key) AS ("
        "SELECT id, 1, name_key FROM folder WHERE parent = ? AND (deleted IS NULL) = ? UNION ALL "
        "SELECT f.id, b.depth + 1, f.name_key FROM folder f JOIN below b ON f.parent = b.id "
        "WHERE f.deleted IS NULL ORDER BY 2 DESC, 3) SELECT id, depth FROM below";
    static constexpr char kChildren[] =
        "SELECT id, 1 FROM folder WHERE parent = ? AND (deleted IS NULL) = ? ORDER BY name_key";
    auto row = all ? work.sql().prepare(kAll) : work.sql().prepare(kChildren);
    row.with(id, which == Children::Present);
    while (row.step()) folders.push_back({row.integer(0), static_cast<ULONG>(row.integer(1))});
    return folders;
}

bool is_below(Transaction& work, std::int64_t id, std::int64_t ancestor) {
    auto row = work.sql().prepare(
        "WITH RECURSIVE above(id) AS (VALUES(?) UNION ALL "
        "SELECT f.parent FROM folder f JOIN above a ON f.id = a.id WHERE f.parent IS NOT NULL) "
        "SELECT 1 FROM above WHERE id = ?");
    row.with(id, ancestor);
    return row.step();
}

bool is_deleted_folder(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare(
        "WITH RECURSIVE above(id, parent, deleted) AS ("
        "SELECT id, parent, deleted FROM folder WHERE id = ? UNION ALL "
        "SELECT f.id, f.parent, f.deleted FROM folder f JOIN above a ON f.id = a.parent) "
        "SELECT 1 FROM above WHERE deleted IS NOT NULL LIMIT 1");
    row.with(id);
    return row.step();
}

std::vector<std::int64_t> deleted_folders(Transaction& work, std::uint64_t time,
                                          std::size_t limit) {
    std::vector<std::int64_t> folders;
    auto row = work.sql().prepare("SELECT id FROM folder WHERE deleted < ? LIMIT ?");
    row.with(time, limit);
    while (row.step()) folders.push_back(row.integer(0));
    return folders;
}

bool holds_submitted(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare(
        "WITH RECURSIVE above(message, folder) AS ("
        "SELECT m.id, m.folder FROM outgoing o JOIN message m ON m.id = o.message "
        "WHERE m.folder IS NOT NULL AND o.state <> 2 UNION "
        "SELECT a.message, f.parent FROM above a JOIN folder f ON f.id = a.folder "
        "WHERE f.parent IS NOT NULL) SELECT 1 FROM above WHERE folder = ? LIMIT 1");
    row.with(id);
    return row.step();
}

std::int64_t special_folder(Transaction& work, const char* role) {
    auto row = work.sql().prepare("SELECT folder FROM special_folder WHERE role = ?");
    row.with(std::string_view(role));
    return row.step() ? row.integer(0) : 0;
}

void set_special_folder(Transaction& work, const char* role, std::int64_t folder) {
    work.sql()
        .prepare(
            "INSERT INTO special_folder(role, folder) VALUES(?, ?) "
            "ON CONFLICT(role) DO UPDATE SET folder = excluded.folder")
        .with(std::string_view(role), folder)
        .run();
}

bool holds_special_folder(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare(
        "WITH RECURSIVE below(id) AS (VALUES(?) UNION ALL "
        "SELECT f.id FROM folder f JOIN below b ON f.parent = b.id) "
        "SELECT 1 FROM below JOIN special_folder s ON s.folder = below.id LIMIT 1");
    row.with(id);
    return row.step();
}

}  // namespace remapi::localstore::rows
