// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/memory_probe.h"

#include <windows.h>

namespace remapi::port {
namespace {

constexpr DWORD kWritable =
    PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
constexpr DWORD kReadable = kWritable | PAGE_READONLY | PAGE_EXECUTE_READ;

// Asks instead of trying, as IsBadReadPtr does: that one eats the guard pages stacks grow by.
bool has_access(const void* memory, std::uint64_t size, DWORD wanted) noexcept {
    if (size == 0) return true;
    const auto first = reinterpret_cast<std::uintptr_t>(memory);
    if (!memory || size - 1 > UINTPTR_MAX - first) return false;
    const std::uintptr_t last = first + static_cast<std::uintptr_t>(size - 1);
    for (std::uintptr_t at = first;;) {
        MEMORY_BASIC_INFORMATION region;
        if (!VirtualQuery(reinterpret_cast<const void*>(at), &region, sizeof region)) return false;
        if (region.State != MEM_COMMIT || (region.Protect & (PAGE_GUARD | PAGE_NOACCESS)) != 0 ||
            (region.Protect & wanted) == 0)
            return false;
        const std::uintptr_t next =
            reinterpret_cast<std::uintptr_t>(region.BaseAddress) + region.RegionSize;
        if (next > last || next < at) return true;
        at = next;
    }
}

}  // namespace

bool is_readable(const void* memory, std::uint64_t size) noexcept {
    return has_access(memory, size, kReadable);
}

bool is_writable(const void* memory, std::uint64_t size) noexcept {
    return has_access(memory, size, kWritable);
}

}  // namespace remapi::port
