// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace remapi::port {
namespace {

bool is_filled(const char* start, std::size_t size, char value) {
    return std::all_of(start, start + size, [value](char byte) { return byte == value; });
}

TEST(PagesTest, ReservedSpaceIsAlignedAndItsCommittedPartsHoldWhatIsWritten) {
    auto* const space = static_cast<char*>(reserve_pages(4 * kReserveBytes));
    ASSERT_NE(nullptr, space);
    EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(space) % kReserveBytes);
    for (const std::size_t piece : {3, 1}) {
        char* const start = space + piece * kReserveBytes;
        ASSERT_TRUE(commit_pages(start, kReserveBytes));
        EXPECT_TRUE(is_filled(start, kReserveBytes, 0));
        std::memset(start, static_cast<int>(piece), kReserveBytes);
    }
    EXPECT_TRUE(is_filled(space + kReserveBytes, kReserveBytes, 1));
    EXPECT_TRUE(is_filled(space + 3 * kReserveBytes, kReserveBytes, 3));
}

TEST(PagesTest, PagesThatWereDecommittedAreZeroWhenCommittedAgain) {
    auto* const space = static_cast<char*>(reserve_pages(kReserveBytes));
    ASSERT_NE(nullptr, space);
    ASSERT_TRUE(commit_pages(space, kReserveBytes));
    std::memset(space, 'x', kReserveBytes);
    // From within one page to within another: neither is a whole one.
    const std::size_t half = kReserveBytes / 2;
    decommit_pages(space + 10, half);
    EXPECT_TRUE(is_filled(space, 10, 'x'));
    EXPECT_TRUE(is_filled(space + half + 10, half - 10, 'x'));
    decommit_pages(space, kReserveBytes);
    ASSERT_TRUE(commit_pages(space, kReserveBytes));
    EXPECT_TRUE(is_filled(space, kReserveBytes, 0));
}

TEST(PagesTest, MoreThanThereIsCannotBeReserved) {
    EXPECT_EQ(nullptr, reserve_pages(SIZE_MAX / 2 / kReserveBytes * kReserveBytes));
    EXPECT_EQ(nullptr, reserve_pages(SIZE_MAX / kReserveBytes * kReserveBytes));
}

}  // namespace
}  // namespace remapi::port
