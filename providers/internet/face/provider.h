// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/object.h"

namespace remapi::internet {

/// The transport provider. Page: mapi/ixpprovideriunknown.md
class Provider final : public com::Object<Provider, IXPProvider> {
public:
    using Interfaces = com::Answers<IXPProvider>;

    STDMETHODIMP Shutdown(ULONG* flags) noexcept override;
    STDMETHODIMP TransportLogon(IMAPISupport* support, ULONG_PTR ui_param, LPTSTR profile_name,
                                ULONG* flags, MAPIERROR** error,
                                IXPLogon** logon) noexcept override;

private:
    friend class com::Object<Provider, IXPProvider>;
    ~Provider() = default;
};

/// MSGSERVICEENTRY of the service RMIN: what it is told about a profile's service.
/// @param properties  settings (abi/remapi_tags.h), with MSG_SERVICE_CONFIGURE and
/// MSG_SERVICE_CREATE Errors: MAPI_E_INVALID_PARAMETER when a setting is malformed, `error` says
/// which; MAPI_E_UNCONFIGURED when MSG_SERVICE_CONFIGURE brings none and the profile has none that
/// suffice; MAPI_E_NO_SUPPORT for a second provider. Page: mapi/msgserviceentry.md
HRESULT service_entry(ULONG flags, ULONG context, ULONG count, const SPropValue* properties,
                      IProviderAdmin* providers, MAPIERROR** error);

}  // namespace remapi::internet
