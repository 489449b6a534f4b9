// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/nls.h"

namespace remapi::port {

std::optional<int> system_compare_text(std::uint32_t, std::uint32_t, const WideChar*, int,
                                       const WideChar*, int) noexcept {
    return std::nullopt;
}

std::optional<int> system_to_wide(unsigned, std::uint32_t, const char*, int, WideChar*,
                                  int) noexcept {
    return std::nullopt;
}

std::optional<int> system_to_bytes(unsigned, std::uint32_t, const WideChar*, int, char*, int,
                                   const char*, int*) noexcept {
    return std::nullopt;
}

}  // namespace remapi::port
