// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Products of 64-bit numbers that do not fit in 64 bits.
#pragma once

#include <cstdint>

namespace remapi::format {

/// The higher 64 of the 128 bits of `left` * `right`.
constexpr std::uint64_t product_high(std::uint64_t left, std::uint64_t right) noexcept {
    constexpr std::uint64_t kLow = 0xFFFFFFFFu;
    const std::uint64_t low = (left & kLow) * (right & kLow);
    const std::uint64_t first = (left >> 32) * (right & kLow) + (low >> 32);
    const std::uint64_t second = (left & kLow) * (right >> 32) + (first & kLow);
    return (left >> 32) * (right >> 32) + (first >> 32) + (second >> 32);
}

static_assert(product_high(0xFFFFFFFFFFFFFFFFu, 0xFFFFFFFFFFFFFFFFu) == 0xFFFFFFFFFFFFFFFEu);
static_assert(product_high(0x8000000000000000u, 3) == 1);
static_assert(product_high(0xFFFFFFFFu, 0xFFFFFFFFu) == 0);

}  // namespace remapi::format
