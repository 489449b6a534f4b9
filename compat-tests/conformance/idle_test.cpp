// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "compat-tests/conformance/message_loop.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"
#include "port/thread.h"

namespace remapi::test {
namespace {

using InitIdle = LONG WINAPI(LPVOID);
using DeinitIdle = void WINAPI();
using Register = FTG WINAPI(PFNIDLE, LPVOID, short, ULONG, USHORT);
using Enable = void WINAPI(FTG, BOOL);
using Deregister = void WINAPI(FTG);
using Change = void WINAPI(FTG, PFNIDLE, LPVOID, short, ULONG, USHORT, USHORT);

constexpr ULONG kLong = 360000;  // an hour in hundredths of a second

/// What a routine of the tests remembers of its calls.
struct Calls {
    int count = 0;
    std::uint64_t thread = 0;
    std::uint64_t last = 0;
    std::uint64_t shortest_pause = ~std::uint64_t{0};
};

BOOL WINAPI count_call(LPVOID context) {
    auto& calls = *static_cast<Calls*>(context);
    const std::uint64_t now = port::steady_milliseconds();
    if (calls.count > 0) calls.shortest_pause = std::min(calls.shortest_pause, now - calls.last);
    calls.last = now;
    calls.thread = port::current_thread_id();
    ++calls.count;
    return FALSE;
}

BOOL WINAPI count_ten(LPVOID context) {
    static_cast<Calls*>(context)->count += 10;
    return FALSE;
}

/// A routine that says when it is called.
struct Named {
    std::vector<int>* order;
    int name;
};

BOOL WINAPI note_name(LPVOID context) {
    const auto& routine = *static_cast<Named*>(context);
    routine.order->push_back(routine.name);
    return FALSE;
}

/// A routine that wants to be called once.
struct Leaving {
    Deregister* remove;
    FTG tag = FTGNULL;
    int calls = 0;
};

BOOL WINAPI deregister_itself(LPVOID context) {
    auto& routine = *static_cast<Leaving*>(context);
    ++routine.calls;
    routine.remove(routine.tag);
    return FALSE;
}

/// Pages: mapi/mapi-idle-engine.md, mapi/mapiinitidle.md, mapi/mapideinitidle.md,
/// mapi/ftgregisteridleroutine.md, mapi/enableidleroutine.md, mapi/deregisteridleroutine.md,
/// mapi/changeidleroutine.md, mapi/fnidle.md
class IdleEngine : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(init && deinit && add && enable && remove && change && dispatch);
        ASSERT_HR(S_OK, initialize(nullptr));
        ASSERT_EQ(0, init(nullptr));
    }
    void TearDown() override {
        deinit();
        uninitialize();
    }

    /// Runs messages until `calls` has `count` calls.
    bool wait_for(const Calls& calls, int count) {
        return run_messages_until(dispatch, [&] { return calls.count >= count; });
    }
    /// Lets everything happen that is due, as told by a routine of the lowest priority.
    bool settle() {
        Calls others;
        const FTG tag = add(&count_call, &others, PRILOWEST, 1, FIROINTERVAL);
        const bool called = wait_for(others, 3);
        remove(tag);
        return called;
    }

    const Subject& mapi = Subject::the();
    MAPIINITIALIZE* initialize = mapi.find<MAPIINITIALIZE>("MAPIInitialize");
    MAPIUNINITIALIZE* uninitialize = mapi.find<MAPIUNINITIALIZE>("MAPIUninitialize");
    DispatchNotifications* dispatch = mapi.find<DispatchNotifications>("HrDispatchNotifications");
    InitIdle* init = mapi.find<InitIdle>("MAPIInitIdle");
    DeinitIdle* deinit = mapi.find<DeinitIdle>("MAPIDeinitIdle");
    Register* add = mapi.find<Register>("FtgRegisterIdleRoutine");
    Enable* enable = mapi.find<Enable>("EnableIdleRoutine");
    Deregister* remove = mapi.find<Deregister>("DeregisterIdleRoutine");
    Change* change = mapi.find<Change>("ChangeIdleRoutine");
    Calls m_calls;
};

TEST_F(IdleEngine, CallsARoutineAgainAndAgainOnTheThreadThatInitialisedIt) {
    FTG tag = FTGNULL;
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] { tag = add(&count_call, &m_calls, 1, 1, FIROINTERVAL); }));
    thread.join();
    ASSERT_NE(FTGNULL, tag);
    EXPECT_TRUE(wait_for(m_calls, 3));
    EXPECT_EQ(port::current_thread_id(), m_calls.thread);
}

