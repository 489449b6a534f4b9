// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <atomic>

#include "object/notify/dispatcher.h"
#include "port/thread.h"
#include "session/flags.h"
#include "session/session.h"

namespace remapi::session {
namespace {

HRESULT code_of_initialize(const MAPIINIT_0* init) {
    try {
        initialize(init);
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

TEST(Runtime, CountsItsUses) {
    ASSERT_FALSE(is_initialized());
    initialize(nullptr);
    initialize(nullptr);
    uninitialize();
    EXPECT_TRUE(is_initialized());
    uninitialize();
    EXPECT_FALSE(is_initialized());
}

TEST(Runtime, AnUninitializeTooManyIsHarmless) {
    uninitialize();
    EXPECT_FALSE(is_initialized());
    initialize(nullptr);
    EXPECT_TRUE(is_initialized());
    uninitialize();
    EXPECT_FALSE(is_initialized());
}

TEST(Runtime, AnUnknownFlagOrVersionIsRefusedAndCountsNothing) {
    const MAPIINIT_0 flag = {MAPI_INIT_VERSION, 0x40000000};
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, code_of_initialize(&flag));
    const MAPIINIT_0 version = {7, 0};
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of_initialize(&version));
    EXPECT_FALSE(is_initialized());
}

TEST(Runtime, EveryDocumentedFlagIsTaken) {
    const MAPIINIT_0 init = {MAPI_INIT_VERSION,
                             MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NT_SERVICE | kNoCoInit};
    EXPECT_EQ(S_OK, code_of_initialize(&init));
    uninitialize();
    EXPECT_FALSE(is_initialized());
}

TEST(Runtime, AnotherThreadMayUndoTheInitializeOfThisOne) {
    initialize(nullptr);
    port::Thread thread;
    ASSERT_TRUE(thread.start([] { uninitialize(); }));
    thread.join();
    EXPECT_FALSE(is_initialized());
}

/// Pages: mapi/mapiinit_0.md, mapi/mapiuninitialize.md
class NotificationThread : public testing::Test {
protected:
    void TearDown() override { EXPECT_FALSE(is_initialized()); }
    /// Which thread is told of an event, this one dispatching.
    static std::uint64_t told() {
        std::atomic<std::uint64_t> thread = 0;
        object::Dispatcher::the().post([&] { thread = port::current_thread_id(); });
        object::Dispatcher::the().flush();
        return thread;
    }
    const MAPIINIT_0 own_thread = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
};

TEST_F(NotificationThread, IsTheOneThatInitialisedFirst) {
    initialize(nullptr);
    port::Thread thread;
    ASSERT_TRUE(thread.start([] { initialize(nullptr); }));
    thread.join();
    EXPECT_EQ(port::current_thread_id(), told());
    uninitialize();
    EXPECT_NE(port::current_thread_id(), told()) << "it has left";
    uninitialize();  // the other thread's, which ended without
}

TEST_F(NotificationThread, IsOneOfOurOwnWhenAskedFor) {
    initialize(&own_thread);
    EXPECT_NE(port::current_thread_id(), told());
    initialize(nullptr);
    EXPECT_NE(port::current_thread_id(), told()) << "the first call decides";
    uninitialize();
    uninitialize();
    initialize(nullptr);
    EXPECT_EQ(port::current_thread_id(), told()) << "and a new first call anew";
    uninitialize();
}

TEST_F(NotificationThread, IsNotDecidedByUsesOfOurOwn) {
    const RuntimeUse use;
    EXPECT_NE(port::current_thread_id(), told());
    initialize(nullptr);
    EXPECT_EQ(port::current_thread_id(), told());
    uninitialize();
    EXPECT_NE(port::current_thread_id(), told());
}

TEST_F(NotificationThread, IsToldWhatWaitsByItsLastUninitialize) {
    initialize(nullptr);
    bool done = false;
    object::Dispatcher::the().post([&] { done = true; });
    EXPECT_FALSE(done);
    uninitialize();
    EXPECT_TRUE(done);
}

TEST(Runtime, ACallBeforeInitializeIsReported) {
    try {
        require_initialized();
        ADD_FAILURE() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(MAPI_E_NOT_INITIALIZED, error.code());
    }
    const RuntimeUse use;
    EXPECT_NO_THROW(require_initialized());
}

}  // namespace
}  // namespace remapi::session
