// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/allocator.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "log/log.h"
#include "memory/block_set.h"

namespace remapi::memory {
namespace {

/// Precedes every block. A root keeps its linked blocks in a list of its own.
struct alignas(16) Header {
    Header* root;  ///< itself for a root
    Header* next;  ///< next linked block of the same root
    std::size_t size;
};

constinit BlockSet g_roots;
constinit BlockSet g_linked;
constinit port::StaticMutex g_chain_mutexes[16];

void* payload(Header* header) noexcept {
    return header + 1;
}
Header* header_of(void* block) noexcept {
    return static_cast<Header*>(block) - 1;
}
port::StaticMutex& chain_mutex(const Header* root) noexcept {
    return g_chain_mutexes[(reinterpret_cast<std::uintptr_t>(root) >> 5) %
                           std::size(g_chain_mutexes)];
}

Header* new_block(ULONG size) noexcept {
    const std::size_t total = sizeof(Header) + static_cast<std::size_t>(size);
    if (total < size) return nullptr;  // 32-bit: the header would wrap the size around
    auto* header = static_cast<Header*>(std::malloc(total));
    if (header) *header = {header, nullptr, size};
    return header;
}

/// Frees `header` and everything linked to it; the root is out of its set already.
void free_chain(Header* header) noexcept {
    for (Header* linked = header->next; linked;) {
        Header* next = linked->next;
        g_linked.erase(address_of(payload(linked)));
        std::free(linked);
        linked = next;
    }
    std::free(header);
}

}  // namespace

SCODE allocate_buffer(ULONG size, void** out) noexcept {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    Header* header = new_block(size);
    if (!header) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!g_roots.insert(address_of(payload(header)))) {
        std::free(header);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *out = payload(header);
    return S_OK;
}

SCODE allocate_more(ULONG size, void* root, void** out) noexcept {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    if (!root || (!g_roots.contains(address_of(root)) && !g_linked.contains(address_of(root)))) {
        REMAPI_WARN(Memory, "MAPIAllocateMore: %p is not a MAPI buffer", root);
        return MAPI_E_INVALID_PARAMETER;
    }
    Header* header = new_block(size);
    if (!header) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!g_linked.insert(address_of(payload(header)))) {
        std::free(header);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    Header* owner = header_of(root)->root;
    const port::Lock lock(chain_mutex(owner));
    header->root = owner;
    header->next = owner->next;
    owner->next = header;
    *out = payload(header);
    return S_OK;
}

SCODE reallocate_buffer(void* block, ULONG size, void** out) noexcept {
    if (!block) return allocate_buffer(size, out);
    if (!out) return MAPI_E_INVALID_PARAMETER;
    if (!g_roots.contains(address_of(block))) {
        REMAPI_WARN(Memory, "MAPIReallocateBuffer: %p is not a root MAPI buffer", block);
        return MAPI_E_INVALID_PARAMETER;
    }
    void* fresh = nullptr;
    const SCODE sc = allocate_buffer(size, &fresh);
    if (FAILED(sc)) return sc;
    Header* from = header_of(block);
    Header* to = header_of(fresh);
    std::memcpy(fresh, block, std::min<std::size_t>(from->size, size));
    {
        const port::Lock lock(chain_mutex(from));
        to->next = std::exchange(from->next, nullptr);
        for (Header* linked = to->next; linked; linked = linked->next) linked->root = to;
    }
    free_buffer(block);
    *out = fresh;
    return S_OK;
}

ULONG free_buffer(void* block) noexcept {
    if (!block) return S_OK;
    if (g_roots.erase(address_of(block))) {
        free_chain(header_of(block));
        return S_OK;
    }
    if (g_linked.contains(address_of(block))) return S_OK;  // dies with its root
    REMAPI_WARN(Memory, "MAPIFreeBuffer: %p is no live MAPI buffer, left alone", block);
    return S_OK;
}

std::size_t live_buffers() noexcept {
    return g_roots.size();
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
