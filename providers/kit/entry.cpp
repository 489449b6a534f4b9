// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/kit/entry.h"

#include "port/module.h"

namespace remapi::kit {

HRESULT begin_provider(const memory::Routines& host, ULONG host_version,
                       ULONG* provider_version) noexcept {
    if (!provider_version || !host.allocate || !host.more || !host.free)
        return MAPI_E_INVALID_PARAMETER;
    *provider_version = CURRENT_SPI_VERSION;
    if (host_version < static_cast<ULONG>(CURRENT_SPI_VERSION)) return MAPI_E_VERSION;
    memory::use_routines(host);
    port::pin_own_module();
    return S_OK;
}

HRESULT begin_service(IMAPISupport* support) noexcept {
    if (!support) return MAPI_E_INVALID_PARAMETER;
    memory::Routines host = {};
    const HRESULT hr = support->GetMemAllocRoutines(&host.allocate, &host.more, &host.free);
    if (FAILED(hr)) return hr;
    memory::use_routines(host);
    port::pin_own_module();
    return S_OK;
}

}  // namespace remapi::kit
