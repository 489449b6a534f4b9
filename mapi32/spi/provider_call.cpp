// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/provider_call.h"

#include <cstdio>

#include "abi/guard.h"
#include "port/foreign_call.h"

namespace remapi::spi {
namespace {

struct Call {
    const char* what;
    HRESULT (*body)(void*);
    void* context;
    HRESULT answer;
};

void run(void* argument) {
    auto& call = *static_cast<Call*>(argument);
    call.answer = abi::guard(call.what, [&] { return call.body(call.context); });
}

}  // namespace

HRESULT call_module(ModuleRef& module, const char* what, HRESULT (*body)(void*),
                    void* context) noexcept {
    if (module.disabled()) return MAPI_E_CALL_FAILED;
    const port::CallState state;
    Call call{what, body, context, MAPI_E_CALL_FAILED};
    port::Fault fault;
    if (port::call_foreign(run, &call, fault)) return call.answer;

    char because[160];
    std::snprintf(because, sizeof because, "%s faulted with 0x%08x at 0x%llx, touching 0x%llx",
                  what, static_cast<unsigned>(fault.code),
                  static_cast<unsigned long long>(fault.instruction),
                  static_cast<unsigned long long>(fault.address));
    module.disable(because);
    return MAPI_E_CALL_FAILED;
}

ULONG release_in_provider(ModuleRef& module, IUnknown* object) noexcept {
    if (!object) return 0;
    ULONG left = 0;
    call_provider(module, "IUnknown::Release", [&]() -> HRESULT {
        left = object->Release();
        return S_OK;
    });
    return left;
}

}  // namespace remapi::spi
