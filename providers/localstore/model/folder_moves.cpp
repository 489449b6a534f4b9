// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How messages and sub-folders leave a folder and come to another one.
#include "port/clock.h"
#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/folder.h"

namespace remapi::localstore {
namespace {

using Kind = Transaction::Kind;

/// Whether a message is on its way out; one that was sent has the flag no more.
bool is_submitted(const MessageRow& message) {
    return (message.flags & MSGFLAG_SUBMIT) != 0;
}

/// A sub-folder of `parent`. Errors: MAPI_E_NOT_FOUND.
FolderRow child_of(Transaction& work, std::int64_t parent, std::int64_t child) {
    auto folder = rows::read_folder(work, child);
    if (!folder || folder->parent != parent)
        throw Error(MAPI_E_NOT_FOUND, "looking for a sub-folder");
    return std::move(*folder);
}

void check_target(Transaction& work, std::int64_t target) {
    const auto folder = rows::read_folder(work, target);
    if (!folder) throw Error(MAPI_E_NOT_FOUND, "a folder to copy to");
    if (folder->kind == FOLDER_SEARCH)
        throw Error(MAPI_E_NO_ACCESS, "a search folder, which holds nothing of its own");
}

void check_folder_target(Transaction& work, std::int64_t target, std::int64_t child) {
    check_target(work, target);
    if (rows::is_below(work, target, child))
        throw Error(MAPI_E_FOLDER_CYCLE, "copying or moving a folder into itself");
}

/// What a copy of a message says of itself: a copy of one on its way out is a draft, no report is
/// due for a copy. Page: mapi/providing-read-and-nonread-reports-for-message-store-providers.md
void make_a_copy(MessageRow& row, std::int64_t target) {
    row.folder = target;
    row.flags &= ~(MSGFLAG_SUBMIT | MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING);
    row.status = 0;
}

}  // namespace

std::optional<FolderRow> Folder::deletable(Transaction& work, std::int64_t child, ULONG flags,
                                           Removal how) {
    FolderRow folder = child_of(work, m_id, child);
    if (folder.deleted && how == Removal::Soft)
        throw Error(MAPI_E_NOT_FOUND, "deleting a folder that was deleted");
    if (rows::holds_special_folder(work, child))
        throw Error(MAPI_E_NO_ACCESS, "deleting a special folder");
    if (folder.folder_count != 0 && (flags & DEL_FOLDERS) == 0) {
        throw Error(MAPI_E_HAS_FOLDERS, "deleting a folder with sub-folders");
    }
    if (folder.content_count != 0 && (flags & DEL_MESSAGES) == 0) {
        throw Error(MAPI_E_HAS_MESSAGES, "deleting a folder with messages");
    }
    if (rows::holds_submitted(work, child)) return std::nullopt;
    return folder;
}

bool Folder::may_delete_folder(std::int64_t child, ULONG flags, Removal how) {
    Transaction work(*m_store->database(), Kind::Read);
    return deletable(work, child, flags, how).has_value();
}

bool Folder::delete_folder(std::int64_t child, ULONG flags, Removal how) {
    Transaction work(*m_store->database(), Kind::Durable);
    auto folder = deletable(work, child, flags, how);
    if (!folder) return false;
    const std::uint64_t now = port::file_time_now();
    rows::release_receive_folders(work, child, m_store->special(Special::Inbox), now);
    if (how == Removal::Soft) {
        folder->deleted = now;
        rows::update_folder(work, *folder);
    } else {
        rows::delete_folder(work, child);
    }
    work.commit();
    return true;
}

bool Folder::move_folder(std::int64_t child, std::int64_t target, StringView new_name) {
    Transaction work(*m_store->database(), Kind::Durable);
    FolderRow folder = child_of(work, m_id, child);
    const bool was_deleted = folder.deleted.has_value();
    if (rows::holds_special_folder(work, child))
        throw Error(MAPI_E_NO_ACCESS, "moving a special folder");
    check_folder_target(work, target, child);
    folder.parent = target;
    folder.deleted.reset();
    if (!new_name.empty()) folder.name = String(new_name);
    folder.modified = port::file_time_now();
    rows::update_folder(work, folder);
    work.commit();
    return was_deleted;
}

std::int64_t Folder::copy_folder(std::int64_t child, std::int64_t target, StringView new_name) {
    Transaction work(*m_store->database(), Kind::Durable);
    FolderRow folder = child_of(work, m_id, child);
    check_folder_target(work, target, child);
    folder.parent = target;
    if (folder.kind != FOLDER_SEARCH) folder.kind = FOLDER_GENERIC;
    if (!new_name.empty()) folder.name = String(new_name);
    folder.created = folder.modified = port::file_time_now();
    const std::int64_t copy = rows::insert_folder(work, folder);
    rows::set_sort_order(work, copy, folder.sort_order);
    rows::copy_search(work, child, copy);
    work.commit();
    return copy;
}

std::vector<MessageDone> Folder::for_messages(
    std::span<const std::int64_t> messages, Deleted deleted,
    const std::function<void(Transaction&, std::int64_t)>& action) {
    std::vector<MessageDone> done;
    Transaction work(*m_store->database(), Kind::Durable);
    for (const std::int64_t id : messages) {
        const auto row = rows::read_message(work, id);
        if (!row || !holds(work, *row) || is_submitted(*row)) continue;
        if (row->deleted && deleted == Deleted::LeftOut) continue;
        action(work, id);
        done.push_back({id, row->associated, row->deleted.has_value(), 0, row->folder});
    }
    work.commit();
    return done;
}

std::vector<MessageDone> Folder::delete_messages(std::span<const std::int64_t> messages,
                                                 Removal how) {
    if (how == Removal::Hard) {
        return for_messages(messages, Deleted::Included, [](Transaction& work, std::int64_t id) {
            rows::delete_message(work, id);
        });
    }
    const std::uint64_t now = port::file_time_now();
    return for_messages(messages, Deleted::LeftOut, [&](Transaction& work, std::int64_t id) {
        rows::mark_message_deleted(work, id, now);
        // A sent message that is deleted leaves the queue in the same step, as below.
        rows::dequeue(work, id);
    });
}

std::vector<MessageDone> Folder::move_messages(std::span<const std::int64_t> messages,
                                               std::int64_t target) {
    return for_messages(messages, Deleted::Included, [&](Transaction& work, std::int64_t id) {
        check_target(work, target);
        rows::move_message(work, id, target);
        // A sent message that was filed leaves the queue in the same step: no crash files it twice.
        rows::dequeue(work, id);
    });
}

std::vector<MessageDone> Folder::copy_messages(std::span<const std::int64_t> messages,
                                               std::int64_t target) {
    std::vector<MessageDone> done;
    std::vector<MessageContent> copies;
    for (const std::int64_t id : messages) {
        {
            Transaction work(*m_store->database(), Kind::Read);
            const auto row = rows::read_message(work, id);
            if (!row || !holds(work, *row)) continue;
            done.push_back({id, row->associated, row->deleted.has_value(), 0, row->folder});
        }
        copies.push_back(duplicate(m_store, id));
        make_a_copy(copies.back().facts.row, target);
        flush_large(copies.back());
    }
    {
        Transaction work(*m_store->database(), Kind::Durable);
        check_target(work, target);
        for (std::size_t i = 0; i < copies.size(); ++i) {
            save_content(work, copies[i]);
            done[i].copy = copies[i].facts.row.id;
        }
        work.commit();
    }
    for (const MessageContent& copy : copies) mark_saved(copy);
    return done;
}

}  // namespace remapi::localstore
