// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/task_memory.h"

namespace remapi::object {

void* task_allocate(std::size_t size) noexcept {
    return CoTaskMemAlloc(size);
}

void task_free(void* block) noexcept {
    CoTaskMemFree(block);
}

}  // namespace remapi::object
