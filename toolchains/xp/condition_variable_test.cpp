// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <thread>

#include "threads_test.h"

namespace {

using remapi::xp::test::kThreads;
using remapi::xp::test::looks_unused;
using remapi::xp::test::on_all_threads;

/// A bounded queue over whatever lock `Lock` stands for.
template <class Lock>
struct Channel {
    Lock lock;
    CONDITION_VARIABLE not_empty = CONDITION_VARIABLE_INIT;
    CONDITION_VARIABLE not_full = CONDITION_VARIABLE_INIT;
    std::deque<int> items;

    void put(int item) {
        lock.enter();
        while (items.size() >= 3) lock.sleep(&not_full, INFINITE);
        items.push_back(item);
        lock.leave();
        WakeConditionVariable(&not_empty);
    }

    int take() {
        lock.enter();
        while (items.empty()) lock.sleep(&not_empty, INFINITE);
        const int item = items.front();
        items.pop_front();
        lock.leave();
        WakeConditionVariable(&not_full);
        return item;
    }
};

struct SlimLock {
    SRWLOCK value = SRWLOCK_INIT;
    void enter() { AcquireSRWLockExclusive(&value); }
    void leave() { ReleaseSRWLockExclusive(&value); }
    BOOL sleep(CONDITION_VARIABLE* condition, DWORD timeout_ms) {
        return SleepConditionVariableSRW(condition, &value, timeout_ms, 0);
    }
};

struct SharedSlimLock {
    SRWLOCK value = SRWLOCK_INIT;
    void enter() { AcquireSRWLockShared(&value); }
    void leave() { ReleaseSRWLockShared(&value); }
    BOOL sleep(CONDITION_VARIABLE* condition, DWORD timeout_ms) {
        return SleepConditionVariableSRW(condition, &value, timeout_ms,
                                         CONDITION_VARIABLE_LOCKMODE_SHARED);
    }
};

struct SectionLock {
    CRITICAL_SECTION value;
    SectionLock() { InitializeCriticalSection(&value); }
    ~SectionLock() { DeleteCriticalSection(&value); }
    void enter() { EnterCriticalSection(&value); }
    void leave() { LeaveCriticalSection(&value); }
    BOOL sleep(CONDITION_VARIABLE* condition, DWORD timeout_ms) {
        return SleepConditionVariableCS(condition, &value, timeout_ms);
    }
};

template <class Lock>
void pass_items_between_eight_threads() {
    constexpr int kItems = 2000;
    Channel<Lock> channel;
    std::atomic<std::int64_t> sum{0};
    on_all_threads([&](int index) {
        for (int item = 1; item <= kItems; ++item) {
            if (index % 2 == 0) {
                channel.put(item);
            } else {
                sum += channel.take();
            }
        }
    });
    EXPECT_TRUE(channel.items.empty());
    EXPECT_EQ(sum, std::int64_t{kThreads} / 2 * kItems * (kItems + 1) / 2);
    EXPECT_TRUE(looks_unused(channel.not_empty.Ptr));
    EXPECT_TRUE(looks_unused(channel.not_full.Ptr));
}

// By the performance counter: the tick count stands still for as long as a busy Wine server does
// not move it on.
ULONGLONG milliseconds() {
    LARGE_INTEGER now;
    LARGE_INTEGER frequency;
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return static_cast<ULONGLONG>(now.QuadPart) * 1000 / static_cast<ULONGLONG>(frequency.QuadPart);
}

template <class Lock>
void time_out() {
    Lock lock;
    CONDITION_VARIABLE never = CONDITION_VARIABLE_INIT;
    lock.enter();
    for (const DWORD timeout_ms : {DWORD{0}, DWORD{30}}) {
        const ULONGLONG start = milliseconds();
        SetLastError(0);
        EXPECT_FALSE(lock.sleep(&never, timeout_ms));
        EXPECT_EQ(GetLastError(), DWORD{ERROR_TIMEOUT});
        EXPECT_GE(milliseconds() - start + 16, timeout_ms);  // waits end on ticks of up to 16 ms
    }
    lock.leave();
    EXPECT_TRUE(looks_unused(never.Ptr));
}

TEST(ConditionVariable, PassesItemsUnderASlimLock) {
    pass_items_between_eight_threads<SlimLock>();
}

TEST(ConditionVariable, PassesItemsUnderACriticalSection) {
    pass_items_between_eight_threads<SectionLock>();
}

TEST(ConditionVariable, TimesOutHoldingTheLockItWasGiven) {
    time_out<SlimLock>();
    time_out<SharedSlimLock>();
    time_out<SectionLock>();
}

TEST(ConditionVariable, HoldsTheLockAgainAfterTimingOut) {
    SlimLock lock;
    CONDITION_VARIABLE never = CONDITION_VARIABLE_INIT;
    lock.enter();
    EXPECT_FALSE(lock.sleep(&never, 1));
    EXPECT_FALSE(TryAcquireSRWLockShared(&lock.value));
    lock.leave();

    SharedSlimLock shared;
    shared.enter();
    EXPECT_FALSE(shared.sleep(&never, 1));
    EXPECT_TRUE(TryAcquireSRWLockShared(&shared.value));
    EXPECT_FALSE(TryAcquireSRWLockExclusive(&shared.value));
    ReleaseSRWLockShared(&shared.value);
    shared.leave();
    EXPECT_TRUE(TryAcquireSRWLockExclusive(&shared.value));
}

TEST(ConditionVariable, WakesNobodyWithoutAnError) {
    CONDITION_VARIABLE condition;
    InitializeConditionVariable(&condition);
    WakeConditionVariable(&condition);
    WakeAllConditionVariable(&condition);
    EXPECT_TRUE(looks_unused(condition.Ptr));
}

TEST(ConditionVariable, WakeAllReleasesEveryReader) {
    SharedSlimLock lock;
    CONDITION_VARIABLE opened = CONDITION_VARIABLE_INIT;
    std::atomic<int> waiting{0};
    bool open = false;
    on_all_threads([&](int index) {
        if (index == 0) {
            while (waiting != kThreads - 1) SwitchToThread();
            AcquireSRWLockExclusive(&lock.value);
            open = true;
            ReleaseSRWLockExclusive(&lock.value);
            WakeAllConditionVariable(&opened);
            return;
        }
        lock.enter();
        ++waiting;
        while (!open) lock.sleep(&opened, INFINITE);
        lock.leave();
    });
    EXPECT_TRUE(looks_unused(lock.value.Ptr));
    EXPECT_TRUE(looks_unused(opened.Ptr));
}

// Time-outs that race with wake-ups: a wake-up may neither be lost nor counted twice.
TEST(ConditionVariable, TimeOutsAndWakeUpsDoNotLoseEachOther) {
    constexpr int kTickets = 600;
    SlimLock lock;
    CONDITION_VARIABLE issued = CONDITION_VARIABLE_INIT;
    int tickets = 0;
    int taken = 0;
    on_all_threads([&](int index) {
        if (index == 0) {
            for (int ticket = 0; ticket < kTickets; ++ticket) {
                lock.enter();
                ++tickets;
                lock.leave();
                WakeConditionVariable(&issued);
                if (ticket % 16 == 0) SwitchToThread();
            }
            return;
        }
        lock.enter();
        while (taken < kTickets) {
            if (tickets == 0) {
                lock.sleep(&issued, static_cast<DWORD>(index % 3));
                continue;
            }
            --tickets;
            ++taken;
        }
        lock.leave();
    });
    EXPECT_EQ(taken, kTickets);
    EXPECT_EQ(tickets, 0);
    EXPECT_TRUE(looks_unused(issued.Ptr));
}

TEST(ConditionVariable, OneWakeUpReleasesOneThread) {
    SlimLock lock;
    CONDITION_VARIABLE condition = CONDITION_VARIABLE_INIT;
    int asleep = 0;
    int permits = 0;
    int released = 0;
    on_all_threads([&](int index) {
        lock.enter();
        if (index != 0) {
            ++asleep;
            while (permits == 0) lock.sleep(&condition, INFINITE);
            --permits;
            ++released;
            lock.leave();
            return;
        }
        for (int expected = 1; expected < kThreads; ++expected) {
            while (asleep != kThreads - 1) {
                lock.leave();
                SwitchToThread();
                lock.enter();
            }
            ++permits;
            WakeConditionVariable(&condition);
            while (released != expected) {
                lock.leave();
                SwitchToThread();
                lock.enter();
            }
        }
        lock.leave();
    });
    EXPECT_EQ(released, kThreads - 1);
    EXPECT_TRUE(looks_unused(condition.Ptr));
}

}  // namespace
