// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A client's own IMAPISession, for functions that ask a session for its message stores.
#pragma once

#include "com/object.h"

namespace remapi::test {

/// Answers GetMsgStoresTable with the table it was given and everything else with
/// MAPI_E_NO_SUPPORT. One thread.
class StoresSession final : public com::Object<StoresSession, IMAPISession> {
public:
    using Interfaces = com::Answers<IMAPISession>;

    explicit StoresSession(com::Ptr<IMAPITable> stores) : m_stores(std::move(stores)) {}

    STDMETHODIMP GetMsgStoresTable(ULONG, LPMAPITABLE* table) noexcept override {
        *table = nullptr;
        if (!m_stores) return MAPI_E_CALL_FAILED;
        m_stores->AddRef();
        *table = m_stores.get();
        return S_OK;
    }

    STDMETHODIMP GetLastError(HRESULT, ULONG, LPMAPIERROR*) noexcept override { return no(); }
    STDMETHODIMP OpenMsgStore(ULONG_PTR, ULONG, LPENTRYID, LPCIID, ULONG,
                              LPMDB*) noexcept override {
        return no();
    }
    STDMETHODIMP OpenAddressBook(ULONG_PTR, LPCIID, ULONG, LPADRBOOK*) noexcept override {
        return no();
    }
    STDMETHODIMP OpenProfileSection(LPMAPIUID, LPCIID, ULONG, LPPROFSECT*) noexcept override {
        return no();
    }
    STDMETHODIMP GetStatusTable(ULONG, LPMAPITABLE*) noexcept override { return no(); }
    STDMETHODIMP OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*, LPUNKNOWN*) noexcept override {
        return no();
    }
    STDMETHODIMP CompareEntryIDs(ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG,
                                 ULONG*) noexcept override {
        return no();
    }
    STDMETHODIMP Advise(ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR*) noexcept override {
        return no();
    }
    STDMETHODIMP Unadvise(ULONG_PTR) noexcept override { return no(); }
    STDMETHODIMP MessageOptions(ULONG_PTR, ULONG, LPTSTR, LPMESSAGE) noexcept override {
        return no();
    }
    STDMETHODIMP QueryDefaultMessageOpt(LPTSTR, ULONG, ULONG*, LPSPropValue*) noexcept override {
        return no();
    }
    STDMETHODIMP EnumAdrTypes(ULONG, ULONG*, LPTSTR**) noexcept override { return no(); }
    STDMETHODIMP QueryIdentity(ULONG*, LPENTRYID*) noexcept override { return no(); }
    STDMETHODIMP Logoff(ULONG_PTR, ULONG, ULONG) noexcept override { return no(); }
    STDMETHODIMP SetDefaultStore(ULONG, ULONG, LPENTRYID) noexcept override { return no(); }
    STDMETHODIMP AdminServices(ULONG, LPSERVICEADMIN*) noexcept override { return no(); }
    STDMETHODIMP ShowForm(ULONG_PTR, LPMDB, LPMAPIFOLDER, LPCIID, ULONG_PTR, LPMESSAGE, ULONG,
                          ULONG, ULONG, ULONG, LPSTR) noexcept override {
        return no();
    }
    STDMETHODIMP PrepareForm(LPCIID, LPMESSAGE, ULONG_PTR*) noexcept override { return no(); }

private:
    friend class com::Object<StoresSession, IMAPISession>;
    ~StoresSession() = default;
    static HRESULT no() noexcept { return MAPI_E_NO_SUPPORT; }

    com::Ptr<IMAPITable> m_stores;
};

}  // namespace remapi::test
