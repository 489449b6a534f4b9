// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The entry points of the module remapiin32.
#include "abi/guard.h"
#include "memory/allocator.h"
#include "port/module.h"
#include "providers/internet/face/provider.h"

using remapi::internet::Provider;

namespace {

constexpr ULONG major_version(ULONG version) noexcept {
    return version >> 16;
}

}  // namespace

/// Makes a transport provider, a new one at each call, with the host's allocation routines from
/// then on.
/// @param their_version  the host's version of the service provider interface
/// @param our_version    [out] ours, CURRENT_SPI_VERSION
/// Errors: MAPI_E_VERSION when the host's major version is another.
/// Page: mapi/xpproviderinit.md
extern "C" HRESULT __cdecl XPProviderInit(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER allocate,
                                          LPALLOCATEMORE more, LPFREEBUFFER free, ULONG,
                                          ULONG their_version, ULONG* our_version,
                                          LPXPPROVIDER* provider) {
    return remapi::abi::guard("XPProviderInit", [&]() -> HRESULT {
        if (!allocate || !more || !free || !our_version || !provider)
            return MAPI_E_INVALID_PARAMETER;
        *provider = nullptr;
        *our_version = CURRENT_SPI_VERSION;
        if (major_version(their_version) != major_version(CURRENT_SPI_VERSION))
            return MAPI_E_VERSION;
        remapi::port::pin_own_module();
        remapi::memory::use_routines({allocate, more, free});
        *provider = remapi::com::make<Provider>().detach();
        return S_OK;
    });
}

/// Configures the message service RMIN. No dialogs.
/// @param properties  settings of abi/remapi_tags.h
/// @param error       [out] what is wrong with them, freed by the caller with MAPIFreeBuffer; may
/// be null Errors: those of remapi::internet::service_entry. Page: mapi/msgserviceentry.md
extern "C" HRESULT WINAPI ServiceEntry(HINSTANCE, LPMALLOC, LPMAPISUP support, ULONG_PTR,
                                       ULONG flags, ULONG context, ULONG count,
                                       LPSPropValue properties, LPPROVIDERADMIN providers,
                                       LPMAPIERROR* error) {
    return remapi::abi::guard("ServiceEntry", [&]() -> HRESULT {
        if (error) *error = nullptr;
        if (!support) return MAPI_E_INVALID_PARAMETER;
        remapi::port::pin_own_module();
        remapi::memory::Routines routines = {};
        remapi::check(
            support->GetMemAllocRoutines(&routines.allocate, &routines.more, &routines.free),
            "IMAPISupport::GetMemAllocRoutines");
        remapi::memory::use_routines(routines);
        return remapi::internet::service_entry(flags, context, count, properties, providers, error);
    });
}
