// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The platform's own functions of national language support, for those who promise exactly these.
#pragma once

#include <cstdint>
#include <optional>

#include "port/wide.h"

namespace remapi::port {

/// CompareStringW, arguments and answer; nullopt natively, where there is no such function.
std::optional<int> system_compare_text(std::uint32_t locale, std::uint32_t flags,
                                       const WideChar* left, int left_units, const WideChar* right,
                                       int right_units) noexcept;

/// MultiByteToWideChar; nullopt natively.
std::optional<int> system_to_wide(unsigned code_page, std::uint32_t flags, const char* bytes,
                                  int size, WideChar* out, int out_units) noexcept;

/// WideCharToMultiByte; nullopt natively.
/// @param used_default  32 bits that receive 0 or 1; may be null
std::optional<int> system_to_bytes(unsigned code_page, std::uint32_t flags, const WideChar* text,
                                   int units, char* out, int out_size, const char* default_char,
                                   int* used_default) noexcept;

}  // namespace remapi::port
