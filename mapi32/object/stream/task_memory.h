// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// Memory that a COM interface hands out and its caller frees: with CoTaskMemFree on PE, natively
/// with the allocator of MAPIGetDefaultMalloc. Null when there is none.
void* task_allocate(std::size_t size) noexcept;
void task_free(void* block) noexcept;

/// A zero-terminated copy of `text` in such memory; null for an empty one.
/// Throws Error(STG_E_INSUFFICIENTMEMORY).
LPOLESTR task_text(StringView text);

}  // namespace remapi::object
