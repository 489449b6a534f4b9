// SPDX-License-Identifier: LGPL-2.1-or-later
//
// clock.h, random.h, output.h.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "port/clock.h"
#include "port/output.h"
#include "port/random.h"
#include "port/support_test.h"

namespace remapi::port {
namespace {

TEST(ClockTest, ConvertsBetweenEpochs) {
    static_assert(file_time_from_unix(0) == 116444736000000000);
    static_assert(unix_from_file_time(116444736000000000) == 0);
    static_assert(unix_from_file_time(file_time_from_unix(-1)) == -1);
    constexpr std::uint64_t kStartOf2024 = file_time_from_unix(1704067200);
    EXPECT_GT(file_time_now(), kStartOf2024);
}

TEST(ClockTest, TheSteadyClockNeverGoesBack) {
    std::uint64_t last = steady_milliseconds();
    for (int i = 0; i < 100000; ++i) {
        const std::uint64_t now = steady_milliseconds();
        ASSERT_GE(now, last);
        ASSERT_LT(now - last, 60000u);
        last = now;
    }
}

TEST(ClockTest, LocalTimeIsWithinADayOfUtc) {
    const int offset = local_offset_minutes(file_time_now());
    EXPECT_GE(offset, -14 * 60);
    EXPECT_LE(offset, 14 * 60);
}

#ifndef _WIN32
TEST(ClockTest, LocalTimeFollowsTheZoneAndItsSummer) {
    const test::ScopedEnvironment zone("TZ", "CET-1CEST,M3.5.0,M10.5.0/3");
    EXPECT_EQ(60, local_offset_minutes(file_time_from_unix(1704067200)));   // 1 January 2024
    EXPECT_EQ(120, local_offset_minutes(file_time_from_unix(1719792000)));  // 1 July 2024
}
#endif

TEST(RandomTest, FillsTheWholeBufferDifferentlyEachTime) {
    std::array<unsigned char, 4096> first = {};
    std::array<unsigned char, 4096> second = {};
    ASSERT_TRUE(random_bytes(first.data(), first.size()));
    ASSERT_TRUE(random_bytes(second.data(), second.size()));
    EXPECT_NE(first, second);
    // 64 zeros in a row at the end come once in 2^512 tries.
    EXPECT_FALSE(
        std::equal(first.end() - 64, first.end(), std::array<unsigned char, 64>{}.begin()));
    EXPECT_TRUE(random_bytes(nullptr, 0));
}

TEST(OutputTest, AppendsLinesToTheGivenFile) {
    const test::ScratchFolder folder;
    const String path = folder.file(REMAPI_W("log"));
    write_diagnostic("one\n", path);
    write_diagnostic("two\n", path);
    std::string bytes;
    ASSERT_EQ(0, read_file(path, bytes));
    EXPECT_EQ("one\ntwo\n", bytes);
}

}  // namespace
}  // namespace remapi::port
