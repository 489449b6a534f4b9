// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The tables of a store as sources for object/'s views: rows are read when somebody looks at them,
// and changes made in this process are told to open views.
#pragma once

#include "object/table/table_source.h"
#include "providers/localstore/model/folder.h"

namespace remapi::localstore {

/// The messages of a folder, or those associated with it. Page: mapi/contents-tables.md
class ContentsSource final : public object::TableSource, public ChangeListener {
public:
    /// Which messages: associated ones or the others; those that can be restored, instead.
    struct Which {
        bool associated = false;
        bool deleted = false;
    };
    static std::shared_ptr<ContentsSource> make(const std::shared_ptr<Store>& store,
                                                std::int64_t folder, Which which);
    ContentsSource(std::shared_ptr<Store> store, std::int64_t folder, Which which);

    std::vector<object::RowKey> keys() override;
    object::RowPtr row(object::RowKey key) override;
    std::vector<ULONG> default_columns() const override;
    void on_change(const Change& change) override;

private:
    const std::shared_ptr<Store> m_store;
    const std::int64_t m_folder;
    const Which m_which;
};

/// What a search folder has found. Page: mapi/contents-tables.md
class SearchSource final : public object::TableSource, public ChangeListener {
public:
    static std::shared_ptr<SearchSource> make(const std::shared_ptr<Store>& store,
                                              std::int64_t folder);
    SearchSource(std::shared_ptr<Store> store, std::int64_t folder)
        : m_store(std::move(store)), m_folder(folder) {}

    std::vector<object::RowKey> keys() override;
    object::RowPtr row(object::RowKey key) override;
    std::vector<ULONG> default_columns() const override;
    void on_change(const Change& change) override;

private:
    void on_message_change(const Change& change);
    void on_search_change(const Change& change);

    const std::shared_ptr<Store> m_store;
    const std::int64_t m_folder;
};

/// The folders in a folder, or all below it. Page: mapi/hierarchy-tables.md
class HierarchySource final : public object::TableSource, public ChangeListener {
public:
    /// @param all      everything below, not only the children
    /// @param deleted  the sub-folders that can be restored, instead
    static std::shared_ptr<HierarchySource> make(const std::shared_ptr<Store>& store,
                                                 std::int64_t folder, bool all, bool deleted);
    HierarchySource(std::shared_ptr<Store> store, std::int64_t folder, bool all, bool deleted);

    std::vector<object::RowKey> keys() override;
    object::RowPtr row(object::RowKey key) override;
    std::vector<ULONG> default_columns() const override;
    void on_change(const Change& change) override;

private:
    ULONG depth_of(Transaction& work, std::int64_t folder) const;

    const std::shared_ptr<Store> m_store;
    const std::int64_t m_folder;
    const bool m_all;
    const bool m_deleted;
};

/// The outgoing queue, first submitted first. Page: mapi/outgoing-queue-tables.md
class QueueSource final : public object::TableSource, public ChangeListener {
public:
    static std::shared_ptr<QueueSource> make(const std::shared_ptr<Store>& store);
    explicit QueueSource(std::shared_ptr<Store> store) : m_store(std::move(store)) {}

    std::vector<object::RowKey> keys() override;
    object::RowPtr row(object::RowKey key) override;
    std::vector<ULONG> default_columns() const override;
    void on_change(const Change& change) override;

private:
    const std::shared_ptr<Store> m_store;
};

}  // namespace remapi::localstore
