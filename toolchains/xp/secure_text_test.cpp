// SPDX-License-Identifier: LGPL-2.1-or-later
// Every case is also put to the run-time library's own function where it has one.
#include <windows.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "system_test.h"

namespace {

using remapi::xp::test::kTestsOurVersion;

// The headers overload these names for arrays, so their types are spelled out.
using Copy = int __cdecl(char*, size_t, const char*, size_t);
using Write = int __cdecl(unsigned long long, char*, size_t, int);

constexpr size_t kWhatFits = static_cast<size_t>(-1);  // _TRUNCATE
constexpr int kTruncated = 80;                         // STRUNCATE

template <class Function>
Function* text_function_of_msvcrt(const char* name) {
    return reinterpret_cast<Function*>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"msvcrt.dll"), name)));
}

struct CopyCase {
    size_t size;
    const char* text;
    size_t count;
    int result;
    const char* expected;
};

constexpr CopyCase kCopies[] = {
    {4, "abc", 3, 0, "abc"},
    {4, "abc", 9, 0, "abc"},
    {4, "abcd", 3, 0, "abc"},
    {4, "abcd", 4, ERANGE, ""},
    {4, "abcd", kWhatFits, kTruncated, "abc"},
    {4, "abc", kWhatFits, 0, "abc"},
    {1, "a", kWhatFits, kTruncated, ""},
    {1, "", kWhatFits, 0, ""},
    {4, "abc", 0, 0, ""},
    {4, nullptr, 0, 0, ""},
    {4, nullptr, 1, EINVAL, ""},
    {4, "", 5, 0, ""},
    {3, "abc", 2, 0, "ab"},
    {3, "abc", 3, ERANGE, ""},
};

void check_copies(Copy* copy) {
    for (const CopyCase& one : kCopies) {
        char out[8];
        memset(out, 'x', sizeof(out));
        EXPECT_EQ(copy(out, one.size, one.text, one.count), one.result)
            << (one.text ? one.text : "null") << ' ' << one.size << ' ' << one.count;
        EXPECT_STREQ(out, one.expected);
        EXPECT_EQ(out[7], 'x');
    }
    EXPECT_EQ(copy(nullptr, 0, "a", 0), 0);
    EXPECT_EQ(copy(nullptr, 4, "a", 1), EINVAL);
    char out[4] = "xyz";
    EXPECT_EQ(copy(out, 0, "a", 1), EINVAL);
    EXPECT_STREQ(out, "xyz");
}

TEST(StrncpyS, CopiesCutsOrRefuses) {
    check_copies(&strncpy_s);
}

TEST(StrncpyS, IsWhatTheRunTimeLibraryDoes) {
    auto* const theirs = text_function_of_msvcrt<Copy>("strncpy_s");
    ASSERT_NE(theirs, nullptr);
    check_copies(theirs);
}

struct NumberCase {
    unsigned long long value;
    size_t size;
    int radix;
    int result;
    const char* expected;
};

constexpr NumberCase kNumbers[] = {
    {0, 2, 10, 0, "0"},
    {0, 1, 10, EINVAL, ""},
    {255, 3, 16, 0, "ff"},
    {255, 2, 16, EINVAL, ""},
    {18446744073709551615ull, 21, 10, 0, "18446744073709551615"},
    {18446744073709551615ull, 20, 10, EINVAL, ""},
    {18446744073709551615ull, 65, 2, 0,
     "1111111111111111111111111111111111111111111111111111111111111111"},
    {35, 4, 36, 0, "z"},
    {1, 4, 1, EINVAL, ""},
    {1, 4, 37, EINVAL, ""},
};

// What is left in `out` after an error is not documented; ours leaves an empty text.
void check_numbers(Write* write, bool ours) {
    for (const NumberCase& one : kNumbers) {
        char out[80];
        memset(out, 'x', sizeof(out));
        EXPECT_EQ(write(one.value, out, one.size, one.radix), one.result)
            << one.value << ' ' << one.size << ' ' << one.radix;
        if (one.result == 0 || ours) {
            EXPECT_STREQ(out, one.expected);
        }
    }
    EXPECT_EQ(write(1, nullptr, 4, 10), EINVAL);
    char out[4] = "xyz";
    EXPECT_EQ(write(1, out, 0, 10), EINVAL);
    EXPECT_STREQ(out, "xyz");
}

TEST(Ui64toaS, WritesOrRefuses) {
    check_numbers(&_ui64toa_s, kTestsOurVersion);
}

TEST(Ui64toaS, IsWhatTheRunTimeLibraryDoes) {
    auto* const theirs = text_function_of_msvcrt<Write>("_ui64toa_s");
    ASSERT_NE(theirs, nullptr);
    check_numbers(theirs, false);
}

}  // namespace
