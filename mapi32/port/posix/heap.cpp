// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/heap.h"

#include <malloc.h>

#include <cstdlib>

namespace remapi::port {

void* heap_allocate(std::size_t size) noexcept {
    return std::malloc(size ? size : 1);
}

void* heap_reallocate(void* block, std::size_t size) noexcept {
    return std::realloc(block, size ? size : 1);
}

void heap_free(void* block) noexcept {
    std::free(block);
}

std::size_t heap_size(void* block) noexcept {
    return malloc_usable_size(block);
}

}  // namespace remapi::port
