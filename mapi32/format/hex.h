// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Binary data as hexadecimal digits, two for each byte, the higher four bits first. Pages:
// mapi/hexfrombin.md, mapi/fbinfromhex.md, mapi/scbinfromhexbounded.md
#pragma once

#include <optional>
#include <string>

#include "format/bytes.h"

namespace remapi::format {

/// Writes two upper-case digits for each of `bytes` to `out`, without a terminating zero.
void write_hex(BytesView bytes, char* out) noexcept;
/// The same as a text.
std::string hex_text(BytesView bytes);

/// Writes the bytes that pairs of digits, in either case, spell. Stops before the first pair with
/// another character in it, or at the end; a last single digit is no pair.
/// @param out  digits.size() / 2 bytes, all of which may be written to
/// @returns    how many bytes are spelt
std::size_t read_hex(std::string_view digits, std::uint8_t* out) noexcept;
/// nullopt unless `digits` are pairs of digits throughout.
std::optional<Bytes> bytes_from_hex(std::string_view digits);

/// The units before the terminating zero of `text`, which is not null.
std::size_t text_length(const char* text) noexcept;

}  // namespace remapi::format
