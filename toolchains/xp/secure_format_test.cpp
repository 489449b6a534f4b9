// SPDX-License-Identifier: LGPL-2.1-or-later
// Every case is also put to the run-time library's own function.
#include <windows.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <cwchar>
#include <string>

#include "system_test.h"

namespace {

using remapi::xp::test::Holds;
using remapi::xp::test::kTestsOurVersion;

// The headers overload these names for arrays, so their types are spelled out.
using FormatCounted = int __cdecl(char*, size_t, size_t, const char*, va_list);
using FormatCountedWide = int __cdecl(wchar_t*, size_t, size_t, const wchar_t*, va_list);
using FormatWholeWide = int __cdecl(wchar_t*, size_t, const wchar_t*, va_list);

constexpr size_t kToFit = static_cast<size_t>(-1);  // _TRUNCATE
constexpr int kUntouched = 1234;

struct Case {
    size_t size;
    size_t count;
    const char* text;
    int result;
    int error;
    const char* expected;
    Holds holds = Holds::Everywhere;
};

constexpr Case kCounted[] = {
    {4, 3, "abc", 3, kUntouched, "abc"},
    {4, kToFit, "abc", 3, kUntouched, "abc"},
    {4, 9, "abc", 3, kUntouched, "abc"},
    {4, 2, "abc", -1, kUntouched, "ab"},
    {4, 3, "abcd", -1, kUntouched, "abc"},
    {4, kToFit, "abcd", -1, kUntouched, "abc"},
    {4, 4, "abcd", -1, ERANGE, "", Holds::InOurVersion},  // Wine 8 cuts it to "abc"
    {4, 9, "abcd", -1, ERANGE, ""},
    {1, kToFit, "", 0, kUntouched, ""},
    {1, kToFit, "a", -1, kUntouched, ""},
    {1, 0, "a", -1, kUntouched, ""},
    {4, 0, "", 0, kUntouched, ""},
};

constexpr Case kWhole[] = {
    {4, 0, "abc", 3, kUntouched, "abc"},
    {4, 0, "abcd", -1, ERANGE, ""},
    {1, 0, "", 0, kUntouched, ""},
    {1, 0, "a", -1, ERANGE, ""},
};

std::wstring widen(const char* text) {
    return std::wstring(text, text + strlen(text));
}

int call(FormatCounted* format, char* out, size_t size, size_t count, const char* how, ...) {
    va_list arguments;
    va_start(arguments, how);
    const int length = format(out, size, count, how, arguments);
    va_end(arguments);
    return length;
}

int call(FormatWholeWide* format, wchar_t* out, size_t size, const wchar_t* how, ...) {
    va_list arguments;
    va_start(arguments, how);
    const int length = format(out, size, how, arguments);
    va_end(arguments);
    return length;
}

int call(FormatCountedWide* format, wchar_t* out, size_t size, size_t count, const wchar_t* how,
         ...) {
    va_list arguments;
    va_start(arguments, how);
    const int length = format(out, size, count, how, arguments);
    va_end(arguments);
    return length;
}

template <class Function>
Function* of_msvcrt(const char* name) {
    return reinterpret_cast<Function*>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"msvcrt.dll"), name)));
}

void check_narrow(FormatCounted* format, bool ours) {
    ASSERT_NE(format, nullptr);
    for (const Case& one : kCounted) {
        if (one.holds == Holds::InOurVersion && !ours) continue;
        SCOPED_TRACE(testing::Message() << one.text << ' ' << one.size << ' ' << one.count);
        char out[8];
        memset(out, 'x', sizeof(out));
        errno = kUntouched;
        EXPECT_EQ(call(format, out, one.size, one.count, "%s", one.text), one.result);
        EXPECT_EQ(errno, one.error);
        EXPECT_STREQ(out, one.expected);
    }
    char out[8] = "xyz";
    if (ours) {  // Wine 8 answers both with the length of the text
        EXPECT_EQ(call(format, nullptr, 0, 0, "%s", "a"), 0);
        EXPECT_EQ(call(format, nullptr, 8, 1, "%s", "a"), -1);
    }
    EXPECT_EQ(call(format, out, 0, 1, "%s", "a"), -1);
    EXPECT_EQ(call(format, out, 8, 1, nullptr), -1);
    EXPECT_EQ(errno, EINVAL);
}

