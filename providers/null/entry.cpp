// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The entry points of the null provider's module. REMAPI_NULL_SPI_VERSION is the interface version
// it claims to be written for: a second module of it claims one that no host has.
#include "abi/guard.h"
#include "memory/allocator.h"
#include "providers/null/behaviour.h"

namespace {

using namespace remapi;

template <class Interface>
HRESULT init(const char* entry, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more, LPFREEBUFFER free,
             ULONG* version, Interface** provider, com::Ptr<Interface> (*make)()) {
    return abi::guard(entry, [&]() -> HRESULT {
        if (!version || !provider) return MAPI_E_INVALID_PARAMETER;
        memory::use_routines({allocate, more, free});
        *version = REMAPI_NULL_SPI_VERSION;
        *provider = make().detach();
        return S_OK;
    });
}

}  // namespace

/// Page: mapi/msproviderinit.md
extern "C" HRESULT __cdecl MSProviderInit(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER allocate,
                                          LPALLOCATEMORE more, LPFREEBUFFER free, ULONG, ULONG,
                                          ULONG* version, LPMSPROVIDER* provider) {
    return init("MSProviderInit", allocate, more, free, version, provider,
                &null_provider::make_store_provider);
}

/// Page: mapi/abproviderinit.md
extern "C" HRESULT __cdecl ABProviderInit(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER allocate,
                                          LPALLOCATEMORE more, LPFREEBUFFER free, ULONG, ULONG,
                                          ULONG* version, LPABPROVIDER* provider) {
    return init("ABProviderInit", allocate, more, free, version, provider,
                &null_provider::make_address_book_provider);
}

/// Page: mapi/xpproviderinit.md
extern "C" HRESULT __cdecl XPProviderInit(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER allocate,
                                          LPALLOCATEMORE more, LPFREEBUFFER free, ULONG, ULONG,
                                          ULONG* version, LPXPPROVIDER* provider) {
    return init("XPProviderInit", allocate, more, free, version, provider,
                &null_provider::make_transport_provider);
}

/// Writes the values of a MSG_SERVICE_CONFIGURE into its profile section; has nothing to do
/// otherwise. Page: mapi/msgserviceentry.md
extern "C" HRESULT WINAPI ServiceEntry(HINSTANCE, LPMALLOC, LPMAPISUP support, ULONG_PTR, ULONG,
                                       ULONG context, ULONG count, LPSPropValue values,
                                       LPPROVIDERADMIN, LPMAPIERROR* error) {
    return abi::guard("ServiceEntry", [&]() -> HRESULT {
        if (error) *error = nullptr;
        if (context != MSG_SERVICE_CONFIGURE || count == 0) return S_OK;
        com::Ptr<IProfSect> section;
        check(support->OpenProfileSection(nullptr, MAPI_MODIFY, section.put()),
              "opening the profile section");
        return check(section->SetProps(count, values, nullptr), "IProfSect::SetProps");
    });
}
