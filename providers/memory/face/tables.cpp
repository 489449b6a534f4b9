// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/memory/face/tables.h"

#include <algorithm>

#include "object/table/table_source.h"
#include "providers/memory/model/computed.h"

namespace remapi::memory_store {
namespace {

using object::RowKey;
using object::RowPtr;

RowKey key_of(Number id) {
    return static_cast<RowKey>(id);
}
Number number_of(RowKey key) {
    return static_cast<Number>(key);
}

/// What the three have in common: rows are named by the numbers of the objects that they show.
class Source : public object::TableSource, public ChangeListener {
public:
    explicit Source(std::shared_ptr<Store> store) : m_store(std::move(store)) {}

    RowPtr row(RowKey key) override {
        try {
            auto row = std::make_shared<PropertyBag>(properties(number_of(key)));
            row->set(object::instance_key(key));
            return row;
        } catch (const Error& error) {
            if (error.code() == MAPI_E_NOT_FOUND) return nullptr;  // gone since it was listed
            throw;
        }
    }

protected:
    virtual PropertyBag properties(Number object) = 0;

    PropertyBag message_row(Number id) {
        PropertyBag row = message_properties(*m_store, m_store->message(id));
        row.set({PR_DEPTH, 0});
        row.set({PR_ROW_TYPE, TBL_LEAF_ROW});
        row.set({PR_ACCESS_LEVEL, 0});
        return row;
    }

    const std::shared_ptr<Store> m_store;
};

class ContentsSource final : public Source {
public:
    ContentsSource(std::shared_ptr<Store> store, Number folder, bool associated)
        : Source(std::move(store)),
          m_folder(folder),
          m_associated(associated),
          m_is_search(m_store->folder(folder).type == FOLDER_SEARCH) {}

    std::vector<RowKey> keys() override {
        std::vector<RowKey> keys;
        for (const Number id : m_store->messages_in(m_folder, m_associated))
            keys.push_back(key_of(id));
        return keys;
    }

    std::vector<ULONG> default_columns() const override {
        std::vector<ULONG> columns = {PR_ENTRYID,
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
        if (m_is_search) columns.push_back(PR_PARENT_DISPLAY_W);
        return columns;
    }

    bool match_subobject(RowKey key, ULONG object_tag, const Restriction& restriction) override {
        return part_matches(*m_store, m_store->message(number_of(key)), object_tag, restriction);
    }

    void on_change(const Change& change) override {
        if (m_is_search) {
            reload();  // what it finds may be something else now
            return;
        }
        if (change.object.type != MAPI_MESSAGE) return;
        const RowKey key = key_of(change.object.row);
        const bool is_here = change.parent == m_folder;
        const bool was_here = change.event == fnevObjectMoved && change.old_parent == m_folder;
        if (change.event == fnevObjectDeleted) {
            if (is_here) row_deleted(key);
        } else if (was_here && !is_here) {
            row_deleted(key);
        } else if (is_here && is_ours(number_of(key))) {
            if (change.event == fnevObjectModified) {
                row_modified(key);
            } else {
                row_added(key);
            }
        }
    }

private:
    /// Whether the message, if it is still there, is of the kind that is shown here.
    bool is_ours(Number id) {
        try {
            return m_store->message(id).associated == m_associated;
        } catch (const Error& error) {
            if (error.code() == MAPI_E_NOT_FOUND) return false;
            throw;
        }
    }

    PropertyBag properties(Number id) override {
        PropertyBag row = message_row(id);
        if (m_is_search) {
            const Folder home = m_store->folder(m_store->message(id).folder);
            row.set({PR_PARENT_DISPLAY_W, home.values.text(PR_DISPLAY_NAME_W)});
        }
        return row;
    }

    const Number m_folder;
    const bool m_associated;
    const bool m_is_search;
};

class HierarchySource final : public Source {
public:
    HierarchySource(std::shared_ptr<Store> store, Number folder, bool all)
        : Source(std::move(store)), m_folder(folder), m_all(all) {}

    std::vector<RowKey> keys() override {
        std::vector<RowKey> keys;
        for (const auto& below : m_store->folders_below(m_folder, m_all))
            keys.push_back(key_of(below.id));
        return keys;
    }

