// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/bounded_text.h"

#include <cstring>

#include "port/memory_probe.h"

namespace remapi::port {
namespace {

template <class Unit>
bool can_read(const Unit* text, std::size_t limit) noexcept {
    constexpr std::uintptr_t kPageBytes =
        4096;  // the smallest there is: larger ones are asked twice
    std::uintptr_t known_page = ~std::uintptr_t{0};  // its number; none so far
    auto at = reinterpret_cast<std::uintptr_t>(text);
    for (std::size_t i = 0; i < limit; ++i, at += sizeof(Unit)) {
        const std::uintptr_t last_page = (at + sizeof(Unit) - 1) / kPageBytes;
        if (last_page != known_page) {
            if (!is_readable(reinterpret_cast<const void*>(at), sizeof(Unit))) return false;
            known_page = last_page;
        }
        Unit unit = 0;  // copied: the text may be misaligned
        std::memcpy(&unit, reinterpret_cast<const void*>(at), sizeof unit);
        if (unit == 0) return true;
    }
    return true;
}

}  // namespace

bool can_read_text(const char* text, std::size_t limit) noexcept {
    return can_read(text, limit);
}

bool can_read_text(const WideChar* text, std::size_t limit) noexcept {
    return can_read(text, limit);
}

}  // namespace remapi::port
