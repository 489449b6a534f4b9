// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_memory.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "port/cpu.h"

namespace remapi::object {
namespace {

constexpr std::size_t kBlock = 16;  // the most that is handled at once
constexpr std::size_t kLongest = 5 * kBlock;

/// A text of `units` units, each of them `unit`, that starts `offset` bytes after a block does.
/// What is around it would be taken for its end, or for text, if it were looked at.
template <class Char>
class PlacedText {
public:
    PlacedText(std::size_t units, std::size_t offset, unsigned unit, BYTE around)
        : m_bytes((units + 1) * sizeof(Char) + 3 * kBlock, around) {
        const auto address = reinterpret_cast<std::uintptr_t>(m_bytes.data());
        m_start = kBlock - address % kBlock + offset;
        std::vector<Char> text(units, static_cast<Char>(unit));
        text.push_back(0);
        std::memcpy(m_bytes.data() + m_start, text.data(), text.size() * sizeof(Char));
    }
    const Char* text() const { return reinterpret_cast<const Char*>(m_bytes.data() + m_start); }

private:
    std::vector<BYTE> m_bytes;
    std::size_t m_start;
};

template <Registers registers, class Char>
void expect_length_everywhere(unsigned unit) {
    for (const BYTE around : {0x00, 0x01, 0xFF}) {
        for (std::size_t offset = 0; offset < kBlock; ++offset) {
            for (std::size_t units = 0; units < kLongest; ++units) {
                const PlacedText<Char> placed(units, offset, unit, around);
                EXPECT_EQ(units, text_units<registers>(placed.text()))
                    << "offset " << offset << ", unit " << unit << ", around " << int{around};
            }
        }
    }
}

template <Registers registers>
void expect_lengths() {
    for (const unsigned unit : {0x01u, 0x7Fu, 0x80u, 0xFFu})
        expect_length_everywhere<registers, char>(unit);
    for (const unsigned unit : {0x0001u, 0x0100u, 0x7FFFu, 0x8000u, 0xFF00u, 0xFFFFu})
        expect_length_everywhere<registers, WCHAR>(unit);
}

TEST(ClientMemory, ATextIsMeasuredWhereverItLies) {
    expect_lengths<Registers::Any>();
}

TEST(ClientMemory, ATextIsMeasuredWhereverItLiesByWideRegisters) {
    if (!port::has_wide_registers()) GTEST_SKIP() << "the processor has none";
    expect_lengths<kBestRegisters>();
}

TEST(ClientMemory, AsManyBytesAreCopiedAsThereAre) {
    constexpr std::size_t kMost = 300;
    constexpr BYTE kUntouched = 0xA5;
    std::vector<BYTE> from(kMost + kBlock);
    std::iota(from.begin(), from.end(), BYTE{0});
    for (std::size_t offset = 0; offset < kBlock; ++offset) {
        for (std::size_t size = 0; size <= kMost; ++size) {
            std::vector<BYTE> to(kMost + 2 * kBlock, kUntouched);
            std::vector<BYTE> expected = to;
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(offset), size,
                        expected.begin() + kBlock);
            copy_bytes(to.data() + kBlock, from.data() + offset, size);
            EXPECT_EQ(expected, to) << offset << ", " << size;
        }
    }
}

int sign(int order) {
    return (order > 0) - (order < 0);
}

TEST(ClientMemory, BytesAreComparedAsMemcmpDoes) {
    for (std::size_t size = 0; size <= kLongest; ++size) {
        const std::vector<BYTE> left(size, 0x7F);
        EXPECT_EQ(0, compare_memory(left.data(), std::vector<BYTE>(left).data(), size));
        for (std::size_t at = 0; at < size; ++at) {
            for (const BYTE other : {0x00, 0x7E, 0x80, 0xFF}) {
                std::vector<BYTE> right = left;
                right[at] = other;
                if (at + 1 < size) right[at + 1] = static_cast<BYTE>(~other);
                EXPECT_EQ(sign(std::memcmp(left.data(), right.data(), size)),
                          sign(compare_memory(left.data(), right.data(), size)));
                EXPECT_EQ(sign(std::memcmp(right.data(), left.data(), size)),
                          sign(compare_memory(right.data(), left.data(), size)));
            }
        }
    }
}

}  // namespace
}  // namespace remapi::object
