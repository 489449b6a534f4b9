// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/provider.h"

#include "abi/guard.h"
#include "log/log.h"
#include "port/utf.h"
#include "providers/internet/face/logon.h"
#include "providers/internet/face/settings_section.h"

namespace remapi::internet {

/// Page: mapi/ixpprovider-shutdown.md
STDMETHODIMP Provider::Shutdown(ULONG* flags) noexcept {
    if (flags) *flags = 0;
    return S_OK;
}

/// Reads the settings from the profile; connects only when there is something to send.
/// @param flags  [in, out] LOGON_..., MAPI_UNICODE; comes back with MAPI_UNICODE alone: send-only,
/// no wishes
/// @param error  [out] what is missing, with MAPI_E_UNCONFIGURED; may be null
/// Errors: MAPI_E_UNCONFIGURED when the profile does not say enough.
/// Page: mapi/ixpprovider-transportlogon.md
STDMETHODIMP Provider::TransportLogon(IMAPISupport* support, ULONG_PTR, LPTSTR, ULONG* flags,
                                      MAPIERROR** error, IXPLogon** logon) noexcept {
    return abi::guard("IXPProvider::TransportLogon", [&]() -> HRESULT {
        if (!support || !flags || !logon) return MAPI_E_INVALID_PARAMETER;
        *logon = nullptr;
        if (error) *error = nullptr;
        *flags &= MAPI_UNICODE;
        com::Ptr<IProfSect> section;
        check(support->OpenProfileSection(nullptr, 0, section.put()),
              "IMAPISupport::OpenProfileSection");
        std::string problem;
        const SmtpSettings settings = check_settings(read_settings(section.get()), problem);
        if (!problem.empty()) {
            REMAPI_WARN(Transport, "the profile does not say enough: %s", problem.c_str());
            if (error) *error = make_error(port::from_utf8(problem), *flags);
            return MAPI_E_UNCONFIGURED;
        }
        const com::Ptr<Logon> made =
            com::make<Logon>(com::Ptr<IMAPISupport>::share(support), settings);
        made->publish_status(true);
        *logon = com::Ptr<Logon>(made).detach();
        return S_OK;
    });
}

}  // namespace remapi::internet
