// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Notifications of a store. MAPI keeps the list of sinks: Advise subscribes to a key, whoever
// changes something notifies under the keys of what it is about. The key of an object is its record
// key, that of everything in the store the store's.
// Page: mapi/providing-notifications-for-message-store-providers.md
#include "log/log.h"
#include "providers/memory/face/msg_store.h"

namespace remapi::memory_store {
namespace {

/// A NOTIFKEY with these bytes, in memory aligned for it.
class NotifyKey {
public:
    explicit NotifyKey(BytesView key) : m_words((sizeof(ULONG) + key.size()) / sizeof(ULONG) + 1) {
        get()->cb = narrow_size(key.size());
        std::memcpy(get()->ab, key.data(), key.size());
    }
    NOTIFKEY* get() noexcept { return reinterpret_cast<NOTIFKEY*>(m_words.data()); }

private:
    std::vector<ULONG> m_words;
};

}  // namespace

/// @param entry       null: everything in the store; of a folder: it and what lies in it
/// @param connection  [out] for Unadvise, never 0
/// Errors: MAPI_E_INVALID_ENTRYID. Page: mapi/imsgstore-advise.md
STDMETHODIMP MsgStore::Advise(ULONG entry_size, LPENTRYID entry, ULONG event_mask,
                              LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return abi::guard("IMsgStore::Advise", [&]() -> HRESULT {
        if (!sink || !connection) return MAPI_E_INVALID_PARAMETER;
        *connection = 0;
        Bytes key = to_bytes(view_bytes(m_store->uid()));
        const BytesView id = format::view_entry_id(entry_size, entry);
        if (!id.empty() && !equal_bytes(id, m_store->public_entry_id())) {
            const auto object = m_store->find(id);
            if (!object) return MAPI_E_INVALID_ENTRYID;
            key = m_store->record_key(*object);
        }
        NotifyKey notify_key(key);
        ULONG_PTR made = 0;
        check(required_support()->Subscribe(notify_key.get(), event_mask, 0, sink, &made),
              "IMAPISupport::Subscribe");
        const port::Lock lock(m_mutex);
        m_connections.insert(made);
        *connection = made;
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND for a connection that is none. Page: mapi/imsgstore-unadvise.md
STDMETHODIMP MsgStore::Unadvise(ULONG_PTR connection) noexcept {
    return abi::guard("IMsgStore::Unadvise", [&]() -> HRESULT {
        {
            const port::Lock lock(m_mutex);
            if (m_connections.erase(connection) == 0) return MAPI_E_NOT_FOUND;
        }
        const auto host = support();
        return host ? host->Unsubscribe(connection) : S_OK;
    });
}

void MsgStore::notify(BytesView key, NOTIFICATION* event) {
    const auto host = support();
    if (!host) return;
    NotifyKey notify_key(key);
    ULONG flags = MAPI_UNICODE;
    const HRESULT hr = host->Notify(notify_key.get(), 1, event, &flags);
    if (FAILED(hr)) REMAPI_WARN(Store, "IMAPISupport::Notify: 0x%08x", static_cast<unsigned>(hr));
}

void MsgStore::notify_about(const object::ObjectEvent& event, std::span<const ObjectId> objects) {
    const auto packed = object::pack(event);
    notify(view_bytes(m_store->uid()), packed.get());
    for (const ObjectId object : objects) {
        if (object.row != 0) notify(m_store->record_key(object), packed.get());
    }
}

void MsgStore::announce(const Change& change) {
    m_store->tell(change);
    const ObjectId parent{MAPI_FOLDER, change.parent};
    const ObjectId old_parent{MAPI_FOLDER, change.old_parent};
    object::ObjectEvent event;
    event.type = change.event;
    event.object_type = change.object.type;
    event.entry_id = m_store->entry_id(change.object);
    if (parent.row != 0) event.parent_id = m_store->entry_id(parent);
    if (old_parent.row != 0) {
        // A moved object keeps its identifier; a copied one has an original.
        const Number old = change.original != 0 ? change.original : change.object.row;
        event.old_id = m_store->entry_id({change.object.type, old});
        event.old_parent_id = m_store->entry_id(old_parent);
    }
    const ObjectId about[] = {change.object, parent, old_parent};
    notify_about(event, about);
    // What is in the folders has changed, and so have their counts.
    if (change.event == fnevObjectModified && change.object.type == MAPI_FOLDER) return;
    announce_counts(parent.row);
    if (old_parent.row != parent.row) announce_counts(old_parent.row);
}

void MsgStore::announce_counts(Number folder) {
    if (folder == 0) return;
    const ObjectId object{MAPI_FOLDER, folder};
    m_store->tell({.object = object});
    object::ObjectEvent event;
    event.object_type = MAPI_FOLDER;
    event.entry_id = m_store->entry_id(object);
    notify_about(event, {&object, 1});
}

void MsgStore::announce_search(Number folder) {
    const ObjectId object{MAPI_FOLDER, folder};
    m_store->tell({.object = object});
    object::ObjectEvent event;
    event.type = fnevSearchComplete;
    event.object_type = MAPI_FOLDER;
    event.entry_id = m_store->entry_id(object);
    notify_about(event, {&object, 1});
}

/// Tells every client what the spooler says it delivered.
/// Page: mapi/imsgstore-notifynewmail.md
STDMETHODIMP MsgStore::NotifyNewMail(LPNOTIFICATION notification) noexcept {
    return abi::guard("IMsgStore::NotifyNewMail", [&]() -> HRESULT {
        if (!notification || notification->ulEventType != fnevNewMail)
            return MAPI_E_INVALID_PARAMETER;
        const NEWMAIL_NOTIFICATION& mail = notification->info.newmail;
        notify(view_bytes(m_store->uid()), notification);
        const auto parent = m_store->find(format::view_entry_id(mail.cbParentID, mail.lpParentID));
        if (parent) notify(m_store->record_key(*parent), notification);
        return S_OK;
    });
}

}  // namespace remapi::memory_store
