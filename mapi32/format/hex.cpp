// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/hex.h"

#include "format/hex_blocks.h"
#include "port/cpu.h"

namespace remapi::format {
namespace {

constexpr char kDigits[] = "0123456789ABCDEF";

/// -1 for what is no digit.
int digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void write_hex(BytesView bytes, char* out) noexcept {
    std::size_t i = 0;
    if (port::has_wide_registers()) i = write_hex_blocks(bytes.data(), bytes.size(), out);
    for (; i < bytes.size(); ++i) {
        out[i * 2] = kDigits[bytes[i] >> 4];
        out[i * 2 + 1] = kDigits[bytes[i] & 0x0F];
    }
}

std::string hex_text(BytesView bytes) {
    std::string text(bytes.size() * 2, '\0');
    write_hex(bytes, text.data());
    return text;
}

std::size_t read_hex(std::string_view digits, std::uint8_t* out) noexcept {
    std::size_t i = 0;
    if (port::has_wide_registers()) i = read_hex_blocks(digits.data(), digits.size(), out);
    for (; i * 2 + 1 < digits.size(); ++i) {
        const int high = digit_value(digits[i * 2]);
        const int low = digit_value(digits[i * 2 + 1]);
        if (high < 0 || low < 0) break;
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return i;
}

std::optional<Bytes> bytes_from_hex(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    Bytes bytes(digits.size() / 2);
    if (read_hex(digits, bytes.data()) != bytes.size()) return std::nullopt;
    return bytes;
}

std::size_t text_length(const char* text) noexcept {
    return port::has_wide_registers() ? text_length_by_blocks(text) : std::strlen(text);
}

}  // namespace remapi::format