TEST_F(IdleEngine, LeavesAnIntervalBetweenTwoCalls) {
    ASSERT_NE(FTGNULL, add(&count_call, &m_calls, -1, 10, FIROINTERVAL));
    const std::uint64_t begin = port::steady_milliseconds();
    ASSERT_TRUE(wait_for(m_calls, 3));
    EXPECT_GE(m_calls.shortest_pause, 99u);
    EXPECT_GE(port::steady_milliseconds() - begin, 299u);
}

TEST_F(IdleEngine, WaitsBeforeTheFirstCallOnly) {
    Calls late;
    ASSERT_NE(FTGNULL, add(&count_call, &late, -1, kLong, FIROWAIT));
    ASSERT_NE(FTGNULL, add(&count_call, &m_calls, -1, 20, FIROWAIT));
    const std::uint64_t begin = port::steady_milliseconds();
    ASSERT_TRUE(wait_for(m_calls, 1));
    EXPECT_GE(port::steady_milliseconds() - begin, 199u);
    ASSERT_TRUE(wait_for(m_calls, 3));
    EXPECT_LT(m_calls.shortest_pause, 199u);
    EXPECT_EQ(0, late.count);
}

TEST_F(IdleEngine, CallsTheMostUrgentFirst) {
    std::vector<int> order;
    Named routines[] = {{&order, 1}, {&order, 2}, {&order, 3}};
    // All are ready before this thread looks; at most the first is on its way to it by then.
    Calls first;
    ASSERT_NE(FTGNULL, add(&count_call, &first, PRIHIGHEST, 0, FIROPERBLOCK));
    const short priorities[] = {-5, 7, 1};
    for (int i = 0; i < 3; ++i) {
        ASSERT_NE(FTGNULL, add(&note_name, &routines[i], priorities[i], 0, FIROPERBLOCK));
    }
    ASSERT_TRUE(run_messages_until(dispatch, [&] { return order.size() >= 3; }));
    EXPECT_EQ(1, first.count);
    EXPECT_EQ((std::vector<int>{2, 3, 1}), order);
}

TEST_F(IdleEngine, CallsOnceInATimeOfQuietWhenAskedTo) {
    ASSERT_NE(FTGNULL, add(&count_call, &m_calls, 1, 0, FIROPERBLOCK));
    ASSERT_TRUE(wait_for(m_calls, 1));
    ASSERT_TRUE(settle());
    EXPECT_EQ(1, m_calls.count);
}

TEST_F(IdleEngine, CallsARoutineThatIsToRunOnceOnlyOnce) {
    const FTG tag = add(&count_call, &m_calls, 1, 1, FIROINTERVAL | FIROONCEONLY);
    ASSERT_TRUE(wait_for(m_calls, 1));
    ASSERT_TRUE(settle());
    EXPECT_EQ(1, m_calls.count);
    enable(tag, TRUE);
    EXPECT_TRUE(wait_for(m_calls, 2));
}

TEST_F(IdleEngine, LeavesDisabledRoutinesAlone) {
    const FTG tag = add(&count_call, &m_calls, 1, 1, FIROINTERVAL | FIRODISABLED);
    ASSERT_TRUE(settle());
    EXPECT_EQ(0, m_calls.count);
    enable(tag, TRUE);
    ASSERT_TRUE(wait_for(m_calls, 1));
    enable(tag, FALSE);
    ASSERT_TRUE(settle());
    const int before = m_calls.count;
    ASSERT_TRUE(settle());
    EXPECT_EQ(before, m_calls.count);
}

TEST_F(IdleEngine, ForgetsDeregisteredRoutines) {
    const FTG tag = add(&count_call, &m_calls, 1, 1, FIROINTERVAL);
    ASSERT_TRUE(wait_for(m_calls, 1));
    remove(tag);
    ASSERT_TRUE(settle());
    const int before = m_calls.count;
    ASSERT_TRUE(settle());
    EXPECT_EQ(before, m_calls.count);
    remove(tag);
    enable(tag, TRUE);
    remove(FTGNULL);
    EXPECT_TRUE(settle()) << "tags that mean nothing are left alone";
}

TEST_F(IdleEngine, LetsARoutineDeregisterItself) {
    Leaving self{remove};
    self.tag = add(&deregister_itself, &self, 1, 1, FIROINTERVAL);
    ASSERT_TRUE(run_messages_until(dispatch, [&] { return self.calls > 0; }));
    ASSERT_TRUE(settle());
    EXPECT_EQ(1, self.calls);
}

