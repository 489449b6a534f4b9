// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/provider.h"

#include "object/props/prop_calls.h"
#include "providers/localstore/face/logon.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

/// Logon and SpoolerLogon: both objects, or none.
HRESULT give_out(const LogonRequest& request, const IID* iid, IMSLogon** logon, IMsgStore** store) {
    auto opened = log_on(request);
    auto host_end = com::make<StoreLogon>(opened);
    void* answer = nullptr;
    const HRESULT hr = opened->QueryInterface(iid ? *iid : IID_IMsgStore, &answer);
    if (FAILED(hr)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *store = static_cast<IMsgStore*>(answer);  // every interface of it is its only one
    *logon = host_end.detach();
    return S_OK;
}

}  // namespace

/// Page: mapi/imsprovider-shutdown.md
STDMETHODIMP StoreProvider::Shutdown(ULONG* flags) noexcept {
    if (flags) *flags = 0;
    return S_OK;
}

/// Logs on to the store that `entry` names, or to the one of the profile section, which is made
/// when it does not exist yet. Needs no dialog and gives out no security data. Errors:
/// MAPI_E_LOGON_FAILED, MAPI_E_CORRUPT_DATA, MAPI_E_VERSION, MAPI_E_NOT_ENOUGH_DISK,
/// MAPI_E_NO_ACCESS. Page: mapi/imsprovider-logon.md
STDMETHODIMP StoreProvider::Logon(LPMAPISUP support, ULONG_PTR, LPTSTR profile_name,
                                  ULONG entry_size, LPENTRYID entry, ULONG flags, LPCIID iid,
                                  ULONG* security_size, LPBYTE* security, LPMAPIERROR* error,
                                  LPMSLOGON* logon, LPMDB* store) noexcept {
    return abi::guard("IMSProvider::Logon", [&]() -> HRESULT {
        if (!support || !logon || !store) return MAPI_E_INVALID_PARAMETER;
        *logon = nullptr;
        *store = nullptr;
        if (security_size) *security_size = 0;
        if (security) *security = nullptr;
        if (error) *error = nullptr;
        const String name = text::from_tstr(profile_name, flags);
        return give_out({support, name, format::view_entry_id(entry_size, entry), flags, false},
                        iid, logon, store);
    });
}

/// The same for the spooler, which may write messages that are on their way out.
/// Page: mapi/imsprovider-spoolerlogon.md
STDMETHODIMP StoreProvider::SpoolerLogon(LPMAPISUP support, ULONG_PTR, LPTSTR profile_name,
                                         ULONG entry_size, LPENTRYID entry, ULONG flags, LPCIID iid,
                                         ULONG, LPBYTE, LPMAPIERROR* error, LPMSLOGON* logon,
                                         LPMDB* store) noexcept {
    return abi::guard("IMSProvider::SpoolerLogon", [&]() -> HRESULT {
        if (!support || !logon || !store) return MAPI_E_INVALID_PARAMETER;
        *logon = nullptr;
        *store = nullptr;
        if (error) *error = nullptr;
        const String name = text::from_tstr(profile_name, flags);
        return give_out({support, name, format::view_entry_id(entry_size, entry), flags, true}, iid,
                        logon, store);
    });
}

/// Two entry ids name one store when its identifier is the same, wherever they say that it lies.
/// Page: mapi/imsprovider-comparestoreids.md
STDMETHODIMP StoreProvider::CompareStoreIDs(ULONG left_size, LPENTRYID left, ULONG right_size,
                                            LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMSProvider::CompareStoreIDs", [&]() -> HRESULT {
        if (!same) return MAPI_E_INVALID_PARAMETER;
        *same = FALSE;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto first = parse_store_entry_id(format::view_entry_id(left_size, left));
        const auto second = parse_store_entry_id(format::view_entry_id(right_size, right));
        *same = first && second && format::same_uid(first->store, second->store) ? TRUE : FALSE;
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

// Page: mapi/imslogon-openstatusentry.md. There is nothing about this store that a status object
// could do.
STDMETHODIMP StoreLogon::OpenStatusEntry(LPCIID, ULONG, ULONG* type, LPVOID* entry) noexcept {
    if (!entry) return MAPI_E_INVALID_PARAMETER;
    *entry = nullptr;
    if (type) *type = 0;
    return MAPI_E_NO_SUPPORT;
}

}  // namespace remapi::localstore
