// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/invalid_object.h"

#include <array>
#include <atomic>
#include <new>

#include "log/log.h"
#include "memory/allocator.h"

namespace remapi::spi {
namespace {

constexpr std::size_t kMethods = 64;
constexpr std::size_t kSmallestObject = 16;

// What lies in the block from then on.
struct InvalidObject {
    const void* const* methods;
    std::atomic<ULONG> references;
};
static_assert(sizeof(InvalidObject) <= kSmallestObject);

ULONG STDMETHODCALLTYPE add_ref(InvalidObject* self) {
    return self->references.fetch_add(1, std::memory_order_relaxed) + 1;
}

ULONG STDMETHODCALLTYPE release(InvalidObject* self) {
    const ULONG left = self->references.fetch_sub(1, std::memory_order_acq_rel) - 1;
    if (left == 0) memory::routines().free(self);
    return left;
}

// Arguments beyond the first are the caller's business on every convention but i686's stdcall.
HRESULT STDMETHODCALLTYPE invalid(InvalidObject*) {
    return MAPI_E_INVALID_OBJECT;
}

using Table = std::array<const void*, kMethods>;
constinit Table g_table = {};
constinit std::atomic<bool> g_ready = false;

// Filled at run time, several times with the same values if need be: a function's address as a
// void* is no constant expression.
const void* const* table() noexcept {
    if (!g_ready.load(std::memory_order_acquire)) {
        g_table.fill(reinterpret_cast<const void*>(&invalid));
        g_table[1] = reinterpret_cast<const void*>(&add_ref);
        g_table[2] = reinterpret_cast<const void*>(&release);
        g_ready.store(true, std::memory_order_release);
    }
    return g_table.data();
}

}  // namespace

HRESULT make_invalid(void* object, ULONG references, ULONG methods) noexcept {
    if (!object || references == 0 || methods < 3 || methods > kMethods)
        return MAPI_E_INVALID_PARAMETER;
    if constexpr (sizeof(void*) == 4) {
        log::not_supported("IMAPISupport::MakeInvalid");
        return MAPI_E_NO_SUPPORT;
    }
    auto* invalid_object = static_cast<InvalidObject*>(object);
    ::new (&invalid_object->references) std::atomic<ULONG>(references);
    invalid_object->methods = table();
    return S_OK;
}

}  // namespace remapi::spi
