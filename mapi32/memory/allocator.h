// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Linked allocation: MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer. A block made by
// `allocate_more` dies with its root and need not be freed.
// Pages: mapi/mapiallocatebuffer.md, mapi/mapiallocatemore.md, mapi/mapifreebuffer.md
#pragma once

#include <cstddef>

#include "abi/mapi.h"

namespace remapi::memory {

/// A root block of `size` bytes, not zeroed, aligned for any value. Any thread.
/// Errors: MAPI_E_INVALID_PARAMETER without `out`; MAPI_E_NOT_ENOUGH_MEMORY, also when the size
/// overflows.
SCODE allocate_buffer(ULONG size, void** out) noexcept;

/// A block linked to `root`, which must be a live block of ours, root or linked.
/// Errors: MAPI_E_INVALID_PARAMETER when `root` is not ours; MAPI_E_NOT_ENOUGH_MEMORY.
SCODE allocate_more(ULONG size, void* root, void** out) noexcept;

/// Grows or shrinks the root block `block` (null: allocates), keeping its contents and linked
/// blocks. Errors: as allocate_buffer. On failure `block` stays as it was.
SCODE reallocate_buffer(void* block, ULONG size, void** out) noexcept;

/// Frees `block` and what is linked to it. Null, a linked block, a block freed before or a foreign
/// pointer is left alone (quirks Q25, Q43); the last two are logged. Always answers S_OK, as the
/// page has it.
ULONG free_buffer(void* block) noexcept;

/// Blocks that are live now, roots only. For tests.
std::size_t live_buffers() noexcept;

/// The three routines that objects of this module allocate by: ours within mapi32, the host's
/// within a provider. Set once, before the first allocation.
struct Routines {
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER free;
};
const Routines& routines() noexcept;
void use_routines(const Routines& host) noexcept;

/// The allocator of MAPIGetDefaultMalloc: LocalAlloc blocks on PE; AddRef and Release answer 1,
/// DidAlloc -1. Page: mapi/mapigetdefaultmalloc.md
IMalloc* default_malloc() noexcept;

}  // namespace remapi::memory
