// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Calling code that is not ours and may fault (DESIGN decision 16).
#pragma once

#include <cstdint>

namespace remapi::port {

/// What happened when foreign code faulted.
struct Fault {
    std::uint32_t code = 0;          ///< the exception code of Windows
    std::uintptr_t instruction = 0;  ///< where
    std::uintptr_t address = 0;      ///< the address it touched, for an access violation
};

/// Runs `body(context)`. PE: an access violation and its like, or another compiler's C++ exception,
/// that no handler further in took ends the body, fills `fault` and returns false; what the body
/// held stays held, so nothing of ours may be. Handlers that the foreign code itself installed come
/// first. Natively it only runs the body: a fault there ends the process. `body` must not throw.
bool call_foreign(void (*body)(void*), void* context, Fault& fault) noexcept;

}  // namespace remapi::port
