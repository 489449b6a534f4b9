// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The entry point of a message service (PR_SERVICE_ENTRY_NAME), stdcall on i686.
// Page: mapi/msgserviceentry.md
#pragma once

#include <memory>
#include <span>
#include <string>

#include "spi/support_host.h"

namespace remapi::spi {

struct ServiceCall {
    std::shared_ptr<SupportHost> host;
    ProviderIdentity service;  ///< kind Service; uid and service_uid: the service's section
    std::string entry_name;    ///< PR_SERVICE_ENTRY_NAME
    ULONG_PTR ui_param = 0;
    ULONG flags = 0;    ///< SERVICE_UI_ALLOWED, SERVICE_UI_ALWAYS, MSG_SERVICE_UI_READ_ONLY ...;
                        ///< MAPI_UNICODE is added
    ULONG context = 0;  ///< MSG_SERVICE_CREATE ...
    std::span<const SPropValue> properties;
    IProviderAdmin* providers = nullptr;  ///< of this service; borrowed
};

/// Loads service.dll_name (PR_SERVICE_DLL_NAME) and calls the entry point.
/// `error` may be null; [out] the service's MAPIERROR in its own MAPI block, MAPI_UNICODE, or null.
/// Errors: those of load_module; MAPI_E_NOT_INITIALIZED without the entry point; what the service
/// answers (MAPI_E_USER_CANCEL, MAPI_E_UNCONFIGURED ...).
HRESULT call_service_entry(const ServiceCall& call, MAPIERROR** error);

}  // namespace remapi::spi
