// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <span>

#include "providers/localstore/model/message_content.h"

namespace remapi::localstore {

/// How something is deleted.
enum class Removal {
    Soft,  ///< it can be restored for a while (option store.keep-deleted-days)
    Hard,  ///< for good
};

/// A message that something was done to.
struct MessageDone {
    std::int64_t id = 0;
    bool associated = false;
    bool was_deleted = false;  ///< it was deleted before and could be restored
    std::int64_t copy = 0;     ///< copied: the new one
    std::int64_t folder = 0;   ///< where it lay: not the search folder that showed it
};

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
    PropValue display_type() const;
    PropValue status() const;  ///< as clients have set it
    PropValue content_count() const;
    PropValue unread_count() const;
    PropValue sub_folders() const;
    PropValue hierarchy_object() const;
    PropValue contents_object() const;
    PropValue associated_object() const;
    PropValue associated_count() const;
    PropValue deleted_message_count() const;
    PropValue deleted_folder_count() const;
    PropValue deleted_associated_count() const;
    PropValue deleted_on() const;
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
    /// A search folder: its messages are those that were found, wherever they lie.
    bool is_search() const noexcept { return m_is_search; }
    /// Errors: MAPI_E_OBJECT_DELETED.
    FolderFacts facts() const;
    /// Sets and removes properties at once; answers S_OK or the problem.
    SCODE set(const PropValue& value);
    SCODE remove(ULONG tag);

    /// Makes a sub-folder, or answers the one of this name when `open_existing`.
    /// @param kind  FOLDER_GENERIC or FOLDER_SEARCH; what exists may be of the other
    /// Errors: MAPI_E_COLLISION, MAPI_E_BAD_VALUE for an empty name, MAPI_E_NO_ACCESS in a search
    /// folder.
    struct Created {
        std::int64_t id;
        bool is_new;
    };
    Created create_folder(ULONG kind, StringView name, StringView comment, bool open_existing);
    /// Deletes a sub-folder with what is in it; hard also one that was deleted already. False when
    /// it stays because a message in it is on its way out. Errors: MAPI_E_NOT_FOUND,
    /// MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES without DEL_FOLDERS, DEL_MESSAGES in `flags`;
    /// MAPI_E_NO_ACCESS for a special folder.
    bool delete_folder(std::int64_t child, ULONG flags, Removal how);
    /// What delete_folder would answer; nothing is done yet.
    bool may_delete_folder(std::int64_t child, ULONG flags, Removal how);
    /// Moves a sub-folder to `target`; one that was deleted is restored by it. True for such a one.
    /// Errors: MAPI_E_NOT_FOUND, MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION, MAPI_E_NO_ACCESS for a
    /// special folder or to a search folder.
    bool move_folder(std::int64_t child, std::int64_t target, StringView new_name);
    /// Makes an empty copy of a sub-folder in `target`, with its properties. Errors:
    /// MAPI_E_NOT_FOUND, MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION, MAPI_E_NO_ACCESS to a search
    /// folder.
    std::int64_t copy_folder(std::int64_t child, std::int64_t target, StringView new_name);

    // Messages of this folder, as many as can be done in one step. Left out are those that do not
    // lie here and those on their way out. Each answers the messages it did. Nothing is moved or
    // copied to a search folder (MAPI_E_NO_ACCESS).
    /// Hard also those that were deleted already.
    std::vector<MessageDone> delete_messages(std::span<const std::int64_t> messages, Removal how);
    /// Those that were deleted are restored by it.
    std::vector<MessageDone> move_messages(std::span<const std::int64_t> messages,
                                           std::int64_t target);
    std::vector<MessageDone> copy_messages(std::span<const std::int64_t> messages,
                                           std::int64_t target);
    ULONG message_status(std::int64_t message);
    struct StatusDone {
        ULONG before = 0;
        bool associated = false;
        std::int64_t folder = 0;  ///< as MessageDone's
    };
    /// Replaces the bits in `mask`; answers what the status was.
    StatusDone set_message_status(std::int64_t message, ULONG status, ULONG mask);
    /// With `deleted` those that can be restored, instead.
    std::vector<std::int64_t> messages(bool associated, bool deleted = false);
    std::vector<FolderDepth> folders(bool all, rows::Children which = rows::Children::Present);

    /// The order in which a new contents table shows its rows; empty: none of its own.
    Bytes sort_order();
    /// With `recursive` also for every folder below. Page: mapi/imapifolder-savecontentssort.md
    void set_sort_order(BytesView order, bool recursive);

private:
    /// Writes what `change` altered, when it answers that it did.
    void change(const std::function<bool(FolderFacts&)>& change);
    /// The sub-folder, if it may be deleted so; nullopt, errors: as delete_folder.
    std::optional<FolderRow> deletable(Transaction& work, std::int64_t child, ULONG flags,
                                       Removal how);
    /// Whether a message is one of this folder's.
    bool holds(Transaction& work, const MessageRow& message) const;
    /// The row of a message that lies in this folder.
    MessageRow message_here(Transaction& work, std::int64_t message);
    /// Whether messages that were deleted are meant, too.
    enum class Deleted { LeftOut, Included };
    std::vector<MessageDone> for_messages(
        std::span<const std::int64_t> messages, Deleted deleted,
        const std::function<void(Transaction&, std::int64_t)>& action);

    const std::shared_ptr<Store> m_store;
    const std::int64_t m_id;
    const bool m_writable;
    bool m_is_search = false;
};

}  // namespace remapi::localstore
