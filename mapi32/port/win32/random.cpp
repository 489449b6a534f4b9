// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/random.h"

#include <windows.h>
// after windows.h
#include <ntsecapi.h>

#include <algorithm>

namespace remapi::port {

bool random_bytes(void* buffer, std::size_t size) noexcept {
    constexpr std::size_t kLargestRequest = 1u << 20;
    char* to = static_cast<char*>(buffer);
    while (size > 0) {
        const auto count = static_cast<ULONG>(std::min(size, kLargestRequest));
        if (!RtlGenRandom(to, count)) return false;
        to += count;
        size -= count;
    }
    return true;
}

}  // namespace remapi::port
