// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/store_rows.h"

#include "format/guid.h"
#include "providers/localstore/backend/folder_rows.h"
#include "text/text.h"

namespace remapi::localstore::rows {
namespace {

constexpr std::int64_t kFirstName = 0x8000;
constexpr std::int64_t kLastName = 0xFFFE;

object::PropName take_name(Statement& row, int first) {
    object::PropName name;
    name.set = format::guid_from_bytes(row.blob_view(first)).value_or(GUID{});
    if (!row.is_null(first + 1)) name.number = static_cast<LONG>(row.integer(first + 1));
    name.text = row.text(first + 2);
    return name;
}

ULONG find_name(Transaction& work, const object::PropName& name) {
    const Bytes set = format::guid_bytes(name.set);
    if (name.number) {
        auto row = work.sql().prepare(
            "SELECT id FROM named_property WHERE property_set = ? AND number = ?");
        row.with(set, static_cast<std::int64_t>(*name.number));
        return row.step() ? static_cast<ULONG>(row.integer(0)) : 0;
    }
    auto row =
        work.sql().prepare("SELECT id FROM named_property WHERE property_set = ? AND name = ?");
    row.with(set, name.text);
    return row.step() ? static_cast<ULONG>(row.integer(0)) : 0;
}

ReceiveFolderRow take_receive_folder(Statement& row) {
    return {row.text(0), row.integer(1), static_cast<std::uint64_t>(row.integer(2))};
}

}  // namespace

void insert_store(Transaction& work, BytesView uid, std::uint64_t now, BytesView properties) {
    work.sql()
        .prepare("INSERT INTO store(id, uid, created, properties) VALUES(1, ?, ?, ?)")
        .with(uid, now, properties)
        .run();
}

Bytes store_uid(Transaction& work) {
    auto row = work.sql().prepare("SELECT uid FROM store");
    if (!row.step() || row.blob_view(0).size() != sizeof(MAPIUID)) {
        throw Error(MAPI_E_CORRUPT_DATA, "reading the store's identifier");
    }
    return row.blob(0);
}

Bytes store_properties(Transaction& work) {
    auto row = work.sql().prepare("SELECT properties FROM store");
    return row.step() ? row.blob(0) : Bytes();
}

void set_store_properties(Transaction& work, BytesView properties) {
    work.sql().prepare("UPDATE store SET properties = ?").with(properties).run();
}

ULONG id_of_name(Transaction& work, const object::PropName& name, bool create) {
    const ULONG found = find_name(work, name);
    if (found != 0 || !create) return found;
    std::int64_t next = kFirstName;
    {
        auto row = work.sql().prepare("SELECT max(id) FROM named_property");
        if (row.step() && !row.is_null(0)) next = row.integer(0) + 1;
    }
    if (next > kLastName) return 0;
    const std::optional<std::int64_t> number =
        name.number ? std::optional<std::int64_t>(*name.number) : std::nullopt;
    const std::optional<String> text =
        name.number ? std::nullopt : std::optional<String>(name.text);
    work.sql()
        .prepare("INSERT INTO named_property(id, property_set, number, name) VALUES(?, ?, ?, ?)")
        .with(next, format::guid_bytes(name.set), number, text)
        .run();
    return static_cast<ULONG>(next);
}

std::optional<object::PropName> name_of_id(Transaction& work, ULONG id) {
    auto row =
        work.sql().prepare("SELECT property_set, number, name FROM named_property WHERE id = ?");
    row.with(id);
    return row.step() ? std::optional(take_name(row, 0)) : std::nullopt;
}

std::vector<std::pair<ULONG, object::PropName>> all_names(Transaction& work) {
    std::vector<std::pair<ULONG, object::PropName>> names;
    auto row =
        work.sql().prepare("SELECT id, property_set, number, name FROM named_property ORDER BY id");
    while (row.step()) names.emplace_back(static_cast<ULONG>(row.integer(0)), take_name(row, 1));
    return names;
}

ReceiveFolderRow receive_folder(Transaction& work, StringView message_class) {
    String prefix = text::folded(message_class);
    for (;;) {
        auto row = work.sql().prepare(
            "SELECT class, folder, modified FROM receive_folder WHERE class_key = ?");
        row.with(prefix);
        if (row.step()) return take_receive_folder(row);
        if (prefix.empty())
            throw Error(MAPI_E_CORRUPT_DATA, "looking for the default receive folder");
        const std::size_t dot = prefix.rfind(REMAPI_W('.'));
        prefix.resize(dot == String::npos ? 0 : dot);
    }
}

void set_receive_folder(Transaction& work, const ReceiveFolderRow& row) {
    work.sql()
        .prepare(
            "INSERT INTO receive_folder(class_key, class, folder, modified) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(class_key) DO UPDATE SET class = excluded.class, folder = "
            "excluded.folder, "
            "modified = excluded.modified")
        .with(text::folded(row.message_class), row.message_class, row.folder, row.modified)
        .run();
}

bool delete_receive_folder(Transaction& work, StringView message_class) {
    work.sql()
        .prepare("DELETE FROM receive_folder WHERE class_key = ?")
        .with(text::folded(message_class))
        .run();
    return work.sql().changes() != 0;
}

void release_receive_folders(Transaction& work, std::int64_t folder, std::int64_t fallback,
                             std::uint64_t now) {
    std::vector<ReceiveFolderRow> gone;
    for (ReceiveFolderRow& row : receive_folders(work)) {
        if (is_below(work, row.folder, folder)) gone.push_back(std::move(row));
    }
    for (const ReceiveFolderRow& row : gone) {
        if (row.message_class.empty()) {
            set_receive_folder(work, {{}, fallback, now});
        } else {
            delete_receive_folder(work, row.message_class);
        }
    }
}

std::vector<ReceiveFolderRow> receive_folders(Transaction& work) {
    std::vector<ReceiveFolderRow> all;
    auto row =
        work.sql().prepare("SELECT class, folder, modified FROM receive_folder ORDER BY class_key");
    while (row.step()) all.push_back(take_receive_folder(row));
    return all;
}

}  // namespace remapi::localstore::rows
