// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/store.h"

#include <functional>

#include "config/config.h"
#include "format/guid.h"
#include "log/log.h"
#include "port/clock.h"
#include "providers/localstore/backend/message_rows.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

struct SpecialFolder {
    const char* role;  ///< in the table special_folder
    Special parent;    ///< the root is its own
    Text name;
    ULONG kind;
    const WideChar* container_class;  ///< null: none
};

// In the order of enum Special; parents come first.
constexpr SpecialFolder kFolders[] = {
    {"root", Special::Root, Text::FolderRoot, FOLDER_ROOT, nullptr},
    {"subtree", Special::Root, Text::FolderSubtree, FOLDER_GENERIC, REMAPI_W("IPF.Note")},
    {"inbox", Special::Subtree, Text::FolderInbox, FOLDER_GENERIC, REMAPI_W("IPF.Note")},
    {"outbox", Special::Subtree, Text::FolderOutbox, FOLDER_GENERIC, REMAPI_W("IPF.Note")},
    {"sent-items", Special::Subtree, Text::FolderSentItems, FOLDER_GENERIC, REMAPI_W("IPF.Note")},
    {"deleted-items", Special::Subtree, Text::FolderDeletedItems, FOLDER_GENERIC,
     REMAPI_W("IPF.Note")},
    {"drafts", Special::Subtree, Text::FolderDrafts, FOLDER_GENERIC, REMAPI_W("IPF.Note")},
    {"finder", Special::Root, Text::FolderFinder, FOLDER_GENERIC, nullptr},
    {"views", Special::Root, Text::FolderViews, FOLDER_GENERIC, nullptr},
    {"common-views", Special::Root, Text::FolderCommonViews, FOLDER_GENERIC, nullptr},
};
static_assert(std::size(kFolders) == static_cast<std::size_t>(Special::kCount));

/// The message classes whose receive folder a new store sets. Page: mapi/mapi-receive-folders.md
struct ReceiveFolder {
    const WideChar* message_class;
    Special folder;
};
constexpr ReceiveFolder kReceiveFolders[] = {
    {REMAPI_W(""), Special::Inbox},
    {REMAPI_W("IPM"), Special::Inbox},
    {REMAPI_W("REPORT.IPM"), Special::Inbox},
    {REMAPI_W("IPC"), Special::Root},
};

/// A day in a file time's units.
constexpr std::uint64_t kDay = 24ull * 60 * 60 * 10'000'000;
/// Deleted objects that one transaction removes.
constexpr std::size_t kRemovedAtOnce = 200;

/// The stores that are open in this process. Never freed: no destructor may run at process exit.
struct Registry {
    port::Mutex mutex;
    std::vector<std::weak_ptr<Store>> stores;
};
constinit Registry* g_registry = nullptr;
port::Once g_registry_once = REMAPI_ONCE_INIT;

Registry& registry() {
    port::call_once(g_registry_once, [] { g_registry = new Registry; });
    return *g_registry;
}

bool same_path(StringView left, StringView right) {
    return port::path_separator() == REMAPI_W('\\') ? text::equal_ignoring_case(left, right)
                                                    : left == right;
}

}  // namespace

std::shared_ptr<Store> Store::open(StringView path, Database::Open mode, StringView name) {
    const String absolute = port::absolute_path(path);
    Registry& open_stores = registry();
    const port::Lock lock(open_stores.mutex);
    auto& stores = open_stores.stores;
    std::erase_if(stores, [](const std::weak_ptr<Store>& old) { return old.expired(); });
    for (const auto& candidate : stores) {
        auto store = candidate.lock();
        // A file that was removed under us is another store when it is made anew.
        if (store && same_path(store->path(), absolute) && port::exists(absolute)) return store;
    }
    std::shared_ptr<Store> store(new Store(absolute, mode, name));
    try {
        store->remove_expired();
    } catch (const Error& error) {
        REMAPI_WARN(Store, "%s: what was deleted long ago stays: %s",
                    log::utf8(StringView(absolute)).c_str(), error.what());
    }
    stores.push_back(store);
    return store;
}

Store::Store(StringView path, Database::Open mode, StringView name)
    : m_database(std::make_shared<Database>(path, mode)),
      m_keep_deleted_days(config::get_number("store.keep-deleted-days")) {
    if (m_database->is_new()) {
        Transaction work(*m_database, Transaction::Kind::Durable);
        // Another process may have made it in the meantime.
        if (rows::special_folder(work, kFolders[0].role) == 0) create_folders(work, name);
        work.commit();
    }
    Transaction work(*m_database, Transaction::Kind::Read);
    const Bytes uid = rows::store_uid(work);
    std::memcpy(m_uid.ab, uid.data(), sizeof m_uid.ab);
    for (std::size_t i = 0; i < m_special.size(); ++i) {
        m_special[i] = rows::special_folder(work, kFolders[i].role);
        if (m_special[i] == 0)
            throw Error(MAPI_E_CORRUPT_DATA, "a store without its special folders");
    }
}

