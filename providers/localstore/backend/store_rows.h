// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the tables store, named_property and receive_folder.
#pragma once

#include "object/props/prop_source.h"
#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

/// One receive folder. Page: mapi/imsgstore-getreceivefoldertable.md
struct ReceiveFolderRow {
    String message_class;
    std::int64_t folder = 0;
    std::uint64_t modified = 0;
};

namespace rows {

void insert_store(Transaction& work, BytesView uid, std::uint64_t now, BytesView properties);
/// The store's unique identifier, 16 bytes.
Bytes store_uid(Transaction& work);
Bytes store_properties(Transaction& work);
void set_store_properties(Transaction& work, BytesView properties);

/// The id of a named property; 0 when it has none and, without `create`, gets none, or when all
/// 32,767 are taken.
ULONG id_of_name(Transaction& work, const object::PropName& name, bool create);
std::optional<object::PropName> name_of_id(Transaction& work, ULONG id);
std::vector<std::pair<ULONG, object::PropName>> all_names(Transaction& work);

/// The folder that messages of a class go to: that of the longest prefix that ends where a part
/// ends. The row of "" always exists.
ReceiveFolderRow receive_folder(Transaction& work, StringView message_class);
void set_receive_folder(Transaction& work, const ReceiveFolderRow& row);
bool delete_receive_folder(Transaction& work, StringView message_class);
/// Takes away the rows that name `folder` or a folder below it; that of "" becomes `fallback`.
void release_receive_folders(Transaction& work, std::int64_t folder, std::int64_t fallback,
                             std::uint64_t now);
std::vector<ReceiveFolderRow> receive_folders(Transaction& work);

}  // namespace rows
}  // namespace remapi::localstore
