// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The store as a whole: which there are, its own properties, names, receive folders.
#include "providers/memory/model/store.h"

#include <algorithm>

#include "port/clock.h"
#include "text/text.h"

namespace remapi::memory_store {
namespace {

constexpr ULONG kFirstNamedId = 0x8000;
constexpr ULONG kLastNamedId = 0xFFFE;

/// The stores of this process. Never freed: no destructor may run at process exit.
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

/// Whether messages of `message_class` may go where those of `prefix` go.
bool is_prefix(StringView prefix, StringView message_class) {
    if (prefix.empty()) return true;
    if (!text::starts_with_ignoring_case(message_class, prefix)) return false;
    return message_class.size() == prefix.size() || message_class[prefix.size()] == REMAPI_W('.');
}

}  // namespace

std::shared_ptr<Store> Store::open(const MAPIUID& uid) {
    Registry& all = registry();
    const port::Lock lock(all.mutex);
    std::erase_if(all.stores, [](const std::weak_ptr<Store>& old) { return old.expired(); });
    for (const auto& candidate : all.stores) {
        auto store = candidate.lock();
        if (store && format::same_uid(store->uid(), uid)) return store;
    }
    std::shared_ptr<Store> store(new Store(uid));
    all.stores.push_back(store);
    return store;
}

Store::Store(const MAPIUID& uid) : m_uid(uid) {
    const std::uint64_t now = port::file_time_now();
    Folder root{.id = kRoot, .type = FOLDER_ROOT, .created = now, .modified = now};
    root.values.set({PR_DISPLAY_NAME_W, REMAPI_W("Root")});
    m_folders.emplace(kRoot, std::move(root));
    m_receive_folders.push_back({String(), kRoot, now});
}

Number Store::require(BytesView entry_id, ULONG type) const {
    const auto object = find(entry_id);
    if (!object || object->type != type)
        throw Error(MAPI_E_INVALID_ENTRYID, "an entry id of another store or kind of object");
    return object->row;
}

Bytes Store::public_entry_id() {
    const port::Lock lock(m_id_mutex);
    return m_public_entry_id;
}

void Store::set_public_entry_id(Bytes wrapped) {
    const port::Lock lock(m_id_mutex);
    m_public_entry_id = std::move(wrapped);
}

PropertyBag Store::properties() {
    const port::Lock lock(m_mutex);
    return m_properties;
}

void Store::set_property(const PropValue& value) {
    const port::Lock lock(m_mutex);
    m_properties.set(value);
}

bool Store::remove_property(ULONG tag) {
    const port::Lock lock(m_mutex);
    return m_properties.remove(tag);
}

std::vector<ULONG> Store::ids_from_names(std::span<const object::PropName> names, bool create) {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> ids;
    for (const object::PropName& name : names) {
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        const auto index = static_cast<ULONG>(found - m_names.begin());
        const bool known = found != m_names.end();
        const bool added = !known && create && index <= kLastNamedId - kFirstNamedId;
        if (added) m_names.push_back(name);
        ids.push_back(known || added ? kFirstNamedId + index : 0);
    }
    return ids;
}

std::vector<std::optional<object::PropName>> Store::names_from_ids(std::span<const ULONG> ids) {
    const port::Lock lock(m_mutex);
    std::vector<std::optional<object::PropName>> names;
    for (const ULONG id : ids) {
        const bool known = id >= kFirstNamedId && id - kFirstNamedId < m_names.size();
        names.push_back(known ? std::optional(m_names[id - kFirstNamedId]) : std::nullopt);
    }
    return names;
}

std::vector<std::pair<ULONG, object::PropName>> Store::all_names() {
    const port::Lock lock(m_mutex);
    std::vector<std::pair<ULONG, object::PropName>> all;
    for (const object::PropName& name : m_names)
        all.emplace_back(kFirstNamedId + static_cast<ULONG>(all.size()), name);
    return all;
}

ReceiveFolder Store::receive_folder(StringView message_class) {
    const port::Lock lock(m_mutex);
    const ReceiveFolder* best = nullptr;
    for (const ReceiveFolder& candidate : m_receive_folders) {
        if (!is_prefix(candidate.message_class, message_class)) continue;
        if (!best || candidate.message_class.size() > best->message_class.size()) best = &candidate;
    }
    return *best;  // there is always one for the empty class
}

void Store::set_receive_folder(StringView message_class, Number folder) {
    const port::Lock lock(m_mutex);
    if (folder != 0) folder_at(folder);
    std::erase_if(m_receive_folders, [&](const ReceiveFolder& old) {
        return text::equal_ignoring_case(old.message_class, message_class);
    });
    // Mail that nobody else takes must go somewhere: to the root, as the page says.
    if (folder == 0 && message_class.empty()) folder = kRoot;
    if (folder == 0) return;
    m_receive_folders.push_back({String(message_class), folder, port::file_time_now()});
}

std::vector<ReceiveFolder> Store::receive_folders() {
    const port::Lock lock(m_mutex);
    return m_receive_folders;
}

void Store::join(std::weak_ptr<ChangeListener> listener) {
    const port::Lock lock(m_mutex);
    std::erase_if(m_listeners, [](const auto& old) { return old.expired(); });
    m_listeners.push_back(std::move(listener));
}

void Store::tell(const Change& change) {
    std::vector<std::shared_ptr<ChangeListener>> alive;
    {
        const port::Lock lock(m_mutex);
        for (const auto& listener : m_listeners) {
            if (auto strong = listener.lock()) alive.push_back(std::move(strong));
        }
    }
    for (const auto& listener : alive) listener->on_change(change);
}

}  // namespace remapi::memory_store