bool Store::is_deleted(ObjectId object) {
    Transaction work(*m_database, Transaction::Kind::Read);
    if (object.type == MAPI_FOLDER) return rows::is_deleted_folder(work, object.row);
    const auto message = rows::read_message(work, object.row);
    if (!message) return false;
    return message->deleted || rows::is_deleted_folder(work, message->folder);
}

void Store::remove_expired() {
    const std::uint64_t keep = m_keep_deleted_days * kDay;
    const std::uint64_t now = port::file_time_now();
    const std::uint64_t before = now > keep ? now - keep : 0;
    for (bool done = false; !done;) {
        {
            // Most openings have nothing to remove, and do not wait for a writer.
            Transaction work(*m_database, Transaction::Kind::Read);
            if (rows::deleted_messages(work, before, 1).empty() &&
                rows::deleted_folders(work, before, 1).empty()) {
                return;
            }
        }
        Transaction work(*m_database, Transaction::Kind::Write);
        const auto messages = rows::deleted_messages(work, before, kRemovedAtOnce);
        for (const std::int64_t message : messages) rows::delete_message(work, message);
        const auto folders = rows::deleted_folders(work, before, kRemovedAtOnce);
        for (const std::int64_t folder : folders) rows::delete_folder(work, folder);
        work.commit();
        done = messages.size() < kRemovedAtOnce && folders.size() < kRemovedAtOnce;
    }
}

void Store::create_folders(Transaction& work, StringView name) {
    const std::uint64_t now = port::file_time_now();
    StoredProperties properties;
    properties.values.set({PR_DISPLAY_NAME_W, name.empty() ? text_of(Text::StoreName) : name});
    rows::insert_store(work, view_bytes(format::new_uid()), now, encode_properties(properties));
    std::array<std::int64_t, static_cast<std::size_t>(Special::kCount)> made = {};
    for (std::size_t i = 0; i < std::size(kFolders); ++i) {
        const SpecialFolder& wanted = kFolders[i];
        FolderRow folder;
        folder.parent = made[static_cast<std::size_t>(wanted.parent)];
        folder.kind = wanted.kind;
        folder.name = String(text_of(wanted.name));
        folder.created = folder.modified = now;
        StoredProperties values;
        if (wanted.container_class)
            values.values.set({PR_CONTAINER_CLASS_W, wanted.container_class});
        folder.properties = encode_properties(values);
        made[i] = rows::insert_folder(work, folder);
        rows::set_special_folder(work, wanted.role, made[i]);
    }
    for (const ReceiveFolder& receive : kReceiveFolders) {
        rows::set_receive_folder(
            work, {receive.message_class, made[static_cast<std::size_t>(receive.folder)], now});
    }
}

Bytes Store::public_entry_id() {
    const port::Lock lock(m_mutex);
    return m_public_entry_id;
}

void Store::set_public_entry_id(Bytes wrapped) {
    const port::Lock lock(m_mutex);
    if (m_public_entry_id.empty()) m_public_entry_id = std::move(wrapped);
}

PropertyBag Store::properties() {
    Transaction work(*m_database, Transaction::Kind::Read);
    return decode_properties(rows::store_properties(work)).values;
}

void Store::change_properties(const std::function<void(PropertyBag&)>& change) {
    Transaction work(*m_database, Transaction::Kind::Durable);
    StoredProperties properties = decode_properties(rows::store_properties(work));
    change(properties.values);
    rows::set_store_properties(work, encode_properties(properties));
    work.commit();
}

std::vector<ULONG> Store::ids_from_names(std::span<const object::PropName> names, bool create) {
    std::vector<ULONG> ids;
    Transaction work(*m_database, create ? Transaction::Kind::Durable : Transaction::Kind::Read);
    for (const object::PropName& name : names) ids.push_back(rows::id_of_name(work, name, create));
    work.commit();
    return ids;
}

std::vector<std::optional<object::PropName>> Store::names_from_ids(std::span<const ULONG> ids) {
    std::vector<std::optional<object::PropName>> names;
    Transaction work(*m_database, Transaction::Kind::Read);
    for (const ULONG id : ids) names.push_back(rows::name_of_id(work, id));
    return names;
}

std::vector<std::pair<ULONG, object::PropName>> Store::all_names() {
    Transaction work(*m_database, Transaction::Kind::Read);
    return rows::all_names(work);
}

ReceiveFolderRow Store::receive_folder(StringView message_class) {
    Transaction work(*m_database, Transaction::Kind::Read);
    return rows::receive_folder(work, message_class);
}

void Store::set_receive_folder(StringView message_class, std::int64_t folder) {
    Transaction work(*m_database, Transaction::Kind::Durable);
    if (folder == 0) {
        rows::delete_receive_folder(work, message_class);
    } else {
        if (!rows::read_folder(work, folder) || rows::is_deleted_folder(work, folder))
            throw Error(MAPI_E_NOT_FOUND, "setting a receive folder");
        rows::set_receive_folder(work, {String(message_class), folder, port::file_time_now()});
    }
    work.commit();
}

std::vector<ReceiveFolderRow> Store::receive_folders() {
    Transaction work(*m_database, Transaction::Kind::Read);
    return rows::receive_folders(work);
}

}  // namespace remapi::localstore
