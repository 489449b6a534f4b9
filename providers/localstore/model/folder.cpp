// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/folder.h"

#include "port/clock.h"

namespace remapi::localstore {
namespace {

using Kind = Transaction::Kind;

/// Whether a message is on its way out; one that was sent has the flag no more.
bool is_submitted(const MessageRow& message) {
    return (message.flags & MSGFLAG_SUBMIT) != 0;
}

}  // namespace

Folder::Folder(std::shared_ptr<Store> store, std::int64_t id, bool writable)
    : m_store(std::move(store)), m_id(id), m_writable(writable) {
    Transaction work(*m_store->database(), Kind::Read);
    if (!rows::read_folder(work, id)) throw Error(MAPI_E_NOT_FOUND, "opening a folder");
}

FolderFacts Folder::facts() const {
    Transaction work(*m_store->database(), Kind::Read);
    if (!rows::read_folder(work, m_id)) throw Error(MAPI_E_OBJECT_DELETED, "reading a folder");
    FolderFacts facts(m_store, work, m_id);
    facts.writable = m_writable;
    return facts;
}

void Folder::change(const std::function<void(FolderFacts&)>& change) {
    Transaction work(*m_store->database(), Kind::Durable);
    FolderFacts facts(m_store, work, m_id);
    change(facts);
    facts.row.modified = port::file_time_now();
    facts.row.properties = encode_properties({facts.values, {}});
    if (!rows::update_folder(work, facts.row))
        throw Error(MAPI_E_OBJECT_DELETED, "changing a folder");
    work.commit();
}

SCODE Folder::set(const PropValue& value) {
    SCODE refused = S_OK;
    change([&](FolderFacts& facts) {
        refused = facts.may_change(value.tag());
        if (refused != S_OK) return;
        if (PROP_ID(value.tag()) != PROP_ID(PR_DISPLAY_NAME)) {
            facts.values.set(value.with_tag(object::stored_tag(value.tag())));
        } else if (value.text().empty()) {
            refused = MAPI_E_BAD_VALUE;
        } else {
            facts.row.name = value.text();
        }
    });
    return refused;
}

SCODE Folder::remove(ULONG tag) {
    SCODE answer = S_OK;
    change([&](FolderFacts& facts) {
        answer = facts.may_change(tag);
        if (answer == S_OK && PROP_ID(tag) == PROP_ID(PR_DISPLAY_NAME)) answer = MAPI_E_NO_ACCESS;
        if (answer == S_OK && !facts.values.remove(tag)) answer = MAPI_E_NOT_FOUND;
    });
    return answer;
}

Folder::Created Folder::create_folder(StringView name, StringView comment, bool open_existing) {
    if (name.empty()) throw Error(MAPI_E_BAD_VALUE, "making a folder without a name");
    Transaction work(*m_store->database(), Kind::Durable);
    const auto existing = rows::find_folder(work, m_id, name);
    if (existing && open_existing) return {*existing, false};
    if (existing) throw Error(MAPI_E_COLLISION, "making a folder whose name is taken");
    FolderRow folder;
    folder.parent = m_id;
    folder.name = String(name);
    folder.created = folder.modified = port::file_time_now();
    StoredProperties properties;
    if (!comment.empty()) properties.values.set({PR_COMMENT_W, comment});
    folder.properties = encode_properties(properties);
    const std::int64_t id = rows::insert_folder(work, folder);
    work.commit();
    return {id, true};
}

void Folder::delete_folder(std::int64_t child, ULONG flags) {
    Transaction work(*m_store->database(), Kind::Durable);
    const auto folder = rows::read_folder(work, child);
    if (!folder || folder->parent != m_id) throw Error(MAPI_E_NOT_FOUND, "deleting a folder");
    if (rows::holds_special_folder(work, child))
        throw Error(MAPI_E_NO_ACCESS, "deleting a special folder");
    if (folder->folder_count != 0 && (flags & DEL_FOLDERS) == 0) {
        throw Error(MAPI_E_HAS_FOLDERS, "deleting a folder with sub-folders");
    }
    if (folder->content_count != 0 && (flags & DEL_MESSAGES) == 0) {
        throw Error(MAPI_E_HAS_MESSAGES, "deleting a folder with messages");
    }
    rows::delete_folder(work, child);
    work.commit();
}

void Folder::move_folder(std::int64_t child, std::int64_t target, StringView new_name) {
    Transaction work(*m_store->database(), Kind::Durable);
    auto folder = rows::read_folder(work, child);
    if (!folder || folder->parent != m_id) throw Error(MAPI_E_NOT_FOUND, "moving a folder");
    if (rows::holds_special_folder(work, child))
        throw Error(MAPI_E_NO_ACCESS, "moving a special folder");
    if (rows::is_below(work, target, child))
        throw Error(MAPI_E_FOLDER_CYCLE, "moving a folder into itself");
    folder->parent = target;
    if (!new_name.empty()) folder->name = String(new_name);
    folder->modified = port::file_time_now();
    rows::update_folder(work, *folder);
    work.commit();
}

MessageRow Folder::message_here(Transaction& work, std::int64_t message) {
    auto row = rows::read_message(work, message);
    if (!row || row->folder != m_id)
        throw Error(MAPI_E_NOT_FOUND, "looking for a message in a folder");
    return std::move(*row);
}

std::vector<std::int64_t> Folder::for_messages(
    Kind kind, std::span<const std::int64_t> messages,
    const std::function<void(Transaction&, std::int64_t)>& action) {
    std::vector<std::int64_t> done;
    Transaction work(*m_store->database(), kind);
    for (const std::int64_t id : messages) {
        const auto row = rows::read_message(work, id);
        if (!row || row->folder != m_id || is_submitted(*row)) continue;
        action(work, id);
        done.push_back(id);
    }
    work.commit();
    return done;
}

std::vector<std::int64_t> Folder::delete_messages(std::span<const std::int64_t> messages) {
    return for_messages(Kind::Durable, messages,
                        [](Transaction& work, std::int64_t id) { rows::delete_message(work, id); });
}

std::vector<std::int64_t> Folder::move_messages(std::span<const std::int64_t> messages,
                                                std::int64_t target) {
    return for_messages(Kind::Durable, messages, [&](Transaction& work, std::int64_t id) {
        if (!rows::read_folder(work, target)) throw Error(MAPI_E_NOT_FOUND, "moving messages");
        rows::move_message(work, id, target);
        // A sent message that was filed leaves the queue in the same step: no crash files it twice.
        rows::dequeue(work, id);
    });
}

std::vector<std::int64_t> Folder::set_message_flags(std::span<const std::int64_t> messages,
                                                    ULONG flags, ULONG mask) {
    return for_messages(Kind::Write, messages, [&](Transaction& work, std::int64_t id) {
        rows::set_message_flags(work, id, flags, mask);
    });
}

std::int64_t Folder::copy_message(std::int64_t message, std::int64_t target) {
    {
        Transaction work(*m_store->database(), Kind::Read);
        message_here(work, message);
    }
    MessageContent copy = duplicate(m_store, message);
    copy.facts.row.folder = target;
    // A copy of a message that is on its way out is a draft; no report is due for a copy.
    copy.facts.row.flags &= ~(MSGFLAG_SUBMIT | MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING);
    copy.facts.row.status = 0;
    flush_large(copy);
    {
        Transaction work(*m_store->database(), Kind::Durable);
        if (!rows::read_folder(work, target)) throw Error(MAPI_E_NOT_FOUND, "copying a message");
        save_content(work, copy);
        work.commit();
    }
    mark_saved(copy);
    return copy.facts.row.id;
}

ULONG Folder::message_status(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Read);
    return message_here(work, message).status;
}

ULONG Folder::set_message_status(std::int64_t message, ULONG status, ULONG mask) {
    Transaction work(*m_store->database(), Kind::Write);
    const ULONG before = message_here(work, message).status;
    rows::set_message_status(work, message, (before & ~mask) | (status & mask));
    work.commit();
    return before;
}

std::vector<std::int64_t> Folder::messages(bool associated) {
    Transaction work(*m_store->database(), Kind::Read);
    return rows::messages_in(work, m_id, associated);
}

std::vector<FolderDepth> Folder::folders(bool all) {
    Transaction work(*m_store->database(), Kind::Read);
    return rows::folders_below(work, m_id, all);
}

}  // namespace remapi::localstore
