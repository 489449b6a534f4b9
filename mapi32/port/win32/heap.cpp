// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/heap.h"

#include <windows.h>

namespace remapi::port {

void* heap_allocate(std::size_t size) noexcept {
    return LocalAlloc(LMEM_FIXED, size);
}

void* heap_reallocate(void* block, std::size_t size) noexcept {
    return LocalReAlloc(block, size, LMEM_MOVEABLE);
}

void heap_free(void* block) noexcept {
    LocalFree(block);
}

std::size_t heap_size(void* block) noexcept {
    return LocalSize(block);
}

}  // namespace remapi::port
