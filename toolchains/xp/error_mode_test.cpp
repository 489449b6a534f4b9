// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <gtest/gtest.h>

namespace {

TEST(ThreadErrorMode, TellsTheModeBefore) {
    DWORD first = 0;
    DWORD second = 0;
    ASSERT_TRUE(SetThreadErrorMode(SEM_FAILCRITICALERRORS, &first));
    ASSERT_TRUE(SetThreadErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX, &second));
    EXPECT_EQ(second, DWORD{SEM_FAILCRITICALERRORS});
    ASSERT_TRUE(SetThreadErrorMode(first, &second));
    EXPECT_EQ(second, DWORD{SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX});
    EXPECT_TRUE(SetThreadErrorMode(first, nullptr));
}

TEST(ThreadErrorMode, RefusesAModeThatIsNone) {
    SetLastError(0);
    EXPECT_FALSE(SetThreadErrorMode(0x4000, nullptr));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
}

}  // namespace
