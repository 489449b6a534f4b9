// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/call_state.h"

#include <gtest/gtest.h>

#include "port/file.h"
#include "port/process.h"
#include "port/support_test.h"

namespace remapi::port {
namespace {

TEST(CallStateTest, RestoresTheCurrentFolder) {
    const test::ScratchFolder folder;
    const String before = absolute_path({});
    {
        const CallState state;
        test::set_current_folder(folder.path());
        EXPECT_NE(before, absolute_path({}));
    }
    EXPECT_EQ(before, absolute_path({}));
}

#ifdef _WIN32
TEST(CallStateTest, RestoresTheFolderOfEachDrive) {
    test::set_environment("=Q:", "Q:\\before");
    test::set_environment("=R:", nullptr);
    {
        const CallState state;
        test::set_environment("=Q:", "Q:\\after");
        test::set_environment("=R:", "R:\\new");
    }
    EXPECT_EQ(L"Q:\\before", environment("=Q:").value_or(L""));
    EXPECT_EQ(std::nullopt, environment("=R:"));
    test::set_environment("=Q:", nullptr);
}
#else
TEST(CallStateTest, RestoresAFolderThatIsGone) {
    const test::ScratchFolder folder;
    const String before = absolute_path({});
    const String gone = folder.file(u"gone");
    ASSERT_EQ(0, create_folders(gone));
    test::set_current_folder(gone);
    ASSERT_EQ(0, remove_folder(gone));
    EXPECT_EQ(u"", absolute_path({}));
    {
        const CallState state;
        test::set_current_folder(before);
    }
    EXPECT_EQ(u"", absolute_path({}));
    test::set_current_folder(before);
}
#endif

#if defined(__i386__) || defined(__x86_64__)
std::uint16_t control_word() {
    std::uint16_t word = 0;
    asm volatile("fnstcw %0" : "=m"(word));
    return word;
}

std::uint16_t status_flags() {
    std::uint16_t word = 0;
    asm volatile("fnstsw %0" : "=m"(word));
    return word & 0x3F;
}

void set_control_word(std::uint16_t word) {
    asm volatile("fldcw %0" : : "m"(word));
}

std::uint32_t mxcsr() {
    std::uint32_t word = 0;
    asm volatile("stmxcsr %0" : "=m"(word));
    return word;
}

void set_mxcsr(std::uint32_t word) {
    asm volatile("ldmxcsr %0" : : "m"(word));
}

/// Raises the flag of a division by zero, then a pending exception if that is not masked.
void divide_by_zero() {
    asm volatile("fld1\n\tfldz\n\tfdivrp\n\tfstp %%st(0)" : : : "st");
}

/// Delphi's control word: 64-bit mantissa, exceptions of division, overflow and invalid values
/// unmasked.
constexpr std::uint16_t kDelphi = 0x1372;
constexpr std::uint16_t kDefault = 0x037F;

TEST(CallStateTest, MasksExceptionsInsideAndRestoresTheControlWord) {
    set_control_word(kDelphi);
    {
        const CallState state;
        EXPECT_EQ(kDefault, control_word());
        divide_by_zero();
    }
    EXPECT_EQ(kDelphi, control_word());
    // Had the flag stayed, this would raise the exception now.
    asm volatile("fld1\n\tfstp %%st(0)" : : : "st");
    EXPECT_EQ(0, status_flags());
    set_control_word(kDefault);
}

TEST(CallStateTest, KeepsTheFlagsThatTheCallerHadRaised) {
    asm volatile("fnclex");
    divide_by_zero();
    const std::uint16_t before = status_flags();
    EXPECT_NE(0, before);
    {
        const CallState state;
        EXPECT_EQ(0, status_flags());
    }
    EXPECT_EQ(before, status_flags());
    EXPECT_EQ(kDefault, control_word());
    asm volatile("fnclex");
}

TEST(CallStateTest, RestoresMxcsr) {
    const std::uint32_t before = mxcsr();
    const std::uint32_t unmasked = 0x1D80 | 0x2000;  // division unmasked, rounding down
    set_mxcsr(unmasked);
    {
        const CallState state;
        EXPECT_EQ(0x1F80u, mxcsr());
        set_mxcsr(0x9FC0);
    }
    const std::uint32_t after = mxcsr();
    set_mxcsr(before);
    EXPECT_EQ(unmasked, after);
}
#endif

}  // namespace
}  // namespace remapi::port
