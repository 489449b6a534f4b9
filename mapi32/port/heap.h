// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The heap behind MAPIGetDefaultMalloc: on PE the local heap, so that LocalSize and LocalFree work
// on its blocks (quirk Q46), natively malloc.
#pragma once

#include <cstddef>

namespace remapi::port {

void* heap_allocate(std::size_t size) noexcept;
/// Null when the heap has no room; `block` then stays as it was.
void* heap_reallocate(void* block, std::size_t size) noexcept;
void heap_free(void* block) noexcept;
/// Bytes of a live block, at least what was asked for.
std::size_t heap_size(void* block) noexcept;

}  // namespace remapi::port
