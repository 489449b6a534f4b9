// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/memory/face/msg_store.h"

#include <algorithm>

#include "providers/memory/face/folder.h"
#include "providers/memory/face/message.h"

namespace remapi::memory_store {
namespace {

/// Flags that the headers lack. Pages: mapi/pidtagstoresupportmask-canonical-property.md,
/// mapi/imsgstore-openentry.md
constexpr ULONG kStoreUnicodeOk = 0x00040000;
constexpr ULONG kStoreHtmlOk = 0x00010000;
constexpr ULONG kNoCache = 0x00000200;

/// What this store can do, and nothing else.
constexpr ULONG kSupportMask =
    STORE_ENTRYID_UNIQUE | STORE_SEARCH_OK | STORE_MODIFY_OK | STORE_CREATE_OK | STORE_ATTACH_OK |
    STORE_SUBMIT_OK | STORE_NOTIFY_OK | STORE_MV_PROPS_OK | STORE_CATEGORIZE_OK |
    STORE_RESTRICTION_OK | STORE_SORT_OK | kStoreHtmlOk | kStoreUnicodeOk;

/// Not among them are the standard folders: whoever makes them says where they are.
constexpr ULONG kComputed[] = {
    PR_ACCESS,           PR_ACCESS_LEVEL,      PR_MAPPING_SIGNATURE, PR_RECORD_KEY,
    PR_STORE_RECORD_KEY, PR_STORE_ENTRYID,     PR_ENTRYID,           PR_OBJECT_TYPE,
    PR_MDB_PROVIDER,     PR_STORE_SUPPORT_MASK};

bool is_computed(ULONG tag) {
    return std::any_of(std::begin(kComputed), std::end(kComputed),
                       [&](ULONG computed) { return PROP_ID(computed) == PROP_ID(tag); });
}

}  // namespace

MsgStore::MsgStore(std::shared_ptr<Store> store, LogonFacts facts)
    : m_store(std::move(store)), m_facts(std::move(facts)) {}

MsgStore::~MsgStore() {
    log_off();
}

com::Ptr<IMAPISupport> MsgStore::support() {
    const port::Lock lock(m_mutex);
    return m_facts.support;
}

com::Ptr<IMAPISupport> MsgStore::required_support() {
    auto alive = support();
    if (!alive) throw Error(MAPI_E_END_OF_SESSION, "using a store after logoff");
    return alive;
}

PropertyBag MsgStore::all_properties() {
    PropertyBag bag = m_store->properties();
    bag.set({PR_OBJECT_TYPE, MAPI_STORE});
    bag.set({PR_MDB_PROVIDER, kProviderUid});
    bag.set({PR_MAPPING_SIGNATURE, m_store->uid()});
    bag.set({PR_RECORD_KEY, m_store->uid()});
    bag.set({PR_STORE_RECORD_KEY, m_store->uid()});
    bag.set({PR_ENTRYID, m_store->public_entry_id()});
    bag.set({PR_STORE_ENTRYID, m_store->public_entry_id()});
    bag.set({PR_STORE_SUPPORT_MASK, kSupportMask});
    bag.set({PR_ACCESS, MAPI_ACCESS_READ | (m_facts.writable ? MAPI_ACCESS_MODIFY : 0)});
    bag.set({PR_ACCESS_LEVEL, m_facts.writable ? MAPI_MODIFY : 0});
    return bag;
}

std::optional<PropValue> MsgStore::load(ULONG tag) {
    const PropertyBag bag = all_properties();
    const PropValue* found = bag.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> MsgStore::list() {
    return all_properties().tags();
}

SCODE MsgStore::store(const PropValue& value) {
    if (is_computed(value.tag())) return MAPI_E_COMPUTED;
    m_store->set_property(value);
    return S_OK;
}

SCODE MsgStore::erase(ULONG tag) {
    if (is_computed(tag)) return MAPI_E_COMPUTED;
    return m_store->remove_property(tag) ? S_OK : MAPI_E_NOT_FOUND;
}

/// Page: mapi/imsgstore-compareentryids.md
STDMETHODIMP MsgStore::CompareEntryIDs(ULONG left_size, LPENTRYID left, ULONG right_size,
                                       LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMsgStore::CompareEntryIDs", [&]() -> HRESULT {
        if (!same) return MAPI_E_INVALID_PARAMETER;
        *same = FALSE;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto first = m_store->find(format::view_entry_id(left_size, left));
        const auto second = m_store->find(format::view_entry_id(right_size, right));
        if (!first || !second) return MAPI_E_UNKNOWN_ENTRYID;
        *same = *first == *second ? TRUE : FALSE;
        return S_OK;
    });
}

/// Errors: MAPI_E_UNKNOWN_ENTRYID, MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_SUBMITTED,
/// MAPI_E_INTERFACE_NOT_SUPPORTED. Page: mapi/imsgstore-openentry.md
STDMETHODIMP MsgStore::OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags,
                                 ULONG* type, LPUNKNOWN* object) noexcept {
    return abi::guard("IMsgStore::OpenEntry", [&] {
        return open_entry(format::view_entry_id(entry_size, entry), iid, flags, type, object);
    });
}

HRESULT MsgStore::open_entry(BytesView entry, const IID* iid, ULONG flags, ULONG* type,
                             IUnknown** object) {
    if (!type || !object) return MAPI_E_INVALID_PARAMETER;
    *object = nullptr;
    constexpr ULONG kKnown = MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | kNoCache;
    if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
    const auto id = entry.empty() ? std::optional(ObjectId{MAPI_FOLDER, m_store->root()})
                                  : m_store->find(entry);
    if (!id) return MAPI_E_UNKNOWN_ENTRYID;
    const bool best = (flags & MAPI_BEST_ACCESS) != 0;
    const bool wants_writing = best || (flags & MAPI_MODIFY) != 0;
    if (wants_writing && !best && !m_facts.writable) return MAPI_E_NO_ACCESS;
    bool writing = wants_writing && m_facts.writable;

    com::Ptr<IUnknown> opened;
    const auto self = com::Ptr<MsgStore>::share(this);
    if (id->type == MAPI_FOLDER) {
        m_store->folder(id->row);  // throws when it is gone
        opened = com::make<FolderFace>(self, id->row, writing);
    } else {
        Message message = m_store->message(id->row);
        // What is on its way out is its sender's only: the one who holds the lock.
        const bool locked = (message.submit_flags & SUBMITFLAG_LOCKED) != 0;
        if (writing && message.queued && !m_facts.spooler && !locked) {
            if (!best) return MAPI_E_SUBMITTED;
            writing = false;
        }
        opened = com::make<MessageFace>(self, std::move(message), writing);
    }
    void* answer = nullptr;
    const HRESULT hr = opened->QueryInterface(iid ? *iid : IID_IUnknown, &answer);
    if (FAILED(hr)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *type = id->type;
    *object = static_cast<IUnknown*>(answer);
    return S_OK;
}

/// Page: mapi/imsgstore-storelogoff.md
STDMETHODIMP MsgStore::StoreLogoff(ULONG* flags) noexcept {
    return abi::guard("IMsgStore::StoreLogoff", [&]() -> HRESULT {
        if (!flags) return MAPI_E_INVALID_PARAMETER;
        if (const auto host = support()) host->StoreLogoffTransports(flags);
        *flags |= LOGOFF_COMPLETE;
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
}

}  // namespace remapi::memory_store
