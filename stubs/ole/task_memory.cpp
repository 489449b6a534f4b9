// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/task_memory.h"

STDAPI_(void*) CoTaskMemAlloc(SIZE_T size) {
    return remapi::object::task_allocate(size);
}

STDAPI_(void) CoTaskMemFree(void* block) {
    remapi::object::task_free(block);
}
