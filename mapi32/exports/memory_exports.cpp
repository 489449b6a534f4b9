// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/mapi.h"
#include "memory/allocator.h"
#include "port/module.h"

namespace memory = remapi::memory;

extern "C" {

/// Allocates a buffer that MAPIFreeBuffer frees, with everything linked to it.
/// @param size  in bytes; 0 gives a buffer too
/// @param out   [out] the buffer, not zeroed
/// Errors: MAPI_E_INVALID_PARAMETER without `out`; MAPI_E_NOT_ENOUGH_MEMORY, also when the size
/// overflows. Page: mapi/mapiallocatebuffer.md
SCODE WINAPI MAPIAllocateBuffer(ULONG size, LPVOID* out) {
    remapi::port::pin_own_module();  // a caller may keep the buffer longer than its reference to us
    return memory::allocate_buffer(size, out);
}

/// Allocates a buffer linked to `object`, which dies with it and is never freed on its own.
/// @param object  a buffer of MAPIAllocateBuffer or MAPIAllocateMore
/// Errors: MAPI_E_INVALID_PARAMETER when `object` is no live buffer; MAPI_E_NOT_ENOUGH_MEMORY.
/// Page: mapi/mapiallocatemore.md
SCODE WINAPI MAPIAllocateMore(ULONG size, LPVOID object, LPVOID* out) {
    return memory::allocate_more(size, object, out);
}

/// Frees a buffer and everything linked to it. Null, linked, foreign and freed pointers are left
/// alone. Page: mapi/mapifreebuffer.md
ULONG WINAPI MAPIFreeBuffer(LPVOID buffer) {
    return memory::free_buffer(buffer);
}

/// Changes the size of a buffer of MAPIAllocateBuffer, keeping its contents and what is linked to
/// it.
/// @param buffer  null allocates
/// @param out     [out] the buffer, elsewhere perhaps; on failure `buffer` stays as it was
/// Errors: as MAPIAllocateBuffer; MAPI_E_INVALID_PARAMETER when `buffer` is no live root buffer.
/// Page: mapi/mapireallocatebuffer.md
SCODE WINAPI MAPIReallocateBuffer(LPVOID buffer, ULONG size, LPVOID* out) {
    return memory::reallocate_buffer(buffer, size, out);
}

/// The allocator for memory that crosses OLE interfaces. Its reference count does not count (quirk
/// Q46). Page: mapi/mapigetdefaultmalloc.md
LPMALLOC WINAPI MAPIGetDefaultMalloc() {
    remapi::port::pin_own_module();
    return memory::default_malloc();
}

}  // extern "C"
