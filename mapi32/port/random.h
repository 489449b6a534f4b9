// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Unpredictable bytes, for unique identifiers.
#pragma once

#include <cstddef>

namespace remapi::port {

/// Fills `buffer` from the system's cryptographic source. False when there is none.
bool random_bytes(void* buffer, std::size_t size) noexcept;

}  // namespace remapi::port
