// SPDX-License-Identifier: LGPL-2.1-or-later
#include "com/object.h"
#include "providers/null/behaviour.h"

namespace remapi::null_provider {
namespace {

/// A transport of addresses of type NULL, none of which it can reach.
class TransportLogon final : public com::Object<TransportLogon, IXPLogon> {
public:
    using Interfaces = com::Answers<IXPLogon>;

    explicit TransportLogon(com::Ptr<IMAPISupport> support) : m_support(std::move(support)) {}

    STDMETHODIMP AddressTypes(ULONG* flags, ULONG* type_count, LPTSTR** types, ULONG* uid_count,
                              LPMAPIUID** uids) noexcept override {
        *flags = MAPI_UNICODE;
        *type_count = 1;
        *types = &m_type;
        *uid_count = 1;
        *uids = &m_uid_pointer;
        return S_OK;
    }
    STDMETHODIMP RegisterOptions(ULONG*, ULONG* count, LPOPTIONDATA* options) noexcept override {
        *count = 0;
        *options = nullptr;
        return S_OK;
    }
    STDMETHODIMP TransportNotify(ULONG*, LPVOID*) noexcept override { return S_OK; }
    STDMETHODIMP Idle(ULONG) noexcept override { return S_OK; }
    STDMETHODIMP TransportLogoff(ULONG) noexcept override { return S_OK; }
    STDMETHODIMP SubmitMessage(ULONG, LPMESSAGE, ULONG_PTR*, ULONG_PTR*) noexcept override {
        return MAPI_E_NOT_ME;
    }
    STDMETHODIMP EndMessage(ULONG_PTR, ULONG* flags) noexcept override {
        *flags = 0;
        return S_OK;
    }
    STDMETHODIMP Poll(ULONG* incoming) noexcept override {
        *incoming = 0;
        return S_OK;
    }
    STDMETHODIMP StartMessage(ULONG, LPMESSAGE, ULONG_PTR*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP OpenStatusEntry(LPCIID, ULONG, ULONG*, LPMAPISTATUS*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP ValidateState(ULONG_PTR, ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP FlushQueues(ULONG_PTR, ULONG, LPENTRYID, ULONG) noexcept override { return S_OK; }

private:
    friend class com::Object<TransportLogon, IXPLogon>;
    ~TransportLogon() = default;

    com::Ptr<IMAPISupport> m_support;
    LPTSTR m_type = reinterpret_cast<LPTSTR>(const_cast<WideChar*>(kAddressType));
    MAPIUID m_uid = kUid;
    MAPIUID* m_uid_pointer = &m_uid;
};

class TransportProvider final : public com::Object<TransportProvider, IXPProvider> {
public:
    using Interfaces = com::Answers<IXPProvider>;

    STDMETHODIMP Shutdown(ULONG*) noexcept override { return S_OK; }
    STDMETHODIMP TransportLogon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG* flags,
                                LPMAPIERROR* error, LPXPLOGON* logon) override {
        if (const HRESULT hr = behave(support, *flags, error); FAILED(hr)) return hr;
        *logon = com::make<null_provider::TransportLogon>(com::Ptr<IMAPISupport>::share(support))
                     .detach();
        *flags = LOGON_SP_POLL | MAPI_UNICODE;
        return S_OK;
    }

private:
    friend class com::Object<TransportProvider, IXPProvider>;
    ~TransportProvider() = default;
};

}  // namespace

com::Ptr<IXPProvider> make_transport_provider() {
    return com::make<TransportProvider>();
}

}  // namespace remapi::null_provider
