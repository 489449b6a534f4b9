// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/utf.h"

#include <cstdint>

namespace remapi::port {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

/// Length of the well-formed sequence at the front of `bytes`, 0 when there is none; its code point
/// in `out`.
std::size_t decode_one(std::string_view bytes, std::uint32_t& out) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    const std::uint8_t lead = at(0);
    if (lead < 0x80) {
        out = lead;
        return 1;
    }
    const std::size_t length = lead >= 0xF0 && lead <= 0xF4   ? 4
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xC2 && lead <= 0xDF ? 2
                                                              : 0;
    if (length == 0 || bytes.size() < length) return 0;
    std::uint32_t code = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80) return 0;
        code = (code << 6) | (at(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    out = code;
    return length;
}

void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
        return;
    }
    if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (code >> 6)));
    } else {
        if (code < 0x10000) {
            out.push_back(static_cast<char>(0xE0 | (code >> 12)));
        } else {
            out.push_back(static_cast<char>(0xF0 | (code >> 18)));
            out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
        }
        out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    }
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
}

}  // namespace

std::string to_utf8(StringView text) {
    std::string out;
    out.reserve(text.size() + text.size() / 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t code = static_cast<std::uint16_t>(text[i]);
        if (code >= 0xD800 && code <= 0xDFFF) {
            const bool paired = code < 0xDC00 && i + 1 < text.size() &&
                                (static_cast<std::uint16_t>(text[i + 1]) & 0xFC00) == 0xDC00;
            code = paired ? 0x10000 + ((code & 0x3FF) << 10) +
                                (static_cast<std::uint16_t>(text[++i]) & 0x3FFu)
                          : kReplacement;
        }
        append_utf8(out, code);
    }
    return out;
}

String from_utf8(std::string_view bytes) {
    String out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        std::uint32_t code = kReplacement;
        const std::size_t length = decode_one(bytes, code);
        bytes.remove_prefix(length ? length : 1);
        if (code < 0x10000) {
            out.push_back(static_cast<WideChar>(code));
            continue;
        }
        code -= 0x10000;
        out.push_back(static_cast<WideChar>(0xD800 + (code >> 10)));
        out.push_back(static_cast<WideChar>(0xDC00 + (code & 0x3FF)));
    }
    return out;
}

bool is_utf8(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        std::uint32_t code = 0;
        const std::size_t length = decode_one(bytes, code);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

}  // namespace remapi::port
