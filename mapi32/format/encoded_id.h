// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The short text form of an identifier: four characters for every three bytes. What EncodeID and
// its three companions work on. No page describes them; the alphabet is RFC 4648's, without
// padding.
#pragma once

#include <optional>
#include <string>

#include "format/bytes.h"

namespace remapi::format {

/// Characters for `size` bytes, without a terminating zero.
constexpr std::uint64_t encoded_id_length(std::uint64_t size) noexcept {
    return size / 3 * 4 + (size % 3 == 0 ? 0 : size % 3 + 1);
}

/// Room that is enough for the bytes of any `length` characters: whole groups, and one more.
constexpr std::uint64_t encoded_id_room(std::uint64_t length) noexcept {
    return (length / 4 + 1) * 3;
}

std::string encode_id(BytesView bytes);
/// nullopt when `text` is not what encode_id makes of some bytes.
std::optional<Bytes> decode_id(std::string_view text);

}  // namespace remapi::format
