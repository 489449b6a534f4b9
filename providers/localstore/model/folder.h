// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <span>

#include "providers/localstore/model/message_content.h"

namespace remapi::localstore {

/// What the row of a folder says, and what is computed from it. A value.
struct FolderFacts {
    /// Errors: MAPI_E_NOT_FOUND.
    FolderFacts(std::shared_ptr<Store> its_store, Transaction& work, std::int64_t id);

    std::optional<PropValue> load(ULONG tag) const;
    std::vector<ULONG> list() const;
    SCODE may_change(ULONG tag) const;
    /// Everything, as a row of a hierarchy table.
    PropertyBag as_row(ULONG depth) const;
    ObjectId object_id() const noexcept { return {MAPI_FOLDER, row.id}; }

    std::shared_ptr<Store> store;
    FolderRow row;  ///< but its property blob
    PropertyBag values;
    bool writable = true;

    // Computed properties; PR_NULL stands for absent.
    PropValue parent_entry_id() const;
    PropValue access() const;
    PropValue access_level() const;
    PropValue mapping_signature() const;
    PropValue record_key() const;
    PropValue store_record_key() const;
    PropValue store_entry_id() const;
    PropValue object_type() const;
    PropValue entry_id() const;
    PropValue display_name() const;
    PropValue creation_time() const;
    PropValue modification_time() const;
    PropValue provider() const;
    PropValue drafts_entry_id() const;
    PropValue folder_type() const;
    PropValue content_count() const;
    PropValue unread_count() const;
    PropValue sub_folders() const;
    PropValue hierarchy_object() const;
    PropValue contents_object() const;
    PropValue associated_object() const;
    PropValue associated_count() const;
};

/// An open folder. Nothing is kept in memory: each call sees what everybody has committed. Any
/// thread.
class Folder {
public:
    /// Errors: MAPI_E_NOT_FOUND.
    Folder(std::shared_ptr<Store> store, std::int64_t id, bool writable);

    const std::shared_ptr<Store>& store() const noexcept { return m_store; }
    std::int64_t id() const noexcept { return m_id; }
    bool writable() const noexcept { return m_writable; }
    /// Errors: MAPI_E_OBJECT_DELETED.
    FolderFacts facts() const;
    /// Sets and removes properties at once; answers S_OK or the problem.
    SCODE set(const PropValue& value);
    SCODE remove(ULONG tag);

    /// Makes a sub-folder, or answers the one of this name when `open_existing`.
    /// Errors: MAPI_E_COLLISION, MAPI_E_BAD_VALUE for an empty name.
    struct Created {
        std::int64_t id;
        bool is_new;
    };
    Created create_folder(StringView name, StringView comment, bool open_existing);
    /// Removes a sub-folder. Errors: MAPI_E_NOT_FOUND, MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES
    /// without DEL_FOLDERS, DEL_MESSAGES in `flags`; MAPI_E_NO_ACCESS for a special folder.
    void delete_folder(std::int64_t child, ULONG flags);
    /// Moves a sub-folder to `target`. Errors: MAPI_E_NOT_FOUND, MAPI_E_FOLDER_CYCLE,
    /// MAPI_E_COLLISION, MAPI_E_NO_ACCESS for a special folder.
    void move_folder(std::int64_t child, std::int64_t target, StringView new_name);

    // Messages of this folder, as many as can be done in one step. Left out are those that do not
    // lie here and those on their way out. Each answers the messages it did.
    std::vector<std::int64_t> delete_messages(std::span<const std::int64_t> messages);
    std::vector<std::int64_t> move_messages(std::span<const std::int64_t> messages,
                                            std::int64_t target);
    /// Replaces the flags in `mask`.
    std::vector<std::int64_t> set_message_flags(std::span<const std::int64_t> messages, ULONG flags,
                                                ULONG mask);
    /// Answers the copy. Errors: MAPI_E_NOT_FOUND.
    std::int64_t copy_message(std::int64_t message, std::int64_t target);
    ULONG message_status(std::int64_t message);
    /// Replaces the bits in `mask`; answers what the status was.
    ULONG set_message_status(std::int64_t message, ULONG status, ULONG mask);
    std::vector<std::int64_t> messages(bool associated);
    std::vector<FolderDepth> folders(bool all);

private:
    void change(const std::function<void(FolderFacts&)>& change);
    /// The row of a message that lies in this folder.
    MessageRow message_here(Transaction& work, std::int64_t message);
    std::vector<std::int64_t> for_messages(
        Transaction::Kind kind, std::span<const std::int64_t> messages,
        const std::function<void(Transaction&, std::int64_t)>& action);

    const std::shared_ptr<Store> m_store;
    const std::int64_t m_id;
    const bool m_writable;
};

}  // namespace remapi::localstore
