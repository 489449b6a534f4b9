// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <map>

#include "object/props/prop_source.h"
#include "port/mutex.h"
#include "providers/memory/model/content.h"

namespace remapi::memory_store {

/// PR_MDB_PROVIDER, and the UID of the store's own entry identifier:
/// {3F0C6B52-9A1D-4D77-8C3E-52454D454D31}, as bytes.
constexpr MAPIUID kProviderUid = {{0x52, 0x6B, 0x0C, 0x3F, 0x1D, 0x9A, 0x77, 0x4D, 0x8C, 0x3E, 0x52,
                                   0x45, 0x4D, 0x45, 0x4D, 0x31}};

/// Something that happened to a folder or message, for tables and advise sinks.
struct Change {
    ULONG event = fnevObjectModified;  ///< fnevObjectCreated, Deleted, Modified, Moved, Copied
    ObjectId object = {};
    Number parent = 0;      ///< the folder that it lies in, or lay in when deleted
    Number old_parent = 0;  ///< moved, copied: the folder that it came from
    Number original = 0;    ///< copied: of what
};

/// Hears of every change, on the thread that made it and without a lock held.
class ChangeListener {
public:
    virtual void on_change(const Change& change) = 0;

protected:
    ~ChangeListener() = default;
};

/// A store: everything there is, behind one lock. Any thread may call it. Methods throw Error;
/// those that take a folder or message throw MAPI_E_NOT_FOUND when it is not there.
class Store {
public:
    /// The store `uid`, the same object while anybody in this process has it open; otherwise a new
    /// one, which has a root folder and nothing else.
    static std::shared_ptr<Store> open(const MAPIUID& uid);

    const MAPIUID& uid() const noexcept { return m_uid; }
    Bytes entry_id(ObjectId object) const { return kit::object_entry_id(m_uid, object); }
    Bytes folder_entry_id(Number folder) const { return entry_id({MAPI_FOLDER, folder}); }
    Bytes record_key(ObjectId object) const { return kit::object_record_key(m_uid, object); }
    /// The object that `entry_id` names; nullopt when it is none of this store's.
    std::optional<ObjectId> find(BytesView entry_id) const {
        return kit::parse_object_entry_id(m_uid, entry_id);
    }
    /// The same for an object of a certain type. Errors: MAPI_E_INVALID_ENTRYID.
    Number require(BytesView entry_id, ULONG type) const;
    Number root() const noexcept { return kRoot; }

    // The store object itself: its own entry identifier, wrapped by the host, and its properties.
    Bytes public_entry_id();
    void set_public_entry_id(Bytes wrapped);
    PropertyBag properties();
    void set_property(const PropValue& value);
    bool remove_property(ULONG tag);

    // Named properties. Page: mapi/imapiprop-getidsfromnames.md
    std::vector<ULONG> ids_from_names(std::span<const object::PropName> names, bool create);
    std::vector<std::optional<object::PropName>> names_from_ids(std::span<const ULONG> ids);
    std::vector<std::pair<ULONG, object::PropName>> all_names();

    // Receive folders. Page: mapi/mapi-receive-folders.md
    ReceiveFolder receive_folder(StringView message_class);
    /// `folder` 0: takes the class out of the list.
    void set_receive_folder(StringView message_class, Number folder);
    std::vector<ReceiveFolder> receive_folders();

    // Folders.
    Folder folder(Number id);
    void change_folder(Number id, const std::function<void(Folder&)>& change);
    struct Counts {
        ULONG content = 0, unread = 0, associated = 0, folders = 0;
    };
    Counts counts(Number folder);
    struct FolderDepth {
        Number id = 0;
        ULONG depth = 0;  ///< 0: directly below
    };
    /// The sub-folders of a folder, or all below it, each before its own sub-folders.
    std::vector<FolderDepth> folders_below(Number folder, bool all);
    struct Created {
        Number id = 0;
        bool is_new = true;
    };
    /// Errors: MAPI_E_COLLISION when the name is taken, unless it is to be opened then;
    /// MAPI_E_BAD_VALUE for an empty name; MAPI_E_NO_ACCESS in a search folder.
    Created create_folder(Folder folder, bool open_if_exists);
    /// Removes a sub-folder with all that is in it. `flags`: DEL_MESSAGES, DEL_FOLDERS.
    /// Errors: MAPI_E_HAS_MESSAGES, MAPI_E_HAS_FOLDERS.
    void delete_folder(Number parent, Number child, ULONG flags);
    /// Errors: MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION.
    void move_folder(Number parent, Number child, Number target, StringView new_name);

