// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/msg_store.h"

#include <algorithm>

#include "object/util/calls.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/face/message_face.h"
#include "providers/localstore/model/outgoing_queue.h"
#include "providers/localstore/model/tags.h"

namespace remapi::localstore {
namespace {

/// Flags that the headers lack. Page: mapi/pidtagstoresupportmask-canonical-property.md
constexpr ULONG kStoreUnicodeOk = 0x00040000;
constexpr ULONG kStoreHtmlOk = 0x00010000;

/// An OpenEntry flag that the headers lack. Page: mapi/imapisession-openentry.md
constexpr ULONG kNoCache = 0x00000200;

/// What this store can do, and nothing else: it keeps RTF, but not in step with other bodies, which
/// is what STORE_RTF_OK says.
constexpr ULONG kReadMask = STORE_ENTRYID_UNIQUE | STORE_ATTACH_OK | STORE_OLE_OK |
                            STORE_NOTIFY_OK | STORE_MV_PROPS_OK | STORE_CATEGORIZE_OK |
                            STORE_RESTRICTION_OK | STORE_SORT_OK | STORE_SEARCH_OK | kStoreHtmlOk |
                            kStoreUnicodeOk;
constexpr ULONG kWriteMask = STORE_MODIFY_OK | STORE_CREATE_OK | STORE_SUBMIT_OK;

constexpr ULONG kValidFolders = FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_INBOX_VALID |
                                FOLDER_IPM_OUTBOX_VALID | FOLDER_IPM_WASTEBASKET_VALID |
                                FOLDER_IPM_SENTMAIL_VALID | FOLDER_VIEWS_VALID |
                                FOLDER_COMMON_VIEWS_VALID | FOLDER_FINDER_VALID;

// All that is computed for the store; PR_DISPLAY_NAME and what clients set is stored.
constexpr ULONG kComputed[] = {PR_ACCESS_LEVEL,
                               PR_MAPPING_SIGNATURE,
                               PR_RECORD_KEY,
                               PR_STORE_RECORD_KEY,
                               PR_STORE_ENTRYID,
                               PR_OBJECT_TYPE,
                               PR_ENTRYID,
                               PR_DEFAULT_STORE,
                               PR_STORE_SUPPORT_MASK,
                               PR_MDB_PROVIDER,
                               PR_VALID_FOLDER_MASK,
                               PR_IPM_SUBTREE_ENTRYID,
                               PR_IPM_OUTBOX_ENTRYID,
                               PR_IPM_WASTEBASKET_ENTRYID,
                               PR_IPM_SENTMAIL_ENTRYID,
                               PR_VIEWS_ENTRYID,
                               PR_COMMON_VIEWS_ENTRYID,
                               PR_FINDER_ENTRYID,
                               PR_ACCESS,
                               PR_RECEIVE_FOLDER_SETTINGS};

bool is_computed(ULONG tag) {
    return std::any_of(std::begin(kComputed), std::end(kComputed),
                       [&](ULONG computed) { return PROP_ID(computed) == PROP_ID(tag); });
}

}  // namespace

ObjectId required_object(const Store& store, BytesView entry, ULONG type) {
    const auto object = parse_object_entry_id(store.uid(), entry);
    if (!object) throw Error(MAPI_E_UNKNOWN_ENTRYID, "an entry id that is not this store's");
    if (object->type != type)
        throw Error(MAPI_E_INVALID_ENTRYID, "an entry id of another kind of object");
    return *object;
}

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

PropValue MsgStore::special_value(ULONG tag, Special which) const {
    return {tag, m_store->special_entry_id(which)};
}

std::optional<PropValue> MsgStore::computed(ULONG tag) {
    switch (PROP_ID(tag)) {
        case PROP_ID(PR_ACCESS_LEVEL):
            return PropValue(PR_ACCESS_LEVEL,
                             static_cast<std::int64_t>(m_facts.writable ? MAPI_MODIFY : 0));
        case PROP_ID(PR_ACCESS):
            return PropValue(
                PR_ACCESS, static_cast<std::int64_t>(MAPI_ACCESS_READ |
                                                     (m_facts.writable ? MAPI_ACCESS_MODIFY : 0)));
        case PROP_ID(PR_MAPPING_SIGNATURE):
            return PropValue(PR_MAPPING_SIGNATURE, m_store->uid());
        case PROP_ID(PR_RECORD_KEY):
            return PropValue(PR_RECORD_KEY, m_store->uid());
        case PROP_ID(PR_STORE_RECORD_KEY):
            return PropValue(PR_STORE_RECORD_KEY, m_store->uid());
        case PROP_ID(PR_STORE_ENTRYID):
            return PropValue(PR_STORE_ENTRYID, m_store->public_entry_id());
        case PROP_ID(PR_ENTRYID):
            return PropValue(PR_ENTRYID, m_store->public_entry_id());
        case PROP_ID(PR_OBJECT_TYPE):
            return PropValue(PR_OBJECT_TYPE, static_cast<std::int64_t>(MAPI_STORE));
        case PROP_ID(PR_DEFAULT_STORE):
            return PropValue(PR_DEFAULT_STORE, m_facts.default_store);
        case PROP_ID(PR_STORE_SUPPORT_MASK):
            return PropValue(PR_STORE_SUPPORT_MASK,
                             kReadMask | (m_facts.writable ? kWriteMask : STORE_READONLY));
        case PROP_ID(PR_MDB_PROVIDER):
            return PropValue(PR_MDB_PROVIDER, kProviderUid);
        case PROP_ID(PR_VALID_FOLDER_MASK):
            return PropValue(PR_VALID_FOLDER_MASK, kValidFolders);
        case PROP_ID(PR_IPM_SUBTREE_ENTRYID):
            return special_value(PR_IPM_SUBTREE_ENTRYID, Special::Subtree);
        case PROP_ID(PR_IPM_OUTBOX_ENTRYID):
            return special_value(PR_IPM_OUTBOX_ENTRYID, Special::Outbox);
        case PROP_ID(PR_IPM_WASTEBASKET_ENTRYID):
            return special_value(PR_IPM_WASTEBASKET_ENTRYID, Special::DeletedItems);
        case PROP_ID(PR_IPM_SENTMAIL_ENTRYID):
            return special_value(PR_IPM_SENTMAIL_ENTRYID, Special::SentItems);
        case PROP_ID(PR_VIEWS_ENTRYID):
            return special_value(PR_VIEWS_ENTRYID, Special::Views);
        case PROP_ID(PR_COMMON_VIEWS_ENTRYID):
            return special_value(PR_COMMON_VIEWS_ENTRYID, Special::CommonViews);
        case PROP_ID(PR_FINDER_ENTRYID):
            return special_value(PR_FINDER_ENTRYID, Special::Finder);
        case PROP_ID(PR_RECEIVE_FOLDER_SETTINGS):
            return PropValue(PR_RECEIVE_FOLDER_SETTINGS, 1);
        default:
            return std::nullopt;
    }
}

std::optional<PropValue> MsgStore::load(ULONG tag) {
    if (is_computed(tag)) return computed(tag);
    const PropertyBag stored = m_store->properties();
    const PropValue* found = stored.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> MsgStore::list() {
    std::vector<ULONG> tags = m_store->properties().tags();
    tags.insert(tags.end(), std::begin(kComputed), std::end(kComputed));
    return tags;
}

SCODE MsgStore::store(const PropValue& value) {
    if (is_computed(value.tag())) return MAPI_E_COMPUTED;
    m_store->change_properties(
        [&](PropertyBag& bag) { bag.set(value.with_tag(object::stored_tag(value.tag()))); });
    return S_OK;
}

SCODE MsgStore::erase(ULONG tag) {
    if (is_computed(tag)) return MAPI_E_COMPUTED;
    bool removed = false;
    m_store->change_properties([&](PropertyBag& bag) { removed = bag.remove(tag); });
    return removed ? S_OK : MAPI_E_NOT_FOUND;
}

/// Entry ids of this store compare by bytes behind their flags. Errors: MAPI_E_UNKNOWN_ENTRYID.
/// Page: mapi/imsgstore-compareentryids.md
STDMETHODIMP MsgStore::CompareEntryIDs(ULONG left_size, LPENTRYID left, ULONG right_size,
                                       LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMsgStore::CompareEntryIDs", [&]() -> HRESULT {
        require(same, "comparing entry ids");
        *same = FALSE;
        check_flags(flags, 0, "comparing entry ids");
        const auto first = object_of(format::view_entry_id(left_size, left));
        const auto second = object_of(format::view_entry_id(right_size, right));
        if (!first || !second)
            throw Error(MAPI_E_UNKNOWN_ENTRYID, "comparing entry ids of other stores");
        *same = *first == *second ? TRUE : FALSE;
        return S_OK;
    });
}