    std::vector<ULONG> default_columns() const override {
        return {PR_ENTRYID,
                PR_INSTANCE_KEY,
                PR_RECORD_KEY,
                PR_PARENT_ENTRYID,
                PR_OBJECT_TYPE,
                PR_DISPLAY_NAME_W,
                PR_COMMENT_W,
                PR_DEPTH,
                PR_DISPLAY_TYPE,
                PR_STATUS,
                PR_FOLDER_TYPE,
                PR_SUBFOLDERS,
                PR_CONTENT_COUNT,
                PR_CONTENT_UNREAD,
                PR_CONTAINER_CLASS_W,
                PR_ACCESS,
                PR_STORE_ENTRYID,
                PR_STORE_RECORD_KEY,
                PR_MAPPING_SIGNATURE,
                PR_CREATION_TIME,
                PR_LAST_MODIFICATION_TIME};
    }

    void on_change(const Change& change) override {
        if (change.object.type != MAPI_FOLDER) return;
        const RowKey key = key_of(change.object.row);
        if (change.event == fnevObjectModified) {
            row_modified(key);
        } else if (m_all) {
            reload();  // a folder comes and goes with all that is below it
        } else if (change.event == fnevObjectDeleted || change.parent != m_folder) {
            if (change.parent == m_folder || change.old_parent == m_folder) row_deleted(key);
        } else {
            row_added(key);
        }
    }

private:
    PropertyBag properties(Number id) override {
        PropertyBag row = folder_properties(*m_store, m_store->folder(id), m_store->counts(id));
        const auto below = m_store->folders_below(m_folder, m_all);
        const auto found = std::find_if(below.begin(), below.end(),
                                        [&](const auto& folder) { return folder.id == id; });
        if (found == below.end()) throw Error(MAPI_E_NOT_FOUND, "a row of a hierarchy table");
        row.set({PR_DEPTH, found->depth});
        return row;
    }

    const Number m_folder;
    const bool m_all;
};

class QueueSource final : public Source {
public:
    using Source::Source;

    std::vector<RowKey> keys() override {
        std::vector<RowKey> keys;
        for (const Number id : m_store->queue()) keys.push_back(key_of(id));
        return keys;
    }

    std::vector<ULONG> default_columns() const override {
        return {PR_ENTRYID,      PR_INSTANCE_KEY,  PR_CLIENT_SUBMIT_TIME, PR_DISPLAY_BCC_W,
                PR_DISPLAY_CC_W, PR_DISPLAY_TO_W,  PR_MESSAGE_FLAGS,      PR_MESSAGE_SIZE,
                PR_PRIORITY,     PR_SENDER_NAME_W, PR_SUBJECT_W,          PR_SUBMIT_FLAGS};
    }

    void on_change(const Change& change) override {
        if (change.object.type == MAPI_MESSAGE) reload();
    }

private:
    PropertyBag properties(Number id) override { return message_row(id); }
};

com::Ptr<IMAPITable> open_view(const std::shared_ptr<Store>& store,
                               const std::shared_ptr<Source>& source, ULONG flags,
                               IUnknown* owner) {
    store->join(source);
    return source->open_view(flags & MAPI_UNICODE, owner);
}

}  // namespace

com::Ptr<IMAPITable> open_contents_table(const std::shared_ptr<Store>& store, Number folder,
                                         ULONG flags, IUnknown* owner) {
    const bool associated = (flags & MAPI_ASSOCIATED) != 0;
    return open_view(store, std::make_shared<ContentsSource>(store, folder, associated), flags,
                     owner);
}

com::Ptr<IMAPITable> open_hierarchy_table(const std::shared_ptr<Store>& store, Number folder,
                                          ULONG flags, IUnknown* owner) {
    const bool all = (flags & CONVENIENT_DEPTH) != 0;
    return open_view(store, std::make_shared<HierarchySource>(store, folder, all), flags, owner);
}

com::Ptr<IMAPITable> open_queue_table(const std::shared_ptr<Store>& store, ULONG flags,
                                      IUnknown* owner) {
    return open_view(store, std::make_shared<QueueSource>(store), flags, owner);
}

}  // namespace remapi::memory_store