TEST_F(IdleEngine, ChangesOnlyWhatIsNamed) {
    Calls other;
    const FTG tag = add(&count_call, &m_calls, 1, kLong, FIROINTERVAL);
    change(tag, &count_ten, &other, -3, 1, 0, FIRCCSEC);
    ASSERT_TRUE(wait_for(m_calls, 1));
    EXPECT_EQ(1, m_calls.count) << "neither the function nor its memory was changed";
    change(tag, &count_ten, &other, 0, 0, 0, FIRCPFN | FIRCPV);
    EXPECT_TRUE(wait_for(other, 10));
    EXPECT_EQ(0, other.count % 10);
    change(tag, nullptr, nullptr, 0, kLong, 0, FIRCCSEC);
    ASSERT_TRUE(settle());
    const int before = other.count;
    ASSERT_TRUE(settle());
    EXPECT_EQ(before, other.count);
}

TEST_F(IdleEngine, ChangesOptionsAndPriority) {
    std::vector<int> order;
    Named routines[] = {{&order, 1}, {&order, 2}};
    FTG tags[2] = {};
    for (int i = 0; i < 2; ++i) {
        tags[i] = add(&note_name, &routines[i], 5, 0, FIROPERBLOCK | FIRODISABLED);
        ASSERT_NE(FTGNULL, tags[i]);
    }
    change(tags[1], nullptr, nullptr, 9, 0, 0, FIRCPRI);
    // Another routine takes the one place on the way to the thread while both become ready.
    Calls first;
    ASSERT_NE(FTGNULL, add(&count_call, &first, PRIHIGHEST, 0, FIROPERBLOCK));
    enable(tags[0], TRUE);
    enable(tags[1], TRUE);
    ASSERT_TRUE(run_messages_until(dispatch, [&] { return order.size() >= 2; }));
    EXPECT_EQ((std::vector<int>{2, 1}), order);
    change(tags[0], nullptr, nullptr, 0, 1, FIROINTERVAL, FIRCIRO | FIRCCSEC);
    EXPECT_TRUE(run_messages_until(dispatch, [&] { return order.size() >= 5; }))
        << "not once in a time of quiet any more";
}

TEST_F(IdleEngine, IgnoresAChangeThatContradictsItself) {
    const FTG tag = add(&count_call, &m_calls, 1, kLong, FIROINTERVAL);
    ASSERT_NE(FTGNULL, tag);
    change(tag, nullptr, nullptr, 0, 1, FIROINTERVAL | FIROWAIT, FIRCIRO | FIRCCSEC);
    ASSERT_TRUE(settle());
    EXPECT_EQ(0, m_calls.count) << "an hour has not passed";
    change(tag, nullptr, nullptr, 0, 1, FIROINTERVAL, FIRCIRO | FIRCCSEC);
    EXPECT_TRUE(wait_for(m_calls, 1));
}

TEST_F(IdleEngine, TakesAPriorityOfZeroWherePriorityIsNoIssue) {
    ASSERT_NE(FTGNULL, add(&count_call, &m_calls, 0, 1, FIROINTERVAL));
    EXPECT_TRUE(wait_for(m_calls, 2));
}

TEST_F(IdleEngine, RefusesWhatCannotBeCalled) {
    EXPECT_NE(FTGNULL, add(&count_call, &m_calls, 1, kLong, FIROINTERVAL));
    EXPECT_EQ(FTGNULL, add(nullptr, &m_calls, 1, 1, FIROINTERVAL));
    EXPECT_EQ(FTGNULL, add(&count_call, &m_calls, 1, 1, FIROINTERVAL | FIROWAIT));
}

TEST_F(IdleEngine, CountsItsInitialisations) {
    EXPECT_EQ(0, init(nullptr));
    const FTG tag = add(&count_call, &m_calls, 1, 1, FIROINTERVAL);
    deinit();
    EXPECT_TRUE(wait_for(m_calls, 1)) << "still initialised once";
    EXPECT_NE(FTGNULL, tag);
    deinit();
    EXPECT_EQ(FTGNULL, add(&count_call, &m_calls, 1, 1, FIROINTERVAL));
    const int before = m_calls.count;
    ASSERT_EQ(0, init(nullptr));
    ASSERT_TRUE(settle());
    EXPECT_EQ(before, m_calls.count) << "the last one forgot the routine";
}

TEST_F(IdleEngine, TakesNothingReserved) {
    EXPECT_EQ(1, init(&m_calls));
    deinit();
    EXPECT_EQ(FTGNULL, add(&count_call, &m_calls, 1, 1, FIROINTERVAL)) << "counted once only";
    ASSERT_EQ(0, init(nullptr));
}

}  // namespace
}  // namespace remapi::test