/// Errors: MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID, MAPI_E_NO_ACCESS, MAPI_E_SUBMITTED,
/// MAPI_E_INTERFACE_NOT_SUPPORTED.
/// Page: mapi/imsgstore-openentry.md
STDMETHODIMP MsgStore::OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags,
                                 ULONG* type, LPUNKNOWN* object) noexcept {
    return abi::guard("IMsgStore::OpenEntry", [&] {
        return open_entry(format::view_entry_id(entry_size, entry), iid, flags, type, object);
    });
}

HRESULT MsgStore::open_entry(BytesView entry, const IID* iid, ULONG flags, ULONG* type,
                             IUnknown** object) {
    require(type && object, "opening an object");
    *object = nullptr;
    constexpr ULONG kKnown =
        MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | kNoCache | kShowSoftDeletes;
    check_flags(flags, kKnown, "opening an object");
    ObjectId id{MAPI_FOLDER, m_store->special(Special::Root)};
    if (!entry.empty()) {
        const auto wanted = object_of(entry);
        if (!wanted) throw Error(MAPI_E_UNKNOWN_ENTRYID, "opening an object of another store");
        id = *wanted;
    }
    const bool deleted = m_store->is_deleted(id);
    if (deleted && (flags & kShowSoftDeletes) == 0)
        throw Error(MAPI_E_NOT_FOUND, "opening an object that was deleted");
    const bool best = (flags & MAPI_BEST_ACCESS) != 0;
    if ((flags & MAPI_MODIFY) != 0 && !best && !m_facts.writable)
        throw Error(MAPI_E_NO_ACCESS, "opening an object for writing");
    const bool writing = m_facts.writable && (best || (flags & MAPI_MODIFY) != 0);
    com::Ptr<IUnknown> opened;
    if (id.type == MAPI_FOLDER) {
        opened = com::make<FolderFace>(com::Ptr<MsgStore>::share(this), id.row, writing);
    } else {
        opened = MessageFace::open(com::Ptr<MsgStore>::share(this), id.row,
                                   {writing, best, m_facts.spooler, deleted});
    }
    void* answer = nullptr;
    const HRESULT hr = opened->QueryInterface(iid ? *iid : IID_IUnknown, &answer);
    if (FAILED(hr)) throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "opening an object");
    *type = id.type;
    *object = static_cast<IUnknown*>(answer);
    return S_OK;
}

