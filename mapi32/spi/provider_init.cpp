// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/provider_init.h"

#include "abi/error.h"
#include "log/log.h"
#include "memory/allocator.h"
#include "spi/provider_call.h"

namespace remapi::spi {
namespace {

// What the three entry points differ in besides their name. On i686 they are cdecl.
template <class Provider>
using EntryPoint = HRESULT(__cdecl*)(HINSTANCE, LPMALLOC, LPALLOCATEBUFFER, LPALLOCATEMORE,
                                     LPFREEBUFFER, ULONG flags, ULONG our_version,
                                     ULONG* their_version, Provider**);

constexpr ULONG major_version(ULONG version) noexcept {
    return version >> 16;
}

void check_version(const ModuleRef& module, const char* entry, ULONG version) {
    if (version <= CURRENT_SPI_VERSION &&
        major_version(version) == major_version(CURRENT_SPI_VERSION))
        return;
    REMAPI_ERROR(Spi,
                 "%s: %s wants version 0x%08x of the service provider interface, this is 0x%08x",
                 log::utf8(module.path()).c_str(), entry, static_cast<unsigned>(version),
                 static_cast<unsigned>(CURRENT_SPI_VERSION));
    throw Error(MAPI_E_VERSION, std::string(entry) + " of " + module.name());
}

template <class Provider>
InitializedProvider<Provider> init(StringView dll_name, const char* entry, ULONG flags) {
    InitializedProvider<Provider> provider;
    provider.module = load_module(dll_name);
    ModuleRef& module = provider.module;
    const auto function = reinterpret_cast<EntryPoint<Provider>>(module.find(entry));
    if (!function) {
        REMAPI_ERROR(Spi, "%s: no entry point %s: not a provider of this kind",
                     log::utf8(module.path()).c_str(), entry);
        throw Error(MAPI_E_NOT_INITIALIZED, std::string(entry) + " of " + module.name());
    }
    ULONG version = CURRENT_SPI_VERSION;
    Provider* object = nullptr;
    const memory::Routines& routines = memory::routines();
    const HRESULT hr = call_provider(module, entry, [&] {
        return function(module.instance(), memory::default_malloc(), routines.allocate,
                        routines.more, routines.free, flags, CURRENT_SPI_VERSION, &version,
                        &object);
    });
    if (FAILED(hr)) throw Error(hr, std::string(entry) + " of " + module.name());
    provider.object = com::Ptr<Provider>::attach(object);
    if (!object)
        throw Error(MAPI_E_CALL_FAILED, std::string(entry) + " gave no object: " + module.name());
    try {
        check_version(module, entry, version);
    } catch (...) {
        release_in_provider(module, provider.object.detach());
        throw;
    }
    return provider;
}

template <class Provider>
void end(InitializedProvider<Provider>& provider, const char* what) noexcept {
    if (!provider.object) return;
    Provider* object = provider.object.detach();
    call_provider(provider.module, what, [object] {
        ULONG flags = 0;
        return object->Shutdown(&flags);
    });
    release_in_provider(provider.module, object);
}

}  // namespace

InitializedProvider<IMSProvider> init_store_provider(StringView dll_name, ULONG flags) {
    return init<IMSProvider>(dll_name, "MSProviderInit", flags);
}

InitializedProvider<IABProvider> init_address_book_provider(StringView dll_name, ULONG flags) {
    return init<IABProvider>(dll_name, "ABProviderInit", flags);
}

InitializedProvider<IXPProvider> init_transport_provider(StringView dll_name, ULONG flags) {
    return init<IXPProvider>(dll_name, "XPProviderInit", flags);
}

void shut_down(InitializedProvider<IMSProvider>& provider) noexcept {
    end(provider, "IMSProvider::Shutdown");
}

void shut_down(InitializedProvider<IABProvider>& provider) noexcept {
    end(provider, "IABProvider::Shutdown");
}

void shut_down(InitializedProvider<IXPProvider>& provider) noexcept {
    end(provider, "IXPProvider::Shutdown");
}

}  // namespace remapi::spi
