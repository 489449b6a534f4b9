// SPDX-License-Identifier: LGPL-2.1-or-later
//
// thread.h and mutex.h.
#include "port/thread.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>

#include "port/clock.h"
#include "port/mutex.h"

namespace remapi::port {
namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 20000;

template <class M>
int count_under(M& mutex) {
    int count = 0;
    std::array<Thread, kThreads> threads;
    for (Thread& thread : threads) {
        EXPECT_TRUE(thread.start([&] {
            for (int i = 0; i < kRounds; ++i) {
                const Lock lock(mutex);
                ++count;
            }
        }));
    }
    for (Thread& thread : threads) thread.join();
    return count;
}

constinit StaticMutex g_static_mutex;

TEST(MutexTest, EveryKindExcludes) {
    Mutex mutex;
    RecursiveMutex recursive;
    EXPECT_EQ(kThreads * kRounds, count_under(mutex));
    EXPECT_EQ(kThreads * kRounds, count_under(recursive));
    EXPECT_EQ(kThreads * kRounds, count_under(g_static_mutex));
}

TEST(MutexTest, TryLockRefusesAnotherThreadOnly) {
    Mutex mutex;
    RecursiveMutex recursive;
    const Lock lock(mutex);
    const Lock again(recursive);
    EXPECT_TRUE(recursive.try_lock());
    recursive.unlock();
    Thread thread;
    bool refused = false;
    ASSERT_TRUE(thread.start([&] { refused = !mutex.try_lock() && !recursive.try_lock(); }));
    thread.join();
    EXPECT_TRUE(refused);
}

TEST(ConditionTest, HandsOverInTurns) {
    Mutex mutex;
    Condition changed;
    int turn = 0;
    const auto play = [&](int parity) {
        for (int i = 0; i < 1000; ++i) {
            const Lock lock(mutex);
            while (turn % 2 != parity) changed.wait(mutex);
            ++turn;
            changed.notify_all();
        }
    };
    Thread other;
    ASSERT_TRUE(other.start([&] { play(1); }));
    play(0);
    other.join();
    EXPECT_EQ(2000, turn);
}

TEST(ConditionTest, AWaitEndsAfterItsLimit) {
    Mutex mutex;
    Condition never;
    const Lock lock(mutex);
    const std::uint64_t start = steady_milliseconds();
    while (never.wait_for(mutex, 30)) {
    }
    EXPECT_GE(steady_milliseconds() - start + 16, 30u);  // the clock may count in steps of 16
}

constinit Once g_once = REMAPI_ONCE_INIT;
constinit std::atomic<int> g_calls = 0;

TEST(OnceTest, CallsOnce) {
    std::array<Thread, kThreads> threads;
    for (Thread& thread : threads) {
        ASSERT_TRUE(thread.start([] { call_once(g_once, [] { ++g_calls; }); }));
    }
    for (Thread& thread : threads) thread.join();
    EXPECT_EQ(1, g_calls);
}

TEST(ThreadTest, EveryLiveThreadHasItsOwnNumber) {
    const std::uint64_t here = current_thread_id();
    std::uint64_t there = 0;
    Thread thread;
    EXPECT_FALSE(thread.running());
    ASSERT_TRUE(thread.start([&] { there = current_thread_id(); }));
    EXPECT_TRUE(thread.running());
    thread.join();
    EXPECT_FALSE(thread.running());
    EXPECT_EQ(here, current_thread_id());
    EXPECT_NE(here, there);
    EXPECT_NE(0u, there);
}

}  // namespace
}  // namespace remapi::port
