// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Memory for the system DLL's own kind of objects. Nothing is published of their layout and nobody
// but that DLL can make one, so the object is not looked at: what was the object's allocator is
// ours for all of them. Names and sizes of the arguments say what each function does, by analogy
// with MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, FreeProws and IMalloc.
#include "memory/buffer.h"
#include "port/module.h"

namespace memory = remapi::memory;

extern "C" {

/// Allocates a buffer for UNKOBJ_Free. Errors: those of MAPIAllocateBuffer.
SCODE WINAPI UNKOBJ_ScAllocate(LPVOID, ULONG size, LPVOID* out) {
    remapi::port::pin_own_module();
    return memory::allocate_buffer(size, out);
}

/// Allocates a buffer that is linked to `base`. Errors: those of MAPIAllocateMore.
SCODE WINAPI UNKOBJ_ScAllocateMore(LPVOID, ULONG size, LPVOID base, LPVOID* out) {
    return memory::allocate_more(size, base, out);
}

/// Frees a buffer and what is linked to it, as MAPIFreeBuffer does.
void WINAPI UNKOBJ_Free(LPVOID, LPVOID buffer) {
    memory::free_buffer(buffer);
}

/// Frees a row set with its rows, as FreeProws does.
void WINAPI UNKOBJ_FreeRows(LPVOID, LPSRowSet rows) {
    memory::free_row_set(rows);
}

/// Allocates memory of MAPIGetDefaultMalloc's allocator.
/// Errors: MAPI_E_INVALID_PARAMETER without `out`; MAPI_E_NOT_ENOUGH_MEMORY.
SCODE WINAPI UNKOBJ_ScCOAllocate(LPVOID, ULONG size, LPVOID* out) {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    remapi::port::pin_own_module();
    *out = memory::default_malloc()->Alloc(size);
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/// Changes the size of such memory.
/// @param block  [in, out] the memory, null for none yet; left as it was on failure
/// Errors: as UNKOBJ_ScCOAllocate.
SCODE WINAPI UNKOBJ_ScCOReallocate(LPVOID, ULONG size, LPVOID* block) {
    if (!block) return MAPI_E_INVALID_PARAMETER;
    // An empty block instead of none: size 0 would free the memory.
    void* const grown = memory::default_malloc()->Realloc(*block, size > 0 ? size : 1);
    if (!grown) return MAPI_E_NOT_ENOUGH_MEMORY;
    *block = grown;
    return S_OK;
}

/// Frees such memory; null is left alone.
void WINAPI UNKOBJ_COFree(LPVOID, LPVOID block) {
    memory::default_malloc()->Free(block);
}

}  // extern "C"
