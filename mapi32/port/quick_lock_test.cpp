// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/quick_lock.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>

#include "port/mutex.h"
#include "port/thread.h"

namespace remapi::port {
namespace {

TEST(QuickLockTest, OneThreadAtATimeHoldsIt) {
    static constinit QuickLock lock;
    int count = 0;
    {
        std::array<Thread, 4> threads;
        for (Thread& thread : threads) {
            ASSERT_TRUE(thread.start([&count] {
                for (int i = 0; i < 20000; ++i) {
                    const Lock held(lock);
                    ++count;
                }
            }));
        }
    }
    EXPECT_EQ(80000, count);
}

TEST(QuickLockTest, ItCannotBeTakenWhileItIsHeld) {
    QuickLock lock;
    ASSERT_TRUE(lock.try_lock());
    EXPECT_FALSE(lock.try_lock());
    lock.unlock();
    EXPECT_TRUE(lock.try_lock());
    lock.unlock();
}

TEST(QuickLockTest, WhoWaitsForLongGetsItInTheEnd) {
    QuickLock lock;
    std::atomic<bool> is_there = false;
    std::atomic<bool> has_it = false;
    lock.lock();
    Thread waiting;
    ASSERT_TRUE(waiting.start([&] {
        is_there = true;
        const Lock held(lock);
        has_it = true;
    }));
    while (!is_there) yield();
    for (int i = 0; i < 10000; ++i) {
        yield();
        ASSERT_FALSE(has_it);
    }
    lock.unlock();
    waiting.join();
    EXPECT_TRUE(has_it);
}

}  // namespace
}  // namespace remapi::port
