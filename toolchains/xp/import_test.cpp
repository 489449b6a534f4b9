// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether each program tests what it says it tests.
#include "import.h"

#include <gtest/gtest.h>

// Where each import goes at this moment. Headers declare some of these functions without
// dllimport, so the pointers are looked at by their own names.
extern "C" {
extern void* volatile target_of_tick_count __asm__("__imp_" REMAPI_XP_STDCALL(GetTickCount64, 0));
extern void* volatile target_of_acquire __asm__("__imp_" REMAPI_XP_STDCALL(AcquireSRWLockShared,
                                                                           4));
extern void* volatile target_of_try __asm__("__imp_" REMAPI_XP_STDCALL(TryAcquireSRWLockShared, 4));
extern void* volatile target_of_sleep __asm__("__imp_" REMAPI_XP_STDCALL(SleepConditionVariableCS,
                                                                         12));
}

namespace {

bool is_kernels(const void* target, const char* name) {
    return target ==
           reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"kernel32.dll"), name));
}

#ifdef REMAPI_XP_FORCE_FALLBACK
constexpr bool kUsesTheSystems = false;
#else
constexpr bool kUsesTheSystems = true;
#endif

TEST(Import, IsBoundByItsFirstCallToTheRightVersion) {
    ASSERT_NE(GetTickCount64(), 0u);
    SRWLOCK lock = SRWLOCK_INIT;
    AcquireSRWLockShared(&lock);
    ReleaseSRWLockShared(&lock);
    EXPECT_EQ(is_kernels(target_of_tick_count, "GetTickCount64"), kUsesTheSystems);
    EXPECT_EQ(is_kernels(target_of_acquire, "AcquireSRWLockShared"), kUsesTheSystems);
}

TEST(Import, BindsTheWholeFamilyOfLocksAtOnce) {
    CONDITION_VARIABLE condition = CONDITION_VARIABLE_INIT;
    WakeConditionVariable(&condition);
    EXPECT_EQ(is_kernels(target_of_try, "TryAcquireSRWLockShared"), kUsesTheSystems);
    EXPECT_EQ(is_kernels(target_of_sleep, "SleepConditionVariableCS"), kUsesTheSystems);
}

}  // namespace
