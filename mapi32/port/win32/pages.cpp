// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/pages.h"

#include <windows.h>

#include <cstdint>

namespace remapi::port {
namespace {

constexpr std::uintptr_t kPageBytes = 4096;  // of both processors

}  // namespace

void* reserve_pages(std::size_t size) noexcept {
    return VirtualAlloc(nullptr, size, MEM_RESERVE, PAGE_NOACCESS);
}

bool commit_pages(void* start, std::size_t size) noexcept {
    return VirtualAlloc(start, size, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

void decommit_pages(void* start, std::size_t size) noexcept {
    const auto begin = reinterpret_cast<std::uintptr_t>(start);
    const std::uintptr_t first = (begin + kPageBytes - 1) & ~(kPageBytes - 1);
    const std::uintptr_t end = (begin + size) & ~(kPageBytes - 1);
    if (first < end) VirtualFree(reinterpret_cast<void*>(first), end - first, MEM_DECOMMIT);
}

}  // namespace remapi::port
