// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The compiler turns these vectors into whatever registers the target has. On i686 this file alone
// is compiled for SSE2, so nothing here may be an inline function that another file could share.
#include "format/hex_blocks.h"

namespace remapi::format {
namespace {

constexpr std::size_t kBlock = 16;

using Block = std::uint8_t __attribute__((vector_size(kBlock)));
using Pairs = std::uint16_t __attribute__((vector_size(kBlock)));
using Halves = std::uint64_t __attribute__((vector_size(kBlock)));

Block load(const void* from) noexcept {
    Block block;
    __builtin_memcpy(&block, from, sizeof block);
    return block;
}

void store(void* to, Block block) noexcept {
    __builtin_memcpy(to, &block, sizeof block);
}

bool has_bits(Block block) noexcept {
    const Halves halves = reinterpret_cast<Halves>(block);
    return (halves[0] | halves[1]) != 0;
}

Block digits_of(Block nibbles) noexcept {
    const Block letters = reinterpret_cast<Block>(nibbles > 9);
    return nibbles + '0' + (letters & ('A' - '0' - 10));
}

/// What each character is worth; `good` loses the bits of the characters that are no digits.
Block values_of(Block characters, Block& good) noexcept {
    const Block is_digit = reinterpret_cast<Block>(characters - '0' <= 9);
    const Block is_letter = reinterpret_cast<Block>((characters | 0x20) - 'a' <= 5);
    good &= is_digit | is_letter;
    return (characters & 0x0F) + (is_letter & 9);
}

/// The bytes that eight pairs of values make, each in the lower half of its pair.
Block join(Block values) noexcept {
    const Pairs pairs = reinterpret_cast<Pairs>(values);
    return reinterpret_cast<Block>((pairs << 4) | (pairs >> 8));
}

}  // namespace

std::size_t write_hex_blocks(const std::uint8_t* bytes, std::size_t size, char* out) noexcept {
    std::size_t done = 0;
    for (; size - done >= kBlock; done += kBlock) {
        const Block block = load(bytes + done);
        const Pairs shifted = reinterpret_cast<Pairs>(block) >> 4;
        const Block high = digits_of(reinterpret_cast<Block>(shifted) & 0x0F);
        const Block low = digits_of(block & 0x0F);
        store(out + done * 2, __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20,
                                                      5, 21, 6, 22, 7, 23));
        store(out + done * 2 + kBlock, __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11,
                                                               27, 12, 28, 13, 29, 14, 30, 15, 31));
    }
    return done;
}

std::size_t read_hex_blocks(const char* digits, std::size_t length, std::uint8_t* out) noexcept {
    constexpr std::size_t kStep =
        kBlock * 2;  // bytes that are looked at before anything is decided
    std::size_t done = 0;
    for (; length - done * 2 >= kStep * 2; done += kStep) {
        Block good = ~Block{};
        for (std::size_t at = done; at < done + kStep; at += kBlock) {
            const Block first = join(values_of(load(digits + at * 2), good));
            const Block second = join(values_of(load(digits + at * 2 + kBlock), good));
            store(out + at, __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16,
                                                    18, 20, 22, 24, 26, 28, 30));
        }
        if (has_bits(~good)) break;
    }
    return done;
}

// Four blocks that start at a multiple of their size lie within one page, so what is read beyond
// the terminating zero cannot fault. The address sanitizer counts bytes and must not look.
__attribute__((no_sanitize_address)) std::size_t text_length_by_blocks(const char* text) noexcept {
    constexpr std::size_t kStep = kBlock * 4;
    const char* at = text;
    for (; reinterpret_cast<std::uintptr_t>(at) % kStep != 0; ++at) {
        if (*at == 0) return static_cast<std::size_t>(at - text);
    }
    for (;; at += kStep) {
        const Block* const blocks = reinterpret_cast<const Block*>(at);
        const Block zeros = reinterpret_cast<Block>((blocks[0] == 0) | (blocks[1] == 0) |
                                                    (blocks[2] == 0) | (blocks[3] == 0));
        if (has_bits(zeros)) break;
    }
    while (*at != 0) ++at;
    return static_cast<std::size_t>(at - text);
}

}  // namespace remapi::format
