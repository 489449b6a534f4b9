// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMsgStore's notifications: everything goes through the host's Subscribe and Notify, under the
// record key of what it is about, or the store's own for all of it.
#include "abi/remapi_tags.h"
#include "log/log.h"
#include "port/fault_point.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/msg_store.h"

namespace remapi::localstore {
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

void MsgStore::notify(BytesView key, NOTIFICATION* event) {
    const auto host = support();
    if (!host) return;
    NotifyKey notify_key(key);
    ULONG flags = MAPI_UNICODE;
    const HRESULT hr = host->Notify(notify_key.get(), 1, event, &flags);
    if (FAILED(hr)) REMAPI_WARN(Store, "IMAPISupport::Notify: 0x%08x", static_cast<unsigned>(hr));
}

void MsgStore::notify_object(const object::ObjectEvent& event, std::span<const Bytes> keys) {
    const auto packed = object::pack(event);
    notify(view_bytes(m_store->uid()), packed.get());
    for (const Bytes& key : keys) notify(key, packed.get());
}

void MsgStore::announce(const Change& change) {
    m_store->changes().tell(change);
    const MAPIUID& uid = m_store->uid();
    object::ObjectEvent event;
    event.type = change.event;
    event.object_type = change.object.type;
    event.entry_id = m_store->entry_id(change.object);
    std::vector<Bytes> keys{object_record_key(uid, change.object)};
    if (change.parent != 0) {
        event.parent_id = m_store->folder_entry_id(change.parent);
        keys.push_back(object_record_key(uid, {MAPI_FOLDER, change.parent}));
    }
    if (change.old_parent != 0) {
        event.old_parent_id = m_store->folder_entry_id(change.old_parent);
        event.old_id = m_store->entry_id(
            {change.object.type, change.old_row != 0 ? change.old_row : change.object.row});
        keys.push_back(object_record_key(uid, {MAPI_FOLDER, change.old_parent}));
    }
    notify_object(event, keys);
    if (change.event == fnevObjectModified) return;
    // Counts of the folders have changed with what is in them.
    for (const std::int64_t folder : {change.parent, change.old_parent}) {
        if (folder == 0) continue;
        Change counted;
        counted.object = {MAPI_FOLDER, folder};
        m_store->changes().tell(counted);
        object::ObjectEvent modified;
        modified.object_type = MAPI_FOLDER;
        modified.entry_id = m_store->folder_entry_id(folder);
        const Bytes own_key = object_record_key(uid, counted.object);
        notify_object(modified, {&own_key, 1});
    }
}

void MsgStore::announce_search(std::int64_t folder) {
    object::ObjectEvent event;
    event.type = fnevSearchComplete;
    event.object_type = MAPI_FOLDER;
    event.entry_id = m_store->folder_entry_id(folder);
    const Bytes key = object_record_key(m_store->uid(), {MAPI_FOLDER, folder});
    notify_object(event, {&key, 1});
}

void MsgStore::announce_submission() {
    NOTIFICATION event = {};
    event.ulEventType = fnevTableModified;
    event.info.tab.ulTableEvent = TABLE_ROW_ADDED;
    constexpr std::size_t kLength = sizeof kOutgoingQueueKey - 1;
    notify(view_bytes(kOutgoingQueueKey, kLength), &event);
}

/// Asks for notifications about an object, or without an entry id about all of the store. A
/// folder's events include those of what lies in it.
/// @param connection  [out] for Unadvise, never 0
/// Errors: MAPI_E_INVALID_ENTRYID, MAPI_E_END_OF_SESSION.
/// Page: mapi/imsgstore-advise.md
STDMETHODIMP MsgStore::Advise(ULONG entry_size, LPENTRYID entry, ULONG event_mask,
                              LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return abi::guard("IMsgStore::Advise", [&]() -> HRESULT {
        require(sink && connection, "asking for notifications");
        *connection = 0;
        require(event_mask != 0, "asking for notifications of no event");
        Bytes key = to_bytes(view_bytes(m_store->uid()));
        const BytesView id = format::view_entry_id(entry_size, entry);
        if (!id.empty() && !equal_bytes(id, m_store->public_entry_id())) {
            const auto object = object_of(id);
            if (!object)
                throw Error(MAPI_E_INVALID_ENTRYID, "asking for notifications of another store");
            key = object_record_key(m_store->uid(), *object);
        }
        NotifyKey notify_key(key);
        ULONG_PTR made = 0;
        check(required_support()->Subscribe(notify_key.get(), event_mask, 0, sink, &made),
              "IMAPISupport::Subscribe");
        {
            const port::Lock lock(m_mutex);
            m_connections.insert(made);
        }
        *connection = made;
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND for a connection that is none.
/// Page: mapi/imsgstore-unadvise.md
STDMETHODIMP MsgStore::Unadvise(ULONG_PTR connection) noexcept {
    return abi::guard("IMsgStore::Unadvise", [&]() -> HRESULT {
        {
            const port::Lock lock(m_mutex);
            if (m_connections.erase(connection) == 0)
                throw Error(MAPI_E_NOT_FOUND, "ending notifications that nobody asked for");
        }
        const auto host = support();
        return host ? host->Unsubscribe(connection) : S_OK;
    });
}

/// Passes on what the spooler says about a message that it delivered.
/// Page: mapi/imsgstore-notifynewmail.md
STDMETHODIMP MsgStore::NotifyNewMail(LPNOTIFICATION notification) noexcept {
    return abi::guard("IMsgStore::NotifyNewMail", [&]() -> HRESULT {
        require(notification && notification->ulEventType == fnevNewMail,
                "passing on what is no new mail");
        const NEWMAIL_NOTIFICATION& mail = notification->info.newmail;
        notify(view_bytes(m_store->uid()), notification);
        const auto parent = object_of(format::view_entry_id(mail.cbParentID, mail.lpParentID));
        if (parent) notify(object_record_key(m_store->uid(), *parent), notification);
        return S_OK;
    });
}

void MsgStore::log_off() noexcept {
    std::set<ULONG_PTR> connections;
    com::Ptr<IMAPISupport> host;
    {
        const port::Lock lock(m_mutex);
        connections.swap(m_connections);
        host = std::move(m_facts.support);
    }
    if (!host) return;
    for (const ULONG_PTR connection : connections) host->Unsubscribe(connection);
    // Only now nobody uses this logon any more. Page: mapi/imsgstore-storelogoff.md
    ULONG flags = m_logoff_flags;
    const HRESULT hr = host->StoreLogoffTransports(&flags);
    if (FAILED(hr)) {
        REMAPI_INFO(Store, "IMAPISupport::StoreLogoffTransports: 0x%08x",
                    static_cast<unsigned>(hr));
    }
}

}  // namespace remapi::localstore
