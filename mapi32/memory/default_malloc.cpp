// SPDX-License-Identifier: LGPL-2.1-or-later
#include <new>

#include "abi/iids.h"
#include "memory/allocator.h"
#include "port/heap.h"

namespace remapi::memory {
namespace {

/// One object for the process, in static storage: its reference count is a constant.
class DefaultMalloc final : public IMalloc {
public:
    constexpr DefaultMalloc() noexcept = default;

    STDMETHODIMP QueryInterface(REFIID iid, void** object) noexcept override {
        if (!object) return MAPI_E_INVALID_PARAMETER;
        const bool known = IsEqualGUID(iid, IID_IUnknown) || IsEqualGUID(iid, IID_IMalloc);
        *object = known ? this : nullptr;
        return known ? S_OK : MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    STDMETHODIMP_(ULONG) AddRef() noexcept override { return 1; }
    STDMETHODIMP_(ULONG) Release() noexcept override { return 1; }

    STDMETHODIMP_(void*) Alloc(SIZE_T size) noexcept override { return port::heap_allocate(size); }
    STDMETHODIMP_(void*) Realloc(void* block, SIZE_T size) noexcept override {
        if (!block) return port::heap_allocate(size);
        if (size == 0) {
            port::heap_free(block);
            return nullptr;
        }
        return port::heap_reallocate(block, size);
    }
    STDMETHODIMP_(void) Free(void* block) noexcept override { port::heap_free(block); }
    STDMETHODIMP_(SIZE_T) GetSize(void* block) noexcept override { return port::heap_size(block); }
    STDMETHODIMP_(INT) DidAlloc(void*) noexcept override { return -1; }  // "cannot tell"
    STDMETHODIMP_(void) HeapMinimize() noexcept override {}
};

constinit DefaultMalloc g_default_malloc;

}  // namespace

IMalloc* default_malloc() noexcept {
    return &g_default_malloc;
}

}  // namespace remapi::memory
