// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/tables.h"

#include "abi/remapi_tags.h"
#include "log/log.h"
#include "providers/localstore/backend/queue_rows.h"
#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/search.h"

namespace remapi::localstore {
namespace {

using object::RowKey;
using object::RowPtr;
using Kind = Transaction::Kind;

RowKey key_of(std::int64_t row) {
    return static_cast<RowKey>(row);
}

/// What a message says of itself. One that is damaged says what the store knows of it, so that it
/// does not take the table with it.
PropertyBag values_of(const std::shared_ptr<Store>& store, Transaction& work, std::int64_t id) {
    try {
        return MessageFacts(store, work, id, Extent::Shown).as_row();
    } catch (const Error& error) {
        if (error.code() != MAPI_E_CORRUPT_DATA) throw;
        REMAPI_INFO(Store, "the properties of message %lld cannot be read",
                    static_cast<long long>(id));
        return MessageFacts(store, work, id, Extent::Row).as_row();
    }
}

/// A row of a message table; null when the message is gone.
std::shared_ptr<PropertyBag> message_row(const std::shared_ptr<Store>& store, RowKey key) {
    Transaction work(*store->database(), Kind::Read);
    const auto id = static_cast<std::int64_t>(key);
    if (!rows::read_message(work, id)) return nullptr;
    auto row = std::make_shared<PropertyBag>(values_of(store, work, id));
    row->set(object::instance_key(key));
    row->set({PR_DEPTH, 0});
    row->set({PR_ROW_TYPE, static_cast<std::int64_t>(TBL_LEAF_ROW)});
    return row;
}

bool is_search_folder(Store& store, std::int64_t id) {
    Transaction work(*store.database(), Kind::Read);
    const auto folder = rows::read_folder(work, id);
    return folder && folder->kind == FOLDER_SEARCH;
}

/// What a new view of messages shows. Page: mapi/contents-tables.md
std::vector<ULONG> contents_columns() {
    return {PR_ENTRYID,
            PR_INSTANCE_KEY,
            PR_RECORD_KEY,
            PR_PARENT_ENTRYID,
            PR_OBJECT_TYPE,
            PR_MESSAGE_CLASS_W,
            PR_SUBJECT_W,
            PR_NORMALIZED_SUBJECT_W,
            PR_SENDER_NAME_W,
            PR_SENT_REPRESENTING_NAME_W,
            PR_DISPLAY_TO_W,
            PR_DISPLAY_CC_W,
            PR_DISPLAY_BCC_W,
            PR_CLIENT_SUBMIT_TIME,
            PR_MESSAGE_DELIVERY_TIME,
            PR_MESSAGE_FLAGS,
            PR_MESSAGE_SIZE,
            PR_MSG_STATUS,
            PR_HASATTACH,
            PR_IMPORTANCE,
            PR_PRIORITY,
            PR_SENSITIVITY,
            PR_CREATION_TIME,
            PR_LAST_MODIFICATION_TIME,
            PR_SEARCH_KEY,
            PR_MAPPING_SIGNATURE,
            PR_STORE_ENTRYID,
            PR_STORE_RECORD_KEY,
            PR_ACCESS,
            PR_ACCESS_LEVEL,
            PR_DEPTH,
            PR_ROW_TYPE};
}

}  // namespace

ContentsSource::ContentsSource(std::shared_ptr<Store> store, std::int64_t folder, Which which)
    : m_store(std::move(store)), m_folder(folder), m_which(which) {}

std::shared_ptr<ContentsSource> ContentsSource::make(const std::shared_ptr<Store>& store,
                                                     std::int64_t folder, Which which) {
    auto source = std::make_shared<ContentsSource>(store, folder, which);
    store->changes().join(source);
    return source;
}

std::vector<RowKey> ContentsSource::keys() {
    Transaction work(*m_store->database(), Kind::Read);
    std::vector<RowKey> keys;
    for (const std::int64_t id :
         rows::messages_in(work, m_folder, m_which.associated, m_which.deleted))
        keys.push_back(key_of(id));
    return keys;
}

RowPtr ContentsSource::row(RowKey key) {
    return message_row(m_store, key);
}

std::vector<ULONG> ContentsSource::default_columns() const {
    return contents_columns();
}

void ContentsSource::on_change(const Change& change) {
    if (change.object.type != MAPI_MESSAGE || change.associated != m_which.associated) return;
    const RowKey key = key_of(change.object.row);
    const bool here = change.parent == m_folder;
    if (m_which.deleted) {
        if (change.event == fnevObjectMoved && change.old_parent == m_folder) row_deleted(key);
        if (change.event != fnevObjectDeleted || !here) return;
        if (change.restorable) {
            row_added(key);
        } else {
            row_deleted(key);
        }
    } else if (change.event == fnevObjectDeleted) {
        if (here) row_deleted(key);
    } else if (change.event == fnevObjectModified) {
        if (here) row_modified(key);
    } else if (here) {
        row_added(key);
    } else if (change.event == fnevObjectMoved && change.old_parent == m_folder) {
        row_deleted(key);
    }
}

std::shared_ptr<SearchSource> SearchSource::make(const std::shared_ptr<Store>& store,
                                                 std::int64_t folder) {
    auto source = std::make_shared<SearchSource>(store, folder);
    store->changes().join(source);
    return source;
}

std::vector<RowKey> SearchSource::keys() {
    refresh_search(m_store, m_folder);
    Transaction work(*m_store->database(), Kind::Read);
    std::vector<RowKey> keys;
    for (const std::int64_t id : rows::search_results(work, m_folder)) keys.push_back(key_of(id));
    return keys;
}

RowPtr SearchSource::row(RowKey key) {
    auto row = message_row(m_store, key);
    if (!row) return nullptr;
    Transaction work(*m_store->database(), Kind::Read);
    if (const auto message = rows::read_message(work, static_cast<std::int64_t>(key)))
        row->set({PR_PARENT_DISPLAY_W, rows::folder_name(work, message->folder)});
    return row;
}

std::vector<ULONG> SearchSource::default_columns() const {
    std::vector<ULONG> columns = contents_columns();
    columns.push_back(PR_PARENT_DISPLAY_W);
    return columns;
}

void SearchSource::on_change(const Change& change) {
    if (change.search != 0) {
        if (change.search == m_folder) on_search_change(change);
        return;
    }
    if (change.object.type == MAPI_MESSAGE && !change.associated) {
        on_message_change(change);
    } else if (change.object.type == MAPI_FOLDER && change.event != fnevObjectModified) {
        refresh_search(m_store, m_folder);
        reload();  // what lies in a folder goes and comes with it
    }
}

void SearchSource::on_message_change(const Change& change) {
    const RowKey key = key_of(change.object.row);
    // One that was removed for good is not among what was found any more.
    if (change.event == fnevObjectDeleted) row_deleted(key);
    if (refresh_search(m_store, m_folder) || change.event != fnevObjectModified) return;
    // A search that was stopped shows what it has found as it is now.
    bool is_found = false;
    {
        Transaction work(*m_store->database(), Kind::Read);
        is_found = rows::is_result(work, m_folder, change.object.row);
    }
    if (is_found) row_modified(key);
}

void SearchSource::on_search_change(const Change& change) {
    const RowKey key = key_of(change.object.row);
    if (change.object.type != MAPI_MESSAGE) {
        reload();
    } else if (change.event == fnevObjectCreated) {
        row_added(key);
    } else if (change.event == fnevObjectDeleted) {
        row_deleted(key);
    } else {
        row_modified(key);
    }
}

HierarchySource::HierarchySource(std::shared_ptr<Store> store, std::int64_t folder, bool all,
                                 bool deleted)
    : m_store(std::move(store)), m_folder(folder), m_all(all), m_deleted(deleted) {}

std::shared_ptr<HierarchySource> HierarchySource::make(const std::shared_ptr<Store>& store,
                                                       std::int64_t folder, bool all,
                                                       bool deleted) {
    auto source = std::make_shared<HierarchySource>(store, folder, all, deleted);
    store->changes().join(source);
    return source;
}

std::vector<RowKey> HierarchySource::keys() {
    Transaction work(*m_store->database(), Kind::Read);
    std::vector<RowKey> keys;
    const auto which = m_deleted ? rows::Children::Deleted : rows::Children::Present;
    for (const FolderDepth& folder : rows::folders_below(work, m_folder, m_all, which))
        keys.push_back(key_of(folder.id));
    return keys;
}

// Sub-folders of the folder itself are at depth 0. Page: mapi/imapicontainer-gethierarchytable.md
ULONG HierarchySource::depth_of(Transaction& work, std::int64_t folder) const {
    ULONG depth = 0;
    for (;;) {
        const auto row = rows::read_folder(work, folder);
        folder = row ? row->parent : 0;
        if (folder == 0 || folder == m_folder) return depth;
        ++depth;
    }
}

RowPtr HierarchySource::row(RowKey key) {
    const auto id = static_cast<std::int64_t>(key);
    if (is_search_folder(*m_store, id)) refresh_search(m_store, id);
    Transaction work(*m_store->database(), Kind::Read);
    if (!rows::read_folder(work, id)) return nullptr;
    auto row = std::make_shared<PropertyBag>(
        FolderFacts(m_store, work, id).as_row(m_all ? depth_of(work, id) : 0));
    row->set(object::instance_key(key));
    return row;
}

std::vector<ULONG> HierarchySource::default_columns() const {
    return {PR_ENTRYID,           PR_INSTANCE_KEY,
            PR_RECORD_KEY,        PR_PARENT_ENTRYID,
            PR_OBJECT_TYPE,       PR_DISPLAY_NAME_W,
            PR_COMMENT_W,         PR_DEPTH,
            PR_DISPLAY_TYPE,      PR_STATUS,
            PR_FOLDER_TYPE,       PR_SUBFOLDERS,
            PR_CONTENT_COUNT,     PR_CONTENT_UNREAD,
            PR_CONTAINER_CLASS_W, PR_ACCESS,
            PR_ACCESS_LEVEL,      PR_STORE_ENTRYID,
            PR_STORE_RECORD_KEY,  PR_MAPPING_SIGNATURE,
            PR_CREATION_TIME,     PR_LAST_MODIFICATION_TIME};
}

void HierarchySource::on_change(const Change& change) {
    if (change.search != 0) {
        row_modified(key_of(change.search));  // it may have found more, or less
        return;
    }
    if (change.object.type != MAPI_FOLDER) return;
    if (change.event == fnevObjectModified) {
        row_modified(key_of(change.object.row));
        return;
    }
    // Which rows come and go with a folder that has sub-folders is found out anew.
    if (m_all || m_deleted) {
        reload();
    } else if (change.parent == m_folder && change.event != fnevObjectDeleted) {
        row_added(key_of(change.object.row));
    } else if (change.parent == m_folder || change.old_parent == m_folder) {
        row_deleted(key_of(change.object.row));
    }
}

std::shared_ptr<QueueSource> QueueSource::make(const std::shared_ptr<Store>& store) {
    auto source = std::make_shared<QueueSource>(store);
    store->changes().join(source);
    return source;
}

std::vector<RowKey> QueueSource::keys() {
    Transaction work(*m_store->database(), Kind::Read);
    std::vector<RowKey> keys;
    for (const std::int64_t id : rows::queued_messages(work)) keys.push_back(key_of(id));
    return keys;
}

RowPtr QueueSource::row(RowKey key) {
    return message_row(m_store, key);
}

std::vector<ULONG> QueueSource::default_columns() const {
    return {PR_ENTRYID,           PR_INSTANCE_KEY,    PR_CLIENT_SUBMIT_TIME, PR_DISPLAY_BCC_W,
            PR_DISPLAY_CC_W,      PR_DISPLAY_TO_W,    PR_MESSAGE_FLAGS,      PR_MESSAGE_SIZE,
            PR_PRIORITY,          PR_SENDER_NAME_W,   PR_SUBJECT_W,          PR_SUBMIT_FLAGS,
            kTagQueueState,       kTagQueueLastError, kTagQueueTries,        kTagQueueNextTry,
            kTagInternetMessageId};
}

void QueueSource::on_change(const Change& change) {
    // A message that is filed or deleted has left the queue, too: what is in it is found out anew.
    if (change.queue) reload();
}

}  // namespace remapi::localstore
