// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tick_count.h"

#include <windows.h>

#include <gtest/gtest.h>

#include <atomic>

#include "threads_test.h"

namespace {

using remapi::xp::extend_tick_count;
using remapi::xp::test::on_all_threads;

TEST(TickCount64, NeverGoesBackOnAnyThread) {
    std::atomic<ULONGLONG> highest{0};
    std::atomic<int> backwards{0};
    on_all_threads([&](int) {
        for (int round = 0; round < 20000; ++round) {
            const ULONGLONG before = highest;
            const ULONGLONG now = GetTickCount64();
            if (now < before) ++backwards;
            ULONGLONG seen = highest;
            while (seen < now && !highest.compare_exchange_weak(seen, now)) {
            }
        }
    });
    EXPECT_EQ(backwards, 0);
}

TEST(TickCount64, AgreesWithTheShortCount) {
    const DWORD before = GetTickCount();
    const ULONGLONG now = GetTickCount64();
    EXPECT_LE(static_cast<DWORD>(now) - before, DWORD{60000});
}

TEST(ExtendTickCount, CarriesIntoTheHighHalfEachTimeTheShortCountWraps) {
    LONGLONG last = 0;
    EXPECT_EQ(extend_tick_count(&last, [] { return DWORD{0xFFFFFFF0}; }), 0xFFFFFFF0ull);
    EXPECT_EQ(extend_tick_count(&last, [] { return DWORD{0xFFFFFFF0}; }), 0xFFFFFFF0ull);
    EXPECT_EQ(extend_tick_count(&last, [] { return DWORD{5}; }), 0x100000005ull);
    EXPECT_EQ(extend_tick_count(&last, [] { return DWORD{0x80000000}; }), 0x180000000ull);
    EXPECT_EQ(extend_tick_count(&last, [] { return DWORD{4}; }), 0x200000004ull);
}

TEST(ExtendTickCount, CountsEachWrapOnceForAllThreads) {
    LONGLONG last = 0;
    std::atomic<LONGLONG> clock{1};
    std::atomic<int> wrong{0};
    on_all_threads([&](int) {
        ULONGLONG before = 0;
        for (int round = 0; round < 2000; ++round) {
            const ULONGLONG now =
                extend_tick_count(&last, [&] { return static_cast<DWORD>(clock += 0x00400000); });
            if (now <= before || now > static_cast<ULONGLONG>(clock.load())) ++wrong;
            before = now;
        }
    });
    EXPECT_EQ(wrong, 0);
    const auto whole = static_cast<ULONGLONG>(clock.load());
    EXPECT_GT(whole, 0xF00000000ull);
    EXPECT_EQ(extend_tick_count(&last, [&] { return static_cast<DWORD>(whole); }), whole);
}

}  // namespace
