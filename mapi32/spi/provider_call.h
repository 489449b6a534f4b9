// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The one way in which the host calls into a provider's module.
#pragma once

#include <type_traits>

#include "spi/loader.h"

namespace remapi::spi {

/// Runs `body(context)`, which calls into `module`: the thread's current directory, drive and
/// floating-point state survive, a C++ exception becomes a code (not on i686
/// PE, where GCC cannot unwind from one module into another and ends the process), and on PE an
/// access violation disables the module for this process (DESIGN decision 16). Hold no lock. `what`
/// names the call for the log. Returns the body's answer; MAPI_E_CALL_FAILED after a fault or when
/// the module is disabled.
HRESULT call_module(ModuleRef& module, const char* what, HRESULT (*body)(void*),
                    void* context) noexcept;

/// The same for a lambda.
template <class Body>
HRESULT call_provider(ModuleRef& module, const char* what, Body&& body) noexcept {
    using Held = std::remove_reference_t<Body>;
    return call_module(
        module, what, [](void* held) -> HRESULT { return (*static_cast<Held*>(held))(); }, &body);
}

/// Releases an object of a provider in the same way. Answers what Release answered, 0 after a
/// fault.
ULONG release_in_provider(ModuleRef& module, IUnknown* object) noexcept;

}  // namespace remapi::spi
