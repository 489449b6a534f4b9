// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the tables folder and special_folder.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

/// One folder as the database has it.
struct FolderRow {
    std::int64_t id = 0;
    std::int64_t parent = 0;  ///< 0: the root
    ULONG kind = FOLDER_GENERIC;
    String name;
    std::uint64_t created = 0;  ///< file times
    std::uint64_t modified = 0;
    std::optional<std::uint64_t> deleted;  ///< when it was deleted, until it is removed for good
    std::int64_t content_count = 0;        ///< this and the other counts are kept by the database
    std::int64_t unread_count = 0;
    std::int64_t associated_count = 0;
    std::int64_t folder_count = 0;
    std::int64_t deleted_message_count = 0;  ///< of what can be restored
    std::int64_t deleted_associated_count = 0;
    std::int64_t deleted_folder_count = 0;
    Bytes sort_order;  ///< as set_sort_order wrote it; empty: none
    Bytes properties;
};

/// A folder with its depth below where the walk began (children: 1).
struct FolderDepth {
    std::int64_t id = 0;
    ULONG depth = 0;
};

namespace rows {

/// Answers the new folder's number. Throws Error(MAPI_E_COLLISION) when the parent has one of this
/// name.
std::int64_t insert_folder(Transaction& work, const FolderRow& folder);
/// nullopt when there is none.
std::optional<FolderRow> read_folder(Transaction& work, std::int64_t id);
/// Empty when there is none.
String folder_name(Transaction& work, std::int64_t id);
/// The child of `parent` with this name, case ignored.
std::optional<std::int64_t> find_folder(Transaction& work, std::int64_t parent, StringView name);
/// Writes name, parent, modified, deleted and properties. False when the folder is gone. Throws as
/// insert_folder.
bool update_folder(Transaction& work, const FolderRow& folder);
/// Removes a folder and everything in it. False when there was none.
bool delete_folder(Transaction& work, std::int64_t id);
/// The order in which the folder's contents are shown; empty: none of its own.
void set_sort_order(Transaction& work, std::int64_t id, BytesView order);
/// Which children folders_below answers.
enum class Children { Present, Deleted };
/// The children of `id`, by name; with `all`, everything below it, parents first.
std::vector<FolderDepth> folders_below(Transaction& work, std::int64_t id, bool all,
                                       Children which = Children::Present);
/// Whether `id` or a folder that it lies in was deleted.
bool is_deleted_folder(Transaction& work, std::int64_t id);
/// Up to `limit` folders that were deleted before `time`.
std::vector<std::int64_t> deleted_folders(Transaction& work, std::uint64_t time, std::size_t limit);
/// Whether a message on its way out lies in `id` or below it.
bool holds_submitted(Transaction& work, std::int64_t id);
/// Whether `id` is `ancestor` or lies below it.
bool is_below(Transaction& work, std::int64_t id, std::int64_t ancestor);

/// The folder that plays a role ("inbox"); 0 when none does.
std::int64_t special_folder(Transaction& work, const char* role);
void set_special_folder(Transaction& work, const char* role, std::int64_t folder);
/// Whether `id` or a folder below it plays a role.
bool holds_special_folder(Transaction& work, std::int64_t id);

}  // namespace rows
}  // namespace remapi::localstore
