// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/ansi_search.h"

#include <cstring>

namespace remapi::text {
namespace {

bool within(unsigned char byte, unsigned char first, unsigned char last) noexcept {
    return byte >= first && byte <= last;
}

/// Bytes of the character at `text`, which is not at its end.
std::size_t character_bytes(const char* text, UINT code_page) noexcept {
    return is_lead_byte(static_cast<unsigned char>(*text), code_page) && text[1] != 0 ? 2 : 1;
}

bool is_character(const char* text, std::size_t size, USHORT character) noexcept {
    const auto first = static_cast<unsigned char>(text[0]);
    if (size == 1) return first == character;
    return (first | static_cast<unsigned char>(text[1]) << 8) == character;
}

/// What `c` is worth as a digit; a large number when it is none.
unsigned digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return 16;
}

}  // namespace

bool is_lead_byte(unsigned char byte, UINT code_page) noexcept {
    switch (code_page) {
        case 932:
            return within(byte, 0x81, 0x9F) || within(byte, 0xE0, 0xFC);
        case 936:
        case 949:
        case 950:
            return within(byte, 0x81, 0xFE);
        case 1361:
            return within(byte, 0x84, 0xD3) || within(byte, 0xD8, 0xDE) || within(byte, 0xE0, 0xF9);
        default:
            return false;
    }
}

const char* find_character(const char* text, USHORT character, UINT code_page) noexcept {
    while (*text != 0) {
        const std::size_t size = character_bytes(text, code_page);
        if (is_character(text, size, character)) return text;
        text += size;
    }
    return nullptr;
}

const char* find_last_character(const char* text, USHORT character, UINT code_page) noexcept {
    const char* last = nullptr;
    while (const char* const found = find_character(text, character, code_page)) {
        last = found;
        text = found + character_bytes(found, code_page);
    }
    return last;
}

const char* find_text(const char* text, const char* key, UINT code_page) noexcept {
    if (*key == 0) return nullptr;
    // strstr does not look back further than it must; what is left is to see whether what it found
    // starts between two characters.
    const char* boundary = text;
    for (const char* found = text; (found = std::strstr(found, key)) != nullptr; ++found) {
        while (boundary < found) boundary += character_bytes(boundary, code_page);
        if (boundary == found) return found;
    }
    return nullptr;
}

ULONG number_at(const char* text, unsigned base) noexcept {
    ULONG number = 0;
    for (; digit_value(*text) < base; ++text) number = number * base + digit_value(*text);
    return number;
}

}  // namespace remapi::text
