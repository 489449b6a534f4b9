// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whether a pointer from strangers' code points to memory, without touching it. For the functions
// whose task is to say so (FBadProp, HrValidateParameters); another thread may change the answer.
#pragma once

#include <cstdint>

#include "port/wide.h"

namespace remapi::port {

/// Whether all of `size` bytes at `memory` can be read. Of zero bytes: yes.
bool is_readable(const void* memory, std::uint64_t size) noexcept;
/// Whether they can be written. Natively the same as is_readable: the system offers no way to ask
/// that leaves the bytes alone.
bool is_writable(const void* memory, std::uint64_t size) noexcept;
/// Whether a zero-terminated text lies at `text`, which may be misaligned; null: no.
bool is_readable_text(const char* text) noexcept;
bool is_readable_text(const WideChar* text) noexcept;

}  // namespace remapi::port