std::optional<std::int64_t> MsgStore::own_folder(void* folder) {
    if (!folder) throw Error(MAPI_E_INVALID_PARAMETER, "a folder to copy to is missing");
    auto* object = static_cast<IMAPIProp*>(folder);
    const auto store_key = object::get_one_prop(object, PR_STORE_RECORD_KEY);
    if (!store_key || !equal_bytes(store_key->bytes(), view_bytes(m_store->uid())))
        return std::nullopt;
    const auto entry = object::get_one_prop(object, PR_ENTRYID);
    if (!entry) return std::nullopt;
    return required_object(*m_store, entry->bytes(), MAPI_FOLDER).row;
}

/// Says how transports are to be treated when this logon ends; it and what was opened through it
/// may still be released.
/// @param flags  [in] one of LOGOFF_NO_WAIT, LOGOFF_ORDERLY, LOGOFF_PURGE, LOGOFF_ABORT,
///               LOGOFF_QUIET or none; [out] what there is still to do
/// Errors: MAPI_E_INVALID_PARAMETER for more than one, MAPI_E_UNKNOWN_FLAGS.
/// Page: mapi/imsgstore-storelogoff.md
STDMETHODIMP MsgStore::StoreLogoff(ULONG* flags) noexcept {
    return abi::guard("IMsgStore::StoreLogoff", [&]() -> HRESULT {
        require(flags, "logging off from a store");
        constexpr ULONG kKnown =
            LOGOFF_NO_WAIT | LOGOFF_ORDERLY | LOGOFF_PURGE | LOGOFF_ABORT | LOGOFF_QUIET;
        check_flags(*flags, kKnown, "logging off from a store");
        require((*flags & (*flags - 1)) == 0, "logging off from a store in several ways at once");
        const ULONG waiting = OutgoingQueue(m_store).waiting().empty() ? 0 : LOGOFF_OUTBOUND_QUEUE;
        {
            const port::Lock lock(m_mutex);
            if (*flags != 0) m_logoff_flags = *flags;
        }
        *flags = LOGOFF_COMPLETE | waiting;
        return S_OK;
    });
}

}  // namespace remapi::localstore
