// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>

#include "threads_test.h"

namespace {

using remapi::xp::test::kThreads;
using remapi::xp::test::looks_unused;
using remapi::xp::test::on_all_threads;

constexpr int kRounds = 4000;

TEST(SrwLock, KeepsEightWritersApart) {
    SRWLOCK lock = SRWLOCK_INIT;
    std::int64_t counter = 0;  // plain: only the lock protects it
    on_all_threads([&](int) {
        for (int round = 0; round < kRounds; ++round) {
            AcquireSRWLockExclusive(&lock);
            ++counter;
            ReleaseSRWLockExclusive(&lock);
        }
    });
    EXPECT_EQ(counter, std::int64_t{kThreads} * kRounds);
    EXPECT_TRUE(looks_unused(lock.Ptr));
}

TEST(SrwLock, KeepsWritersThatStayInsideApart) {
    SRWLOCK lock = SRWLOCK_INIT;
    int counter = 0;
    on_all_threads([&](int) {
        for (int round = 0; round < 50; ++round) {
            AcquireSRWLockExclusive(&lock);
            const int before = counter;
            SwitchToThread();
            counter = before + 1;
            ReleaseSRWLockExclusive(&lock);
        }
    });
    EXPECT_EQ(counter, kThreads * 50);
}

TEST(SrwLock, ReadersNeverSeeAHalfWrittenPair) {
    SRWLOCK lock = SRWLOCK_INIT;
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::atomic<int> torn{0};
    on_all_threads([&](int index) {
        for (int round = 0; round < kRounds; ++round) {
            if ((index + round) % 4 == 0) {
                AcquireSRWLockExclusive(&lock);
                ++first;
                ++second;
                ReleaseSRWLockExclusive(&lock);
            } else {
                AcquireSRWLockShared(&lock);
                if (first != second) ++torn;
                ReleaseSRWLockShared(&lock);
            }
        }
    });
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(first, std::int64_t{kThreads} * kRounds / 4);
    EXPECT_TRUE(looks_unused(lock.Ptr));
}

TEST(SrwLock, TryNeverEntersWhileAnotherThreadIsInside) {
    SRWLOCK lock = SRWLOCK_INIT;
    std::int64_t counter = 0;
    std::atomic<std::int64_t> entered{0};
    on_all_threads([&](int index) {
        for (int round = 0; round < kRounds; ++round) {
            if (index % 2 == 0) {
                AcquireSRWLockExclusive(&lock);
            } else if (!TryAcquireSRWLockExclusive(&lock)) {
                continue;
            }
            ++counter;
            ++entered;
            ReleaseSRWLockExclusive(&lock);
        }
    });
    EXPECT_EQ(counter, entered);
    EXPECT_GE(counter, std::int64_t{kThreads} / 2 * kRounds);
}

TEST(SrwLock, TryAnswersWhatTheStateAllows) {
    SRWLOCK lock;
    InitializeSRWLock(&lock);
    ASSERT_TRUE(TryAcquireSRWLockExclusive(&lock));
    EXPECT_FALSE(TryAcquireSRWLockExclusive(&lock));
    EXPECT_FALSE(TryAcquireSRWLockShared(&lock));
    ReleaseSRWLockExclusive(&lock);

    ASSERT_TRUE(TryAcquireSRWLockShared(&lock));
    EXPECT_TRUE(TryAcquireSRWLockShared(&lock));
    EXPECT_FALSE(TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockShared(&lock);
    EXPECT_FALSE(TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockShared(&lock);
    EXPECT_TRUE(TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockExclusive(&lock);
}

TEST(SrwLock, ReadersAreInsideTogether) {
    SRWLOCK lock = SRWLOCK_INIT;
    std::atomic<int> inside{0};
    on_all_threads([&](int) {
        AcquireSRWLockShared(&lock);
        ++inside;
        while (inside != kThreads) SwitchToThread();  // ends only if all are let in
        ReleaseSRWLockShared(&lock);
    });
    EXPECT_EQ(inside, kThreads);
    EXPECT_TRUE(looks_unused(lock.Ptr));
}

}  // namespace
