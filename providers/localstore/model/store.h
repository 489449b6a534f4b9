// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>
#include <functional>

#include "object/props/prop_source.h"
#include "providers/localstore/backend/folder_rows.h"
#include "providers/localstore/backend/store_rows.h"
#include "providers/localstore/model/change.h"
#include "providers/localstore/model/names.h"
#include "providers/localstore/model/property_set.h"

namespace remapi::localstore {

/// The folders that every store has.
enum class Special {
    Root,
    Subtree,
    Inbox,
    Outbox,
    SentItems,
    DeletedItems,
    Drafts,
    Finder,
    Views,
    CommonViews,
    kCount
};

/// One store file, shared by everybody in this process who has it open. Any thread.
class Store {
public:
    /// Opens the store at `path`; the same object while anybody in this process holds it. With
    /// Database::Open::OrCreate a new store gets its folders and the display name `name`.
    /// Errors: those of Database.
    static std::shared_ptr<Store> open(StringView path, Database::Open mode, StringView name = {});

    const std::shared_ptr<Database>& database() const noexcept { return m_database; }
    const String& path() const noexcept { return m_database->path(); }
    const MAPIUID& uid() const noexcept { return m_uid; }
    std::int64_t special(Special which) const noexcept {
        return m_special[static_cast<std::size_t>(which)];
    }
    Bytes entry_id(ObjectId object) const { return object_entry_id(m_uid, object); }
    Bytes folder_entry_id(std::int64_t row) const { return entry_id({MAPI_FOLDER, row}); }
    Bytes special_entry_id(Special which) const { return folder_entry_id(special(which)); }

    /// The store's entry identifier as clients see it: wrapped by the host that logged on first.
    Bytes public_entry_id();
    void set_public_entry_id(Bytes wrapped);

    /// What was set on the store object itself. `change` may alter it, in one transaction.
    PropertyBag properties();
    void change_properties(const std::function<void(PropertyBag&)>& change);

    // Page: mapi/imapiprop-getidsfromnames.md
    std::vector<ULONG> ids_from_names(std::span<const object::PropName> names, bool create);
    std::vector<std::optional<object::PropName>> names_from_ids(std::span<const ULONG> ids);
    std::vector<std::pair<ULONG, object::PropName>> all_names();

    ReceiveFolderRow receive_folder(StringView message_class);
    /// `folder` 0 takes the row away, where there is one. Errors: MAPI_E_NOT_FOUND.
    void set_receive_folder(StringView message_class, std::int64_t folder);
    std::vector<ReceiveFolderRow> receive_folders();

    /// Whether what is deleted can be restored for a while (option store.keep-deleted-days).
    bool keeps_deleted() const noexcept { return m_keep_deleted_days != 0; }
    /// Whether an object, or a folder that it lies in, was deleted and can be restored.
    bool is_deleted(ObjectId object);
    /// Removes for good what was deleted so many days ago.
    void remove_expired();

    ChangeHub& changes() noexcept { return m_changes; }

private:
    Store(StringView path, Database::Open mode, StringView name);
    void create_folders(Transaction& work, StringView name);

    const std::shared_ptr<Database> m_database;
    MAPIUID m_uid = {};
    std::array<std::int64_t, static_cast<std::size_t>(Special::kCount)> m_special = {};
    const unsigned m_keep_deleted_days;
    ChangeHub m_changes;
    port::Mutex m_mutex;
    Bytes m_public_entry_id;
};

}  // namespace remapi::localstore
