// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/folder.h"

#include "port/clock.h"
#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/search.h"

namespace remapi::localstore {

using Kind = Transaction::Kind;

Folder::Folder(std::shared_ptr<Store> store, std::int64_t id, bool writable)
    : m_store(std::move(store)), m_id(id), m_writable(writable) {
    Transaction work(*m_store->database(), Kind::Read);
    const auto row = rows::read_folder(work, id);
    if (!row) throw Error(MAPI_E_NOT_FOUND, "opening a folder");
    m_is_search = row->kind == FOLDER_SEARCH;
}

FolderFacts Folder::facts() const {
    if (m_is_search) refresh_search(m_store, m_id);
    Transaction work(*m_store->database(), Kind::Read);
    if (!rows::read_folder(work, m_id)) throw Error(MAPI_E_OBJECT_DELETED, "reading a folder");
    FolderFacts facts(m_store, work, m_id);
    facts.writable = m_writable;
    return facts;
}

void Folder::change(const std::function<bool(FolderFacts&)>& change) {
    Transaction work(*m_store->database(), Kind::Durable);
    FolderFacts facts(m_store, work, m_id);
    if (!change(facts)) return;
    facts.row.modified = port::file_time_now();
    facts.row.properties = encode_properties({facts.values, {}});
    if (!rows::update_folder(work, facts.row))
        throw Error(MAPI_E_OBJECT_DELETED, "changing a folder");
    work.commit();
}

SCODE Folder::set(const PropValue& value) {
    SCODE refused = S_OK;
    const bool renames = PROP_ID(value.tag()) == PROP_ID(PR_DISPLAY_NAME);
    if (renames && !value.is_text()) return MAPI_E_INVALID_TYPE;
    try {
        change([&](FolderFacts& facts) {
            refused = facts.may_change(value.tag());
            if (refused == S_OK && renames && value.text().empty()) refused = MAPI_E_BAD_VALUE;
            if (refused != S_OK) return false;
            if (renames) {
                facts.row.name = value.text();
            } else {
                facts.values.set(value.with_tag(object::stored_tag(value.tag())));
            }
            return true;
        });
    } catch (const Error& error) {
        // The name is a sibling's: the other properties of the call may be set all the same.
        if (!renames || error.code() != MAPI_E_COLLISION) throw;
        refused = MAPI_E_COLLISION;
    }
    return refused;
}

SCODE Folder::remove(ULONG tag) {
    SCODE answer = S_OK;
    change([&](FolderFacts& facts) {
        answer = facts.may_change(tag);
        if (answer == S_OK && PROP_ID(tag) == PROP_ID(PR_DISPLAY_NAME)) answer = MAPI_E_NO_ACCESS;
        if (answer == S_OK && !facts.values.remove(tag)) answer = MAPI_E_NOT_FOUND;
        return answer == S_OK;
    });
    return answer;
}

Folder::Created Folder::create_folder(ULONG kind, StringView name, StringView comment,
                                      bool open_existing) {
    if (m_is_search) throw Error(MAPI_E_NO_ACCESS, "making a folder in a search folder");
    if (name.empty()) throw Error(MAPI_E_BAD_VALUE, "making a folder without a name");
    Transaction work(*m_store->database(), Kind::Durable);
    const auto existing = rows::find_folder(work, m_id, name);
    if (existing && open_existing) return {*existing, false};
    if (existing) throw Error(MAPI_E_COLLISION, "making a folder whose name is taken");
    FolderRow folder;
    folder.parent = m_id;
    folder.kind = kind;
    folder.name = String(name);
    folder.created = folder.modified = port::file_time_now();
    StoredProperties properties;
    if (!comment.empty()) properties.values.set({PR_COMMENT_W, comment});
    folder.properties = encode_properties(properties);
    const std::int64_t id = rows::insert_folder(work, folder);
    work.commit();
    return {id, true};
}

bool Folder::holds(Transaction& work, const MessageRow& message) const {
    return m_is_search ? rows::is_result(work, m_id, message.id) : message.folder == m_id;
}

MessageRow Folder::message_here(Transaction& work, std::int64_t message) {
    auto row = rows::read_message(work, message);
    if (!row || !holds(work, *row))
        throw Error(MAPI_E_NOT_FOUND, "looking for a message in a folder");
    return std::move(*row);
}

ULONG Folder::message_status(std::int64_t message) {
    Transaction work(*m_store->database(), Kind::Read);
    return message_here(work, message).status;
}

Folder::StatusDone Folder::set_message_status(std::int64_t message, ULONG status, ULONG mask) {
    Transaction work(*m_store->database(), Kind::Write);
    const MessageRow row = message_here(work, message);
    rows::set_message_status(work, message, (row.status & ~mask) | (status & mask));
    work.commit();
    return {row.status, row.associated, row.folder};
}

std::vector<std::int64_t> Folder::messages(bool associated, bool deleted) {
    const bool finds = m_is_search && !associated && !deleted;
    if (finds) refresh_search(m_store, m_id);
    Transaction work(*m_store->database(), Kind::Read);
    return finds ? rows::search_results(work, m_id)
                 : rows::messages_in(work, m_id, associated, deleted);
}

std::vector<FolderDepth> Folder::folders(bool all, rows::Children which) {
    Transaction work(*m_store->database(), Kind::Read);
    return rows::folders_below(work, m_id, all, which);
}

Bytes Folder::sort_order() {
    Transaction work(*m_store->database(), Kind::Read);
    const auto row = rows::read_folder(work, m_id);
    return row ? row->sort_order : Bytes();
}

void Folder::set_sort_order(BytesView order, bool recursive) {
    Transaction work(*m_store->database(), Kind::Durable);
    rows::set_sort_order(work, m_id, order);
    if (recursive) {
        for (const FolderDepth& below : rows::folders_below(work, m_id, true))
            rows::set_sort_order(work, below.id, order);
    }
    work.commit();
}

}  // namespace remapi::localstore
