// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What remapils32 exports.
#include "log/log.h"
#include "providers/kit/entry.h"
#include "providers/localstore/face/provider.h"
#include "providers/localstore/face/service_entry.h"

/// The host's first call: versions, memory routines, and the provider object.
/// @param provider  [out] released by the host after Shutdown
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_VERSION.
/// Page: mapi/msproviderinit.md
extern "C" HRESULT __cdecl MSProviderInit(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER allocate,
                                          LPALLOCATEMORE more, LPFREEBUFFER free, ULONG,
                                          ULONG host_version, ULONG* provider_version,
                                          LPMSPROVIDER* provider) {
    return remapi::abi::guard_entry("MSProviderInit", [&]() -> HRESULT {
        if (!provider) return MAPI_E_INVALID_PARAMETER;
        *provider = nullptr;
        const HRESULT hr =
            remapi::kit::begin_provider({allocate, more, free}, host_version, provider_version);
        if (FAILED(hr)) return hr;
        *provider = remapi::com::make<remapi::localstore::StoreProvider>().detach();
        return S_OK;
    });
}

/// The entry point of the message service RMLS; see configure_service.
/// Page: mapi/msgserviceentry.md
extern "C" HRESULT WINAPI ServiceEntry(HINSTANCE, LPMALLOC, LPMAPISUP support, ULONG_PTR,
                                       ULONG flags, ULONG context, ULONG count,
                                       LPSPropValue properties, LPPROVIDERADMIN providers,
                                       LPMAPIERROR* error) {
    return remapi::abi::guard_entry("ServiceEntry", [&]() -> HRESULT {
        if (error) *error = nullptr;
        if (count != 0 && !properties) return MAPI_E_INVALID_PARAMETER;
        const HRESULT hr = remapi::kit::begin_service(support);
        if (FAILED(hr)) return hr;
        return remapi::localstore::configure_service(context, flags, {properties, count},
                                                     providers);
    });
}
