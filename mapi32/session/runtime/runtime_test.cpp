// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

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