    // Messages.
    Message message(Number id);
    /// In the order in which they came; for a search folder, what it finds.
    std::vector<Number> messages_in(Number folder, bool associated);
    /// Puts a message into the store, or in the place of what was saved; completes it first.
    /// Errors: MAPI_E_OBJECT_DELETED; MAPI_E_OBJECT_CHANGED without `force`; MAPI_E_NO_ACCESS for
    /// a new one in a search folder.
    void save(Message& message, bool force);
    // One message each; false when it is not in that folder or on its way out.
    bool delete_message(Number folder, Number id);
    bool move_message(Number folder, Number id, Number target);
    /// Replaces the flags in `mask`.
    bool set_flags(Number folder, Number id, ULONG flags, ULONG mask);
    /// Answers the copy, 0 when there is nothing to copy.
    Number copy_message(Number folder, Number id, Number target);
    /// Replaces the bits in `mask`; answers what the status was.
    ULONG set_status(Number folder, Number id, ULONG status, ULONG mask);

    // The outgoing queue. Page: mapi/sending-messages-message-store-provider-tasks.md
    /// Saves the message and puts it at the end.
    void submit(Message& message, ULONG submit_flags);
    std::vector<Number> queue();
    /// Errors: MAPI_E_NOT_IN_QUEUE; MAPI_E_UNABLE_TO_ABORT for a locked one.
    void abort(Number id);
    void set_locked(Number id, bool locked);
    /// It was sent: it leaves the queue and is no draft any more.
    void finish(Number id);

    // Search folders. Page: mapi/imapicontainer-setsearchcriteria.md
    /// Begins, changes or stops the search of a folder. What is absent stays as it was.
    /// Errors: MAPI_E_NO_SUPPORT for another folder; MAPI_E_NOT_INITIALIZED when something that
    /// was never there is to stay; MAPI_E_TOO_COMPLEX for a search folder among the containers.
    void search(Number folder, std::optional<Restriction> restriction,
                std::optional<std::vector<Number>> containers, ULONG flags);
    /// Errors: MAPI_E_NO_SUPPORT, MAPI_E_NOT_INITIALIZED.
    Search search_of(Number folder);

    // Whoever looks at the store as it changes.
    void join(std::weak_ptr<ChangeListener> listener);
    void tell(const Change& change);

private:
    static constexpr Number kRoot = 1;

    explicit Store(const MAPIUID& uid);

    // All of these want the lock held.
    Folder& folder_at(Number id);
    Message& message_at(Number id);
    Message* movable(Number folder, Number id);
    Message* find_in(Number folder, Number id);
    Message& queued_at(Number id);
    void put(Message& message, bool force);
    bool is_below(Number folder, Number ancestor) const;
    const Folder* find_folder(Number parent, StringView name) const;
    void delete_tree(Number folder);
    std::set<Number> matches(const Search& search);
    bool is_searched(const Search& search, Number folder) const;

    const MAPIUID m_uid;
    port::Mutex m_id_mutex;
    Bytes m_public_entry_id;  ///< guarded by m_id_mutex; all that follows by m_mutex
    port::Mutex m_mutex;
    PropertyBag m_properties;
    std::vector<object::PropName> m_names;
    std::vector<ReceiveFolder> m_receive_folders;
    std::map<Number, Folder> m_folders;
    std::map<Number, Message> m_messages;
    std::vector<Number> m_queue;
    Number m_last = kRoot;
    std::vector<std::weak_ptr<ChangeListener>> m_listeners;
};

}  // namespace remapi::memory_store
