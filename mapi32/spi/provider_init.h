// SPDX-License-Identifier: LGPL-2.1-or-later
//
// MSProviderInit, ABProviderInit, XPProviderInit: the first call into a provider, and its version
// check. Pages: mapi/msproviderinit.md, mapi/abproviderinit.md, mapi/xpproviderinit.md
#pragma once

#include "com/ptr.h"
#include "spi/loader.h"

namespace remapi::spi {

/// A provider object and the module it lives in, which outlives it. End it by shut_down.
template <class Provider>
struct InitializedProvider {
    ModuleRef module;
    com::Ptr<Provider> object;
};

/// Loads `dll_name` and calls its entry point. `flags`: MAPI_NT_SERVICE.
/// Errors: those of load_module; MAPI_E_NOT_INITIALIZED without that entry point; MAPI_E_VERSION
/// when the module wants a newer interface than ours (CURRENT_SPI_VERSION) or says so itself; else
/// what the entry point answers; MAPI_E_CALL_FAILED for a success without an object.
InitializedProvider<IMSProvider> init_store_provider(StringView dll_name, ULONG flags = 0);
InitializedProvider<IABProvider> init_address_book_provider(StringView dll_name, ULONG flags = 0);
InitializedProvider<IXPProvider> init_transport_provider(StringView dll_name, ULONG flags = 0);

/// Shutdown, then Release, of a provider object that will not be used any more. Nothing throws.
void shut_down(InitializedProvider<IMSProvider>& provider) noexcept;
void shut_down(InitializedProvider<IABProvider>& provider) noexcept;
void shut_down(InitializedProvider<IXPProvider>& provider) noexcept;

}  // namespace remapi::spi
