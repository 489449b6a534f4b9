// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/nls.h"

#include <windows.h>

namespace remapi::port {

std::optional<int> system_compare_text(std::uint32_t locale, std::uint32_t flags,
                                       const WideChar* left, int left_units, const WideChar* right,
                                       int right_units) noexcept {
    return CompareStringW(locale, flags, left, left_units, right, right_units);
}

std::optional<int> system_to_wide(unsigned code_page, std::uint32_t flags, const char* bytes,
                                  int size, WideChar* out, int out_units) noexcept {
    return MultiByteToWideChar(code_page, flags, bytes, size, out, out_units);
}

std::optional<int> system_to_bytes(unsigned code_page, std::uint32_t flags, const WideChar* text,
                                   int units, char* out, int out_size, const char* default_char,
                                   int* used_default) noexcept {
    static_assert(sizeof(BOOL) == sizeof(int));
    return WideCharToMultiByte(code_page, flags, text, units, out, out_size, default_char,
                               used_default);
}

}  // namespace remapi::port
