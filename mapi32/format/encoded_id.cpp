// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/encoded_id.h"

namespace remapi::format {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned kBitsPerCharacter = 6;

}  // namespace

std::string encode_id(BytesView bytes) {
    std::string text;
    text.reserve(static_cast<std::size_t>(encoded_id_length(bytes.size())));
    std::uint32_t bits = 0;
    unsigned count = 0;  // of the lowest of `bits` that no character stands for yet
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        count += 8;
        for (; count >= kBitsPerCharacter; count -= kBitsPerCharacter) {
            text.push_back(kAlphabet[(bits >> (count - kBitsPerCharacter)) & 0x3F]);
        }
    }
    if (count > 0) text.push_back(kAlphabet[(bits << (kBitsPerCharacter - count)) & 0x3F]);
    return text;
}

std::optional<Bytes> decode_id(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << kBitsPerCharacter | static_cast<std::uint32_t>(value);
        count += kBitsPerCharacter;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<std::uint8_t>(bits >> count));
    }
    if ((bits & ((1u << count) - 1)) != 0) return std::nullopt;  // two texts must not be one id
    return bytes;
}

}  // namespace remapi::format
