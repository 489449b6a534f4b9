// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/memory/face/provider.h"

#include "format/guid.h"
#include "object/container/ipm_subtree.h"
#include "object/props/abi_value.h"
#include "object/props/prop_calls.h"
#include "object/util/calls.h"

namespace remapi::memory_store {
namespace {

constexpr WideChar kDisplayName[] = REMAPI_W("Remapi Memory Store");

/// What both ways to log on are told and give out.
struct LogonCall {
    IMAPISupport* support;
    BytesView entry_id;  ///< the store's own; empty: the profile section tells
    ULONG flags;         ///< MDB_WRITE, MAPI_BEST_ACCESS, MDB_TEMPORARY ...
    const IID* iid;
    bool spooler;
    IMSLogon** logon;
    IMsgStore** store;
};

/// The entry identifier of a store as this provider makes it, not wrapped by the host yet.
Bytes store_entry_id(const MAPIUID& store) {
    return format::make_entry_id(0, kProviderUid, view_bytes(store));
}

std::optional<MAPIUID> parse_store_entry_id(BytesView entry_id) {
    const BytesView rest = format::entry_id_rest(entry_id);
    MAPIUID store = {};
    if (!format::entry_id_has_uid(entry_id, kProviderUid) || rest.size() != sizeof store)
        return std::nullopt;
    std::memcpy(store.ab, rest.data(), sizeof store.ab);
    return store;
}

/// Which store: the one that the host names, the one in the profile, or one that there never was.
MAPIUID wanted_store(BytesView entry_id, IProfSect* section) {
    if (!entry_id.empty()) {
        const auto named = parse_store_entry_id(entry_id);
        if (!named) throw Error(MAPI_E_INVALID_ENTRYID, "logging on to another provider's store");
        return *named;
    }
    MAPIUID store = format::new_uid();
    const auto known = object::get_one_prop(section, PR_RECORD_KEY);
    if (known && known->bytes().size() == sizeof store)
        std::memcpy(store.ab, known->bytes().data(), sizeof store.ab);
    return store;
}

Bytes wrapped(IMAPISupport* support, Bytes entry_id) {
    ULONG size = 0;
    Buffer<ENTRYID> block;
    check(
        support->WrapStoreEntryID(narrow_size(entry_id.size()),
                                  reinterpret_cast<ENTRYID*>(entry_id.data()), &size, block.put()),
        "IMAPISupport::WrapStoreEntryID");
    return to_bytes(view_bytes(block.get(), size));
}

/// The profile remembers which store it is. Page: mapi/implementing-imsprovider-logon.md
void remember(IProfSect* section, const Store& store, const Bytes& entry_id) {
    const std::vector<PropValue> values{{PR_ENTRYID, entry_id},
                                        {PR_RECORD_KEY, store.uid()},
                                        {PR_MDB_PROVIDER, kProviderUid},
                                        {PR_DISPLAY_NAME_W, kDisplayName}};
    object::set_props(section, values);
    check(section->SaveChanges(KEEP_OPEN_READWRITE), "IProfSect::SaveChanges");
}

/// Tells the host whose entry identifiers are ours, and the status table that we are there.
void register_with(IMAPISupport* support, const Store& store, ULONG flags) {
    MAPIUID uid = store.uid();
    check(support->SetProviderUID(&uid, 0), "IMAPISupport::SetProviderUID");
    const std::vector<PropValue> row{{PR_DISPLAY_NAME_W, kDisplayName},
                                     {PR_PROVIDER_DISPLAY_W, kDisplayName},
                                     {PR_STATUS_CODE, STATUS_AVAILABLE},
                                     {PR_RESOURCE_METHODS, 0}};
    const auto packed = object::pack(row);
    check(support->ModifyStatusRow(narrow_size(row.size()), packed.get(), 0),
          "IMAPISupport::ModifyStatusRow");
    if ((flags & MDB_TEMPORARY) == 0)
        check(support->ModifyProfile(0), "IMAPISupport::ModifyProfile");
}

/// A new store gets the folders that every client expects, as any client would make them.
/// Pages: mapi/hrvalidateipmsubtree.md, mapi/mapi-receive-folders.md
void make_standard_folders(MsgStore* face) {
    ULONG count = 0;
    Buffer<SPropValue> values;
    check(object::validate_ipm_subtree(face, MAPI_FULL_IPM_TREE, &count, values.put(), nullptr),
          "HrValidateIPMSubtree");
    for (const PropValue& value : object::from_abi(count, values.get())) {
        if (value.id() != PROP_ID_NULL) continue;  // that is how the Inbox is told
        Store& store = face->model_store();
        const Number inbox = store.require(value.bytes(), MAPI_FOLDER);
        for (const WideChar* message_class :
             {REMAPI_W(""), REMAPI_W("IPM"), REMAPI_W("REPORT.IPM")})
            store.set_receive_folder(message_class, inbox);
        store.set_receive_folder(REMAPI_W("IPC"), store.root());
    }
}

HRESULT log_on(const LogonCall& call) {
    if (!call.support || !call.logon || !call.store) return MAPI_E_INVALID_PARAMETER;
    *call.logon = nullptr;
    *call.store = nullptr;
    com::Ptr<IProfSect> section;
    check(call.support->OpenProfileSection(nullptr, MAPI_MODIFY, section.put()),
          "IMAPISupport::OpenProfileSection");
    const auto store = Store::open(wanted_store(call.entry_id, section.get()));
    const Bytes entry_id = wrapped(call.support, store_entry_id(store->uid()));
    store->set_public_entry_id(entry_id);
    remember(section.get(), *store, entry_id);
    register_with(call.support, *store, call.flags);

    LogonFacts facts{.support = com::Ptr<IMAPISupport>::share(call.support)};
    facts.spooler = call.spooler;
    facts.writable = call.spooler || (call.flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0;
    if (!store->properties().find(PR_VALID_FOLDER_MASK)) {
        // The first one to log on, for reading perhaps.
        const auto maker = com::make<MsgStore>(store, LogonFacts{.support = facts.support});
        store->set_property({PR_DISPLAY_NAME_W, kDisplayName});
        make_standard_folders(maker.get());
    }
    const auto face = com::make<MsgStore>(store, std::move(facts));
    auto host_end = com::make<StoreLogon>(face);
    void* answer = nullptr;
    const HRESULT hr = face->QueryInterface(call.iid ? *call.iid : IID_IMsgStore, &answer);
    if (FAILED(hr)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *call.store = static_cast<IMsgStore*>(answer);  // every interface of it is its only one
    *call.logon = host_end.detach();
    return S_OK;
}

}  // namespace

/// Page: mapi/imsprovider-shutdown.md
STDMETHODIMP StoreProvider::Shutdown(ULONG* flags) noexcept {
    if (flags) *flags = 0;
    return S_OK;
}

/// Needs no dialog and gives out no security data. Errors: MAPI_E_INVALID_ENTRYID; those of the
/// host. Page: mapi/imsprovider-logon.md
STDMETHODIMP StoreProvider::Logon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG entry_size,
                                  LPENTRYID entry, ULONG flags, LPCIID iid, ULONG* security_size,
                                  LPBYTE* security, LPMAPIERROR* error, LPMSLOGON* logon,
                                  LPMDB* store) noexcept {
    return abi::guard("IMSProvider::Logon", [&]() -> HRESULT {
        if (security_size) *security_size = 0;
        if (security) *security = nullptr;
        if (error) *error = nullptr;
        return log_on(
            {support, format::view_entry_id(entry_size, entry), flags, iid, false, logon, store});
    });
}

/// The same for the spooler. Page: mapi/imsprovider-spoolerlogon.md
STDMETHODIMP StoreProvider::SpoolerLogon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG entry_size,
                                         LPENTRYID entry, ULONG flags, LPCIID iid, ULONG, LPBYTE,
                                         LPMAPIERROR* error, LPMSLOGON* logon,
                                         LPMDB* store) noexcept {
    return abi::guard("IMSProvider::SpoolerLogon", [&]() -> HRESULT {
        if (error) *error = nullptr;
        return log_on(
            {support, format::view_entry_id(entry_size, entry), flags, iid, true, logon, store});
    });
}

/// Page: mapi/imsprovider-comparestoreids.md
STDMETHODIMP StoreProvider::CompareStoreIDs(ULONG left_size, LPENTRYID left, ULONG right_size,
                                            LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMSProvider::CompareStoreIDs", [&]() -> HRESULT {
        if (!same) return MAPI_E_INVALID_PARAMETER;
        *same = FALSE;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto first = parse_store_entry_id(format::view_entry_id(left_size, left));
        const auto second = parse_store_entry_id(format::view_entry_id(right_size, right));
        *same = first && second && format::same_uid(*first, *second) ? TRUE : FALSE;
        return S_OK;
    });
}

