// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What remapimm32 exports: the entry points of a message store provider and of its message service.
#include "providers/kit/entry.h"
#include "providers/memory/face/provider.h"

/// The host's first call: versions, memory routines, and the provider object.
/// @param provider  [out] released by the host after Shutdown
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_VERSION. Page: mapi/msproviderinit.md
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
        *provider = remapi::com::make<remapi::memory_store::StoreProvider>().detach();
        return S_OK;
    });
}

/// The message service has nothing to configure. Errors: MAPI_E_NO_SUPPORT when a dialog must be
/// shown; MAPI_E_INVALID_PARAMETER. Page: mapi/msgserviceentry.md
extern "C" HRESULT WINAPI ServiceEntry(HINSTANCE, LPMALLOC, LPMAPISUP support, ULONG_PTR,
                                       ULONG flags, ULONG, ULONG, LPSPropValue, LPPROVIDERADMIN,
                                       LPMAPIERROR* error) {
    return remapi::abi::guard_entry("ServiceEntry", [&]() -> HRESULT {
        if (error) *error = nullptr;
        const HRESULT hr = remapi::kit::begin_service(support);
        if (FAILED(hr)) return hr;
        return (flags & SERVICE_UI_ALWAYS) != 0 ? MAPI_E_NO_SUPPORT : S_OK;
    });
}
