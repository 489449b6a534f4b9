// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Allocation for objects that are their caller's own. Undocumented: names and argument sizes are
// public, nothing else (decision 25). Each is given an object first, which is neither read nor
// written, as nobody says how it is laid out.
#include "abi/mapi.h"
#include "memory/allocator.h"
#include "memory/buffer.h"
#include "port/module.h"

namespace memory = remapi::memory;

extern "C" {

/// Allocates a buffer as MAPIAllocateBuffer does; freed with UNKOBJ_Free or MAPIFreeBuffer.
/// @param size  in bytes; 0 gives a buffer too
/// @param out   [out] the buffer, not zeroed
/// Errors: MAPI_E_INVALID_PARAMETER without `out`; MAPI_E_NOT_ENOUGH_MEMORY.
SCODE WINAPI UNKOBJ_ScAllocate(LPVOID, ULONG size, LPVOID* out) {
    remapi::port::pin_own_module();  // a caller may keep the buffer longer than its reference to us
    return memory::allocate_buffer(size, out);
}

/// Allocates a buffer linked to `root`, as MAPIAllocateMore does; it dies with `root`.
/// @param root  a buffer of UNKOBJ_ScAllocate, MAPIAllocateBuffer or linked to one
/// @param out   [out] the buffer, not zeroed
/// Errors: MAPI_E_INVALID_PARAMETER when `root` is no live buffer or without `out`;
/// MAPI_E_NOT_ENOUGH_MEMORY.
SCODE WINAPI UNKOBJ_ScAllocateMore(LPVOID, ULONG size, LPVOID root, LPVOID* out) {
    return memory::allocate_more(size, root, out);
}

/// Frees a buffer and everything linked to it. Null, linked, foreign and freed pointers are left
/// alone.
void WINAPI UNKOBJ_Free(LPVOID, LPVOID buffer) {
    memory::free_buffer(buffer);
}

/// Frees a row set and the values of its rows, as FreeProws does; null is left alone.
void WINAPI UNKOBJ_FreeRows(LPVOID, LPSRowSet rows) {
    memory::free_row_set(rows);
}

/// Allocates a block of the allocator of MAPIGetDefaultMalloc.
/// @param size  in bytes; 0 gives a block too
/// @param out   [out] the block, not zeroed; freed with UNKOBJ_COFree
/// Errors: MAPI_E_INVALID_PARAMETER without `out`; MAPI_E_NOT_ENOUGH_MEMORY.
SCODE WINAPI UNKOBJ_ScCOAllocate(LPVOID, ULONG size, LPVOID* out) {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = memory::default_malloc()->Alloc(size);
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/// Changes the size of a block of UNKOBJ_ScCOAllocate, keeping its contents, by the rules of
/// IMalloc::Realloc.
/// @param size   in bytes; 0 frees a block and leaves null
/// @param block  [in, out] the block, elsewhere perhaps; null in it allocates; on failure it stays
///               as it was
/// Errors: MAPI_E_INVALID_PARAMETER without `block`; MAPI_E_NOT_ENOUGH_MEMORY.
SCODE WINAPI UNKOBJ_ScCOReallocate(LPVOID, ULONG size, LPVOID* block) {
    if (!block) return MAPI_E_INVALID_PARAMETER;
    const bool frees = *block && size == 0;
    void* const resized = memory::default_malloc()->Realloc(*block, size);
    if (!resized && !frees) return MAPI_E_NOT_ENOUGH_MEMORY;
    *block = resized;
    return S_OK;
}

/// Frees a block of UNKOBJ_ScCOAllocate or UNKOBJ_ScCOReallocate; null is left alone.
void WINAPI UNKOBJ_COFree(LPVOID, LPVOID block) {
    memory::default_malloc()->Free(block);
}

}  // extern "C"