/// Page: mapi/imslogon-getlasterror.md
STDMETHODIMP StoreLogon::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    return abi::guard("IMSLogon::GetLastError",
                      [&] { return object::get_last_error(flags, error); });
}

/// Page: mapi/imslogon-logoff.md
STDMETHODIMP StoreLogon::Logoff(ULONG* flags) noexcept {
    return abi::guard("IMSLogon::Logoff", [&]() -> HRESULT {
        m_store->log_off();
        if (flags) *flags |= LOGOFF_COMPLETE;
        return S_OK;
    });
}

/// Page: mapi/imslogon-openentry.md
STDMETHODIMP StoreLogon::OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags,
                                   ULONG* type, LPUNKNOWN* object) noexcept {
    return m_store->OpenEntry(entry_size, entry, iid, flags, type, object);
}

/// Page: mapi/imslogon-compareentryids.md
STDMETHODIMP StoreLogon::CompareEntryIDs(ULONG left_size, LPENTRYID left, ULONG right_size,
                                         LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return m_store->CompareEntryIDs(left_size, left, right_size, right, flags, same);
}

/// Page: mapi/imslogon-advise.md
STDMETHODIMP StoreLogon::Advise(ULONG entry_size, LPENTRYID entry, ULONG event_mask,
                                LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return m_store->Advise(entry_size, entry, event_mask, sink, connection);
}

/// Page: mapi/imslogon-unadvise.md
STDMETHODIMP StoreLogon::Unadvise(ULONG_PTR connection) noexcept {
    return m_store->Unadvise(connection);
}

// Page: mapi/imslogon-openstatusentry.md. A store in memory has nothing to configure or validate.
STDMETHODIMP StoreLogon::OpenStatusEntry(LPCIID, ULONG, ULONG* type, LPVOID* entry) noexcept {
    if (!entry) return MAPI_E_INVALID_PARAMETER;
    *entry = nullptr;
    if (type) *type = 0;
    return MAPI_E_NO_SUPPORT;
}

}  // namespace remapi::memory_store
