// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/foreign_call.h"

#include <gtest/gtest.h>
#include <windows.h>

namespace remapi::port {
namespace {

void touch_nothing(void*) {
    int* volatile nowhere = reinterpret_cast<int*>(16);
    *nowhere = 1;
}

// Unbounded work for the stack: a fault far in must unwind all of it.
void touch_nothing_deep_down(void* depth) {
    volatile char block[512];
    block[0] = 1;
    int& left = *static_cast<int*>(depth);
    if (left-- > 0) {
        touch_nothing_deep_down(depth);
    } else {
        touch_nothing(nullptr);
    }
    block[1] = block[0];
}

TEST(ForeignCall, RunsABodyThatBehaves) {
    int value = 0;
    Fault fault;
    EXPECT_TRUE(call_foreign([](void* target) { *static_cast<int*>(target) = 42; }, &value, fault));
    EXPECT_EQ(42, value);
}

TEST(ForeignCall, EndsABodyThatFaultsHoweverDeepAndOften) {
    for (int round = 0; round < 1000; ++round) {
        int depth = 50;
        Fault fault;
        ASSERT_FALSE(call_foreign(touch_nothing_deep_down, &depth, fault));
        ASSERT_EQ(static_cast<std::uint32_t>(EXCEPTION_ACCESS_VIOLATION), fault.code);
        ASSERT_EQ(16u, fault.address);
    }
}

TEST(ForeignCall, LeavesAFaultToAHandlerFurtherIn) {
    bool probed = false;
    Fault fault;
    EXPECT_TRUE(call_foreign(
        [](void* answer) {
            *static_cast<bool*>(answer) = IsBadReadPtr(reinterpret_cast<void*>(16), 4) != FALSE;
        },
        &probed, fault));
    EXPECT_TRUE(probed);
}

TEST(ForeignCall, NestsAndLeavesCppExceptionsAlone) {
    int inner = -1;
    Fault fault;
    EXPECT_TRUE(call_foreign(
        [](void* answer) {
            Fault unused;
            *static_cast<int*>(answer) = call_foreign(touch_nothing, nullptr, unused) ? 1 : 0;
            try {
                throw 3;
            } catch (int caught) {
                *static_cast<int*>(answer) += caught;
            }
        },
        &inner, fault));
    EXPECT_EQ(3, inner);
}

TEST(ForeignCall, EndsABodyThatThrowsAnotherCompilersException) {
    constexpr DWORD kCode = 0xE06D7363;
    Fault fault;
    EXPECT_FALSE(call_foreign([](void*) { RaiseException(kCode, 0, 0, nullptr); }, nullptr, fault));
    EXPECT_EQ(kCode, fault.code);
}

}  // namespace
}  // namespace remapi::port
