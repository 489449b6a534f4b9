// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The system gives a page its memory when it is first touched, so there is nothing to commit.
#include "port/pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace remapi::port {

void* reserve_pages(std::size_t size) noexcept {
    // More than wanted, because the system aligns to pages only; what is too much goes back.
    const std::size_t wide = size + kReserveBytes;
    if (wide < size) return nullptr;
    void* const memory = ::mmap(nullptr, wide, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (begin + kReserveBytes - 1) & ~(kReserveBytes - 1);
    if (first > begin) ::munmap(memory, first - begin);
    const std::size_t behind = begin + wide - (first + size);
    if (behind > 0) ::munmap(reinterpret_cast<void*>(first + size), behind);
    return reinterpret_cast<void*>(first);
}

bool commit_pages(void*, std::size_t) noexcept {
    return true;
}

void decommit_pages(void* start, std::size_t size) noexcept {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(start);
    const std::uintptr_t first = (begin + page - 1) & ~(page - 1);
    const std::uintptr_t end = (begin + size) & ~(page - 1);
    if (first < end) ::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
}

}  // namespace remapi::port
