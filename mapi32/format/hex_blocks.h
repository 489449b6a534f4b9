// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The inner loops of format/hex.h, sixteen bytes at a time. They may be called only where
// port::has_wide_registers().
#pragma once

#include <cstddef>
#include <cstdint>

namespace remapi::format {

/// Digits for as many whole blocks of `bytes` as there are. Answers the number of bytes done.
std::size_t write_hex_blocks(const std::uint8_t* bytes, std::size_t size, char* out) noexcept;

/// Bytes for whole blocks of digits, up to the first block with another character in it. Answers
/// the number of bytes done; the digits are twice as many.
std::size_t read_hex_blocks(const char* digits, std::size_t length, std::uint8_t* out) noexcept;

/// The units before the terminating zero.
std::size_t text_length_by_blocks(const char* text) noexcept;

}  // namespace remapi::format