template <class Format>
void check_wide_counted(Format format, bool ours) {
    for (const Case& one : kCounted) {
        if (one.holds == Holds::InOurVersion && !ours) continue;
        SCOPED_TRACE(testing::Message() << one.text << ' ' << one.size << ' ' << one.count);
        wchar_t out[8] = L"xxxxxxx";
        errno = kUntouched;
        EXPECT_EQ(format(out, one.size, one.count, widen(one.text).c_str()), one.result);
        EXPECT_EQ(errno, one.error);
        EXPECT_EQ(std::wstring(out), widen(one.expected));
    }
}

template <class Format>
void check_wide_whole(Format format) {
    for (const Case& one : kWhole) {
        SCOPED_TRACE(testing::Message() << one.text << ' ' << one.size);
        wchar_t out[8] = L"xxxxxxx";
        errno = kUntouched;
        EXPECT_EQ(format(out, one.size, widen(one.text).c_str()), one.result);
        EXPECT_EQ(errno, one.error);
        EXPECT_EQ(std::wstring(out), widen(one.expected));
    }
}

TEST(SecureFormat, NarrowCutsOrRefuses) {
    check_narrow(&vsnprintf_s, kTestsOurVersion);
}

TEST(SecureFormat, NarrowHasASecondName) {
    check_narrow(&_vsnprintf_s, kTestsOurVersion);
}

TEST(SecureFormat, NarrowIsWhatTheRunTimeLibraryDoes) {
    check_narrow(of_msvcrt<FormatCounted>("_vsnprintf_s"), false);
}

TEST(SecureFormat, WideCutsOrRefuses) {
    check_wide_counted(
        [](wchar_t* out, size_t size, size_t count, const wchar_t* text) {
            return _snwprintf_s(out, size, count, L"%s", text);
        },
        kTestsOurVersion);
    check_wide_counted(
        [](wchar_t* out, size_t size, size_t count, const wchar_t* text) {
            return call(static_cast<FormatCountedWide*>(&_vsnwprintf_s), out, size, count, L"%s",
                        text);
        },
        kTestsOurVersion);
}

TEST(SecureFormat, WideIsWhatTheRunTimeLibraryDoes) {
    auto* const theirs = of_msvcrt<FormatCountedWide>("_vsnwprintf_s");
    ASSERT_NE(theirs, nullptr);
    check_wide_counted(
        [&](wchar_t* out, size_t size, size_t count, const wchar_t* text) {
            return call(theirs, out, size, count, L"%s", text);
        },
        false);
}

TEST(SecureFormat, WholeFitsOrIsRefused) {
    check_wide_whole([](wchar_t* out, size_t size, const wchar_t* text) {
        return swprintf_s(out, size, L"%s", text);
    });
    check_wide_whole([](wchar_t* out, size_t size, const wchar_t* text) {
        return call(static_cast<FormatWholeWide*>(&vswprintf_s), out, size, L"%s", text);
    });
}

TEST(SecureFormat, WholeIsWhatTheRunTimeLibraryDoes) {
    auto* const theirs = of_msvcrt<FormatWholeWide>("vswprintf_s");
    ASSERT_NE(theirs, nullptr);
    check_wide_whole([&](wchar_t* out, size_t size, const wchar_t* text) {
        return call(theirs, out, size, L"%s", text);
    });
}

// The format GLib uses for a handle.
TEST(SecureFormat, KnowsThePointerSizedNumber) {
    wchar_t out[32];
    EXPECT_EQ(_snwprintf_s(out, 32, 32, L"%lu %Iu", 7ul, static_cast<size_t>(-1)),
              sizeof(size_t) == 8 ? 22 : 12);
    EXPECT_EQ(std::wstring(out), L"7 " + std::to_wstring(static_cast<size_t>(-1)));
}

}  // namespace
