// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/task_memory.h"

#include "memory/allocator.h"

namespace remapi::object {

void* task_allocate(std::size_t size) noexcept {
    return memory::default_malloc()->Alloc(size);
}

void task_free(void* block) noexcept {
    memory::default_malloc()->Free(block);
}

}  // namespace remapi::object
