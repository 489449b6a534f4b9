// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/allocator.h"

#include "log/log.h"
#include "memory/heap/heap.h"

namespace remapi::memory {
namespace {

// The one place where a build with a sanitizer differs: it watches the blocks of malloc.
constinit Heap g_heap(REMAPI_SANITIZED ? Heap::Blocks::Lone : Heap::Blocks::Pooled);

/// The code of an outcome; a pointer that is not what `function` must be given is logged.
SCODE code_of(Outcome outcome, const char* function, const void* block) noexcept {
    switch (outcome) {
        case Outcome::Done:
            return S_OK;
        case Outcome::NoMemory:
            return MAPI_E_NOT_ENOUGH_MEMORY;
        case Outcome::NotOurs:
            REMAPI_WARN(Memory, "%s: %p is no live MAPI buffer", function, block);
            break;
        case Outcome::Linked:
            REMAPI_WARN(Memory, "%s: %p is no root MAPI buffer", function, block);
            break;
    }
    return MAPI_E_INVALID_PARAMETER;
}

}  // namespace

SCODE allocate_buffer(ULONG size, void** out) noexcept {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    return g_heap.allocate(size, out) == Outcome::Done ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

SCODE allocate_more(ULONG size, void* root, void** out) noexcept {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    const Outcome outcome = g_heap.link(size, root, out);
    return outcome == Outcome::Done ? S_OK : code_of(outcome, "MAPIAllocateMore", root);
}

SCODE reallocate_buffer(void* block, ULONG size, void** out) noexcept {
    if (!block) return allocate_buffer(size, out);
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    return code_of(g_heap.resize(block, size, out), "MAPIReallocateBuffer", block);
}

ULONG free_buffer(void* block) noexcept {
    if (block && g_heap.free(block) == Outcome::NotOurs) {
        REMAPI_WARN(Memory, "MAPIFreeBuffer: %p is no live MAPI buffer, left alone", block);
    }
    return S_OK;
}

std::size_t live_buffers() noexcept {
    return g_heap.live();
}

namespace {

SCODE STDMETHODCALLTYPE own_allocate(ULONG size, LPVOID* out) {
    return allocate_buffer(size, out);
}
SCODE STDMETHODCALLTYPE own_more(ULONG size, LPVOID root, LPVOID* out) {
    return allocate_more(size, root, out);
}
ULONG STDAPICALLTYPE own_free(LPVOID block) {
    return free_buffer(block);
}

constinit Routines g_routines = {own_allocate, own_more, own_free};

}  // namespace

const Routines& routines() noexcept {
    return g_routines;
}

void use_routines(const Routines& host) noexcept {
    g_routines = host;
}

}  // namespace remapi::memory
