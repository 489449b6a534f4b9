// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The folders of a store.
#include <algorithm>

#include "port/clock.h"
#include "providers/memory/model/store.h"
#include "text/text.h"

namespace remapi::memory_store {

Folder& Store::folder_at(Number id) {
    const auto found = m_folders.find(id);
    if (found == m_folders.end()) throw Error(MAPI_E_NOT_FOUND, "looking for a folder");
    return found->second;
}

Folder Store::folder(Number id) {
    const port::Lock lock(m_mutex);
    return folder_at(id);
}

void Store::change_folder(Number id, const std::function<void(Folder&)>& change) {
    const port::Lock lock(m_mutex);
    Folder& folder = folder_at(id);
    change(folder);
    folder.modified = port::file_time_now();
}

Store::Counts Store::counts(Number folder) {
    Counts counts;
    const std::vector<Number> found = messages_in(folder, false);
    const port::Lock lock(m_mutex);
    counts.content = narrow_size(found.size());
    for (const Number id : found) {
        const auto message = m_messages.find(id);
        if (message == m_messages.end()) continue;  // deleted by another thread
        counts.unread += (message->second.content.flags & MSGFLAG_READ) == 0;
    }
    for (const auto& [id, message] : m_messages)
        counts.associated += message.folder == folder && message.associated;
    for (const auto& [id, child] : m_folders) counts.folders += child.parent == folder;
    return counts;
}

std::vector<Store::FolderDepth> Store::folders_below(Number folder, bool all) {
    const port::Lock lock(m_mutex);
    std::vector<FolderDepth> below;
    const std::function<void(Number, ULONG)> add = [&](Number parent, ULONG depth) {
        for (const auto& [id, child] : m_folders) {
            if (child.parent != parent) continue;
            below.push_back({id, depth});
            if (all) add(id, depth + 1);
        }
    };
    add(folder, 0);
    return below;
}

const Folder* Store::find_folder(Number parent, StringView name) const {
    for (const auto& [id, child] : m_folders) {
        const StringView own = child.values.text(PR_DISPLAY_NAME_W);
        if (child.parent == parent && text::equal_ignoring_case(own, name)) return &child;
    }
    return nullptr;
}

Store::Created Store::create_folder(Folder folder, bool open_if_exists) {
    const StringView name = folder.values.text(PR_DISPLAY_NAME_W);
    if (name.empty()) throw Error(MAPI_E_BAD_VALUE, "making a folder without a name");
    const port::Lock lock(m_mutex);
    if (folder_at(folder.parent).type == FOLDER_SEARCH)
        throw Error(MAPI_E_NO_ACCESS, "making a folder in a search folder");
    if (const Folder* taken = find_folder(folder.parent, name)) {
        if (open_if_exists) return {taken->id, false};
        throw Error(MAPI_E_COLLISION, "making a folder whose name is taken");
    }
    folder.id = ++m_last;
    folder.created = folder.modified = port::file_time_now();
    m_folders.emplace(folder.id, std::move(folder));
    return {m_last, true};
}

void Store::delete_tree(Number folder) {
    std::vector<Number> children;
    for (const auto& [id, child] : m_folders) {
        if (child.parent == folder) children.push_back(id);
    }
    for (const Number child : children) delete_tree(child);
    std::erase_if(m_messages, [&](const auto& entry) { return entry.second.folder == folder; });
    std::erase_if(m_queue, [&](Number id) { return m_messages.count(id) == 0; });
    m_folders.erase(folder);
}

void Store::delete_folder(Number parent, Number child, ULONG flags) {
    const Counts inside = counts(child);
    const port::Lock lock(m_mutex);
    const Folder& folder = folder_at(child);
    if (folder.parent != parent) throw Error(MAPI_E_NOT_FOUND, "deleting a folder");
    if (inside.folders != 0 && (flags & DEL_FOLDERS) == 0)
        throw Error(MAPI_E_HAS_FOLDERS, "deleting a folder with sub-folders");
    // What a search folder shows lies elsewhere and stays there.
    const bool has_messages = inside.content != 0 && folder.type != FOLDER_SEARCH;
    if (has_messages && (flags & DEL_MESSAGES) == 0)
        throw Error(MAPI_E_HAS_MESSAGES, "deleting a folder with messages");
    delete_tree(child);
}

bool Store::is_below(Number folder, Number ancestor) const {
    while (folder != 0 && folder != ancestor) {
        const auto found = m_folders.find(folder);
        folder = found == m_folders.end() ? 0 : found->second.parent;
    }
    return folder == ancestor;
}

void Store::move_folder(Number parent, Number child, Number target, StringView new_name) {
    const port::Lock lock(m_mutex);
    Folder& folder = folder_at(child);
    if (folder.parent != parent) throw Error(MAPI_E_NOT_FOUND, "moving a folder");
    if (folder_at(target).type == FOLDER_SEARCH)
        throw Error(MAPI_E_NO_ACCESS, "moving a folder into a search folder");
    if (is_below(target, child)) throw Error(MAPI_E_FOLDER_CYCLE, "moving a folder into itself");
    const String name(new_name.empty() ? folder.values.text(PR_DISPLAY_NAME_W) : new_name);
    const Folder* taken = find_folder(target, name);
    if (taken && taken->id != child) throw Error(MAPI_E_COLLISION, "moving a folder");
    folder.parent = target;
    folder.values.set({PR_DISPLAY_NAME_W, name});
    folder.modified = port::file_time_now();
}

}  // namespace remapi::memory_store
