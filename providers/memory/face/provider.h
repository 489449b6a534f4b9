// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/memory/face/msg_store.h"

namespace remapi::memory_store {

/// What MSProviderInit gives out: logs on to stores. Any thread may call it.
/// Page: mapi/imsprovideriunknown.md
class StoreProvider final : public com::Object<StoreProvider, IMSProvider> {
public:
    using Interfaces = com::Answers<IMSProvider>;

    STDMETHODIMP Shutdown(ULONG* flags) noexcept override;
    STDMETHODIMP Logon(LPMAPISUP support, ULONG_PTR ui_param, LPTSTR profile_name, ULONG entry_size,
                       LPENTRYID entry, ULONG flags, LPCIID iid, ULONG* security_size,
                       LPBYTE* security, LPMAPIERROR* error, LPMSLOGON* logon,
                       LPMDB* store) noexcept override;
    STDMETHODIMP SpoolerLogon(LPMAPISUP support, ULONG_PTR ui_param, LPTSTR profile_name,
                              ULONG entry_size, LPENTRYID entry, ULONG flags, LPCIID iid,
                              ULONG security_size, LPBYTE security, LPMAPIERROR* error,
                              LPMSLOGON* logon, LPMDB* store) noexcept override;
    STDMETHODIMP CompareStoreIDs(ULONG left_size, LPENTRYID left, ULONG right_size, LPENTRYID right,
                                 ULONG flags, ULONG* same) noexcept override;

private:
    friend class com::Object<StoreProvider, IMSProvider>;
    ~StoreProvider() = default;
};

/// The host's end of an open store: everything but Logoff is the store's own method.
/// Page: mapi/imslogoniunknown.md
class StoreLogon final : public com::Object<StoreLogon, IMSLogon> {
public:
    using Interfaces = com::Answers<IMSLogon>;

    explicit StoreLogon(com::Ptr<MsgStore> store) : m_store(std::move(store)) {}

    STDMETHODIMP GetLastError(HRESULT code, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP Logoff(ULONG* flags) noexcept override;
    STDMETHODIMP OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG left_size, LPENTRYID left, ULONG right_size, LPENTRYID right,
                                 ULONG flags, ULONG* same) noexcept override;
    STDMETHODIMP Advise(ULONG entry_size, LPENTRYID entry, ULONG event_mask, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override;
    STDMETHODIMP OpenStatusEntry(LPCIID iid, ULONG flags, ULONG* type,
                                 LPVOID* entry) noexcept override;

private:
    friend class com::Object<StoreLogon, IMSLogon>;
    ~StoreLogon() = default;

    const com::Ptr<MsgStore> m_store;
};

}  // namespace remapi::memory_store
