// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/service_entry.h"

#include "abi/error.h"
#include "log/log.h"
#include "memory/allocator.h"
#include "spi/provider_call.h"
#include "spi/support.h"

namespace remapi::spi {
namespace {

/// Bytes of MSGSERVICEENTRY's ten arguments on i686, as a decorated name carries them.
constexpr unsigned kEntryArgumentBytes = 40;

}  // namespace

HRESULT call_service_entry(const ServiceCall& call, MAPIERROR** error) {
    if (error) *error = nullptr;
    ModuleRef module = load_module(call.service.dll_name);
    const auto entry = reinterpret_cast<LPMSGSERVICEENTRY>(
        module.find(call.entry_name.c_str(), kEntryArgumentBytes));
    if (!entry) {
        REMAPI_ERROR(Spi, "%s: no service entry point %s", log::utf8(module.path()).c_str(),
                     call.entry_name.c_str());
        throw Error(MAPI_E_NOT_INITIALIZED,
                    "service entry " + call.entry_name + " of " + module.name());
    }
    const com::Ptr<IMAPISupport> support = make_support(call.host, call.service);
    MAPIERROR* given = nullptr;
    const HRESULT hr = call_provider(module, "MSGSERVICEENTRY", [&] {
        return entry(
            module.instance(), memory::default_malloc(), support.get(), call.ui_param,
            call.flags | MAPI_UNICODE, call.context, narrow_size(call.properties.size()),
            const_cast<SPropValue*>(call.properties.empty() ? nullptr : call.properties.data()),
            call.providers, &given);
    });
    close_support(support.get());
    REMAPI_INFO(Spi, "%s: %s(%u) answered 0x%08x", module.name().c_str(), call.entry_name.c_str(),
                static_cast<unsigned>(call.context), static_cast<unsigned>(hr));
    if (error) {
        *error = given;
    } else if (given) {
        memory::routines().free(given);
    }
    return hr;
}

}  // namespace remapi::spi
