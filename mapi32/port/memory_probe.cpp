// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/memory_probe.h"

#include <cstring>

namespace remapi::port {
namespace {

constexpr std::uintptr_t kPage = 4096;  // no system has smaller ones

template <class Char>
bool is_terminated(const Char* text) noexcept {
    if (!text) return false;
    auto at = reinterpret_cast<std::uintptr_t>(text);
    std::uintptr_t readable_to = at;
    for (;; at += sizeof(Char)) {
        if (at + sizeof(Char) > readable_to) {
            const std::uintptr_t page_end = (at | (kPage - 1)) + 1;
            const std::uintptr_t wanted =
                page_end - at < sizeof(Char) ? at + sizeof(Char) : page_end;
            if (wanted < at) return false;
            if (!is_readable(reinterpret_cast<const void*>(at), wanted - at)) return false;
            readable_to = wanted;
        }
        Char unit;
        std::memcpy(&unit, reinterpret_cast<const void*>(at), sizeof unit);
        if (unit == 0) return true;
    }
}

}  // namespace

bool is_readable_text(const char* text) noexcept {
    return is_terminated(text);
}

bool is_readable_text(const WideChar* text) noexcept {
    return is_terminated(text);
}

}  // namespace remapi::port
