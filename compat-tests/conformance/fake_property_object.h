// SPDX-License-Identifier: LGPL-2.1-or-later
//
// An IMAPIProp of the test itself, which answers what it was told to.
#pragma once

#include <vector>

#include "com/object.h"

namespace remapi::test {

/// IMAPIProp's methods for an object of interface `Interface`; those a test does not need say that
/// they are not supported.
template <class Self, class Interface>
class FakePropertyObject : public com::Object<Self, Interface> {
public:
    STDMETHODIMP GetLastError(HRESULT, ULONG, MAPIERROR**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP SaveChanges(ULONG) noexcept override { return S_OK; }
    STDMETHODIMP GetProps(SPropTagArray*, ULONG, ULONG*, SPropValue**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP GetPropList(ULONG, SPropTagArray**) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP OpenProperty(ULONG, LPCIID, ULONG, ULONG, IUnknown**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP SetProps(ULONG, SPropValue*, SPropProblemArray**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP DeleteProps(SPropTagArray*, SPropProblemArray**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP CopyTo(ULONG, LPCIID, SPropTagArray*, ULONG_PTR, IMAPIProgress*, LPCIID, void*,
                        ULONG, SPropProblemArray**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP CopyProps(SPropTagArray*, ULONG_PTR, IMAPIProgress*, LPCIID, void*, ULONG,
                           SPropProblemArray**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP GetNamesFromIDs(SPropTagArray**, GUID*, ULONG, ULONG*,
                                 MAPINAMEID***) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP GetIDsFromNames(ULONG, MAPINAMEID**, ULONG, SPropTagArray**) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }

protected:
    ~FakePropertyObject() = default;
};

}  // namespace remapi::test
