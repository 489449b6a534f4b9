// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/memory_probe.h"

#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

namespace remapi::port {
namespace {

constexpr std::uint64_t kSmallestPage = 4096;
constexpr std::size_t kPagesAtOnce = 64;

// One byte of each page, copied by the system, which answers EFAULT instead of a signal.
bool can_copy(iovec* pages, std::size_t count) noexcept {
    unsigned char bytes[kPagesAtOnce];
    const iovec local = {bytes, count};
    const ssize_t copied = process_vm_readv(getpid(), &local, 1, pages, count, 0);
    if (copied == static_cast<ssize_t>(count)) return true;
    // A sandbox that forbids the call tells nothing about the memory.
    return copied < 0 && errno != EFAULT && errno != EINVAL;
}

}  // namespace

bool is_readable(const void* memory, std::uint64_t size) noexcept {
    if (size == 0) return true;
    const auto first = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t last = first + (size - 1);
    if (!memory || last < first || size - 1 > UINTPTR_MAX) return false;
    iovec pages[kPagesAtOnce];
    std::size_t count = 0;
    for (std::uintptr_t at = first;;) {
        pages[count++] = {reinterpret_cast<void*>(at), 1};
        const std::uintptr_t next = (at & ~(kSmallestPage - 1)) + kSmallestPage;
        const bool is_end = next > last || next < at;
        if (is_end || count == kPagesAtOnce) {
            if (!can_copy(pages, count)) return false;
            count = 0;
        }
        if (is_end) return true;
        at = next;
    }
}

bool is_writable(const void* memory, std::uint64_t size) noexcept {
    return is_readable(memory, size);
}

}  // namespace remapi::port
