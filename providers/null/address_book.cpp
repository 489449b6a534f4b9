// SPDX-License-Identifier: LGPL-2.1-or-later
#include "com/object.h"
#include "providers/null/behaviour.h"

namespace remapi::null_provider {
namespace {

/// An address book without containers.
class AddressBookLogon final : public com::Object<AddressBookLogon, IABLogon> {
public:
    using Interfaces = com::Answers<IABLogon>;

    STDMETHODIMP GetLastError(HRESULT, ULONG, LPMAPIERROR* error) noexcept override {
        *error = nullptr;
        return S_OK;
    }
    STDMETHODIMP Logoff(ULONG) noexcept override { return S_OK; }
    STDMETHODIMP OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*,
                           LPUNKNOWN* object) noexcept override {
        *object = nullptr;
        return MAPI_E_NOT_FOUND;
    }
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG, ULONG* same) noexcept override {
        *same = equal_bytes(view_bytes(left, left_bytes), view_bytes(right, right_bytes)) ? TRUE
                                                                                          : FALSE;
        return S_OK;
    }
    STDMETHODIMP Advise(ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP Unadvise(ULONG_PTR) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP OpenStatusEntry(LPCIID, ULONG, ULONG*, LPMAPISTATUS*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP OpenTemplateID(ULONG, LPENTRYID, ULONG, LPMAPIPROP, LPCIID, LPMAPIPROP*,
                                LPMAPIPROP) noexcept override {
        return MAPI_E_UNKNOWN_ENTRYID;
    }
    STDMETHODIMP GetOneOffTable(ULONG, LPMAPITABLE*) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP PrepareRecips(ULONG, LPSPropTagArray, LPADRLIST) noexcept override { return S_OK; }

private:
    friend class com::Object<AddressBookLogon, IABLogon>;
    ~AddressBookLogon() = default;
};

class AddressBookProvider final : public com::Object<AddressBookProvider, IABProvider> {
public:
    using Interfaces = com::Answers<IABProvider>;

    STDMETHODIMP Shutdown(ULONG*) noexcept override { return S_OK; }
    STDMETHODIMP Logon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG flags, ULONG*, LPBYTE*,
                       LPMAPIERROR* error, LPABLOGON* logon) override {
        if (const HRESULT hr = behave(support, flags, error); FAILED(hr)) return hr;
        MAPIUID uid = kUid;
        if (const HRESULT hr = support->SetProviderUID(&uid, 0); FAILED(hr)) return hr;
        *logon = com::make<AddressBookLogon>().detach();
        return S_OK;
    }

private:
    friend class com::Object<AddressBookProvider, IABProvider>;
    ~AddressBookProvider() = default;
};

}  // namespace

com::Ptr<IABProvider> make_address_book_provider() {
    return com::make<AddressBookProvider>();
}

}  // namespace remapi::null_provider
