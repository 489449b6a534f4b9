// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What clients hand over, read, copied and compared at any alignment. Data of properties are short
// as a rule, and a call of the C library, on PE through the import table, takes longer than that.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "abi/mapi.h"
#include "port/cpu.h"

#if REMAPI_X86
#include <emmintrin.h>
#endif

namespace remapi::object {

template <class T>
T load(const T* from) noexcept {
    T value;
    std::memcpy(static_cast<void*>(&value), static_cast<const void*>(from), sizeof value);
    return value;
}
template <class T>
void store(T* to, const T& value) noexcept {
    std::memcpy(static_cast<void*>(to), static_cast<const void*>(&value), sizeof value);
}
/// `*to = *from` for what may be misaligned on both sides.
template <class T>
void assign(T* to, const T* from) noexcept {
    std::memcpy(static_cast<void*>(to), static_cast<const void*>(from), sizeof *to);
}

/// What every processor handles at once.
using Word = std::uintptr_t;

using port::kBestRegisters;
using port::kRegisters;
using port::Registers;

/// Units before the first zero of an aligned text. It is read in blocks that start at multiples of
/// their size: what is read beside it lies in a page of it. The sanitizers, which count bytes, must
/// not look.
template <class Char>
__attribute__((no_sanitize("address", "thread"))) std::size_t units_by_words(
    const Char* text) noexcept {
    static_assert(std::endian::native == std::endian::little);
    using Part [[gnu::may_alias]] = Word;
    constexpr unsigned kUnitBits = sizeof(Char) * 8;
    constexpr Word kOnes = ~Word{0} / ((Word{1} << kUnitBits) - 1);
    constexpr Word kHighBits = kOnes << (kUnitBits - 1);
    constexpr std::size_t kPart = sizeof(Part);
    // Its lowest bit is that of a zero; 0 when there is none.
    const auto zeros_of = [](Word part) { return (part - kOnes) & ~part & kHighBits; };
    const auto skipped = [](std::size_t bytes) { return ((Word{1} << bytes * 8) - 1) & kOnes; };
    const auto address = reinterpret_cast<std::uintptr_t>(text);
    const std::size_t before = address % (2 * kPart);
    const auto* at = reinterpret_cast<const Part*>(address - before);
    Word low = at[0] | (before < kPart ? skipped(before) : kOnes);
    Word high = at[1] | (before < kPart ? 0 : skipped(before - kPart));
    while (true) {
        // Stops at units that have the high bit, too: zeros are told apart afterwards.
        while ((((low - kOnes) | (high - kOnes)) & kHighBits) == 0) {
            at += 2;
            low = at[0];
            high = at[1];
        }
        const bool in_low = zeros_of(low) != 0;
        const Word zeros = in_low ? zeros_of(low) : zeros_of(high);
        if (zeros != 0) {
            const auto bytes = static_cast<std::size_t>(std::countr_zero(zeros)) / 8;
            const auto part = reinterpret_cast<std::uintptr_t>(in_low ? at : at + 1);
            return (part + bytes - address) / sizeof(Char);
        }
        at += 2;
        low = at[0];
        high = at[1];
    }
}

#if REMAPI_X86
/// The same, 16 bytes at a time.
template <class Char>
REMAPI_WIDE_REGISTERS __attribute__((no_sanitize("address", "thread"))) std::size_t
units_by_wide_blocks(const Char* text) noexcept {
    constexpr bool kNarrow = sizeof(Char) == 1;
    const auto address = reinterpret_cast<std::uintptr_t>(text);
    const std::size_t before = address % sizeof(__m128i);
    const auto* at = reinterpret_cast<const __m128i*>(address - before);
    const __m128i none = _mm_setzero_si128();
    unsigned zeros = ~0U << before;  // a bit for each byte of a zero
    while (true) {
        const __m128i found = kNarrow ? _mm_cmpeq_epi8(*at, none) : _mm_cmpeq_epi16(*at, none);
        zeros &= static_cast<unsigned>(_mm_movemask_epi8(found));
        if (zeros != 0) break;
        zeros = ~0U;
        ++at;
    }
    const auto last = static_cast<std::size_t>(std::countr_zero(zeros));
    return (reinterpret_cast<std::uintptr_t>(at) - address + last) / sizeof(Char);
}
#endif

/// Units of a zero-terminated text without its zero.
template <Registers registers = kRegisters, class Char>
std::size_t text_units(const Char* text) noexcept {
    std::size_t units = 0;
    if (reinterpret_cast<std::uintptr_t>(text) % sizeof(Char) == 0) {
        if constexpr (registers == Registers::Wide)
            return units_by_wide_blocks(text);
        else
            return units_by_words(text);
    }
    while (load(text + units) != 0) ++units;
    return units;
}

/// Its bytes, the zero included.
template <Registers registers = kRegisters, class Char>
std::size_t text_bytes(const Char* text) noexcept {
    return (text_units<registers>(text) + 1) * sizeof(Char);
}

/// Copies the first and the last `piece` bytes of `size`: all of it from `piece` to twice as many.
template <std::size_t piece>
void copy_ends(BYTE* to, const BYTE* from, std::size_t size) noexcept {
    std::memcpy(to, from, piece);
    std::memcpy(to + size - piece, from + size - piece, piece);
}

/// std::memcpy for what is short as a rule.
inline void copy_bytes(void* to, const void* from, std::size_t size) noexcept {
    constexpr std::size_t kShort = 128;
    auto* out = static_cast<BYTE*>(to);
    const auto* in = static_cast<const BYTE*>(from);
    if (size > kShort) {
        std::memcpy(out, in, size);
    } else if (size >= 16) {
        for (; size > 32; size -= 16) {
            std::memcpy(out, in, 16);
            in += 16;
            out += 16;
        }
        copy_ends<16>(out, in, size);
    } else if (size >= 8) {
        copy_ends<8>(out, in, size);
    } else if (size >= 4) {
        copy_ends<4>(out, in, size);
    } else {
        for (; size != 0; --size) *out++ = *in++;
    }
}

/// Less than, equal to or greater than 0, as std::memcmp.
inline int compare_memory(const void* left, const void* right, std::size_t size) noexcept {
    constexpr std::size_t kWord = sizeof(Word);
    const auto* a = static_cast<const BYTE*>(left);
    const auto* b = static_cast<const BYTE*>(right);
    const auto bits_that_differ = [&](std::size_t at) {
        return load(reinterpret_cast<const Word*>(a + at)) ^
               load(reinterpret_cast<const Word*>(b + at));
    };
    std::size_t i = 0;
    while (size - i >= 2 * kWord && (bits_that_differ(i) | bits_that_differ(i + kWord)) == 0)
        i += 2 * kWord;
    if (size - i >= kWord && bits_that_differ(i) == 0) i += kWord;
    for (; i < size; ++i) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

}  // namespace remapi::object
