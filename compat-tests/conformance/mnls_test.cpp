// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compat-tests/harness/mapi_library.h"
#include "port/wide.h"

namespace remapi::test {
namespace {

/// Pages: mapi/mnls_lstrlenw.md, mapi/mnls_lstrcmpw.md, mapi/mnls_lstrcpyw.md,
/// mapi/mnls_isbadstringptrw.md
class WideText : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(length && compare && copy && is_bad) << "export missing"; }

    const Subject& mapi = Subject::the();
    int(WINAPI* length)(LPCWSTR) = mapi.find<int WINAPI(LPCWSTR)>("MNLS_lstrlenW");
    int(WINAPI* compare)(LPCWSTR,
                         LPCWSTR) = mapi.find<int WINAPI(LPCWSTR, LPCWSTR)>("MNLS_lstrcmpW");
    LPWSTR(WINAPI* copy)
    (LPWSTR, LPCWSTR) = mapi.find<LPWSTR WINAPI(LPWSTR, LPCWSTR)>("MNLS_lstrcpyW");
    BOOL(WINAPI* is_bad)
    (LPCWSTR, UINT) = mapi.find<BOOL WINAPI(LPCWSTR, UINT)>("MNLS_IsBadStringPtrW");
};

TEST_F(WideText, TheLengthLeavesTheTerminatingZeroOut) {
    EXPECT_EQ(5, length(REMAPI_W("h\u00E4llo")));
    EXPECT_EQ(2, length(REMAPI_W("\U0001F4E7"))) << "units, not characters";
    EXPECT_EQ(0, length(REMAPI_W("")));
    KNOWN_DIFFERENCE(Wine, "mapi/mnls_lstrlenw.md", "on 32-bit it reads through null pointers");
    EXPECT_EQ(0, length(nullptr));
}

TEST_F(WideText, ComparingAnswersByItsSign) {
    EXPECT_LT(compare(REMAPI_W("apple"), REMAPI_W("banana")), 0);
    EXPECT_GT(compare(REMAPI_W("banana"), REMAPI_W("apple")), 0);
    EXPECT_EQ(0, compare(REMAPI_W("apple"), REMAPI_W("apple")));
    EXPECT_NE(0, compare(REMAPI_W("apple"), REMAPI_W("Apple")));
    EXPECT_LT(compare(REMAPI_W("app"), REMAPI_W("apple")), 0);
}

TEST_F(WideText, NullComesBeforeAnyText) {
    UNDECIDED_DIFFERENCE(Wine, "it reads through null pointers");
    EXPECT_LT(compare(nullptr, REMAPI_W("")), 0);
    EXPECT_GT(compare(REMAPI_W(""), nullptr), 0);
    EXPECT_EQ(0, compare(nullptr, nullptr));
}

TEST_F(WideText, CopyingEndsWithTheZeroAndAnswersTheCopy) {
    KNOWN_DIFFERENCE(Wine, "mapi/mnls_lstrcpyw.md", "it answers a number in place of the copy");
    WCHAR out[8] = {'#', '#', '#', '#', '#', 0};
    EXPECT_EQ(out, copy(out, REMAPI_W("abc")));
    EXPECT_EQ(StringView(REMAPI_W("abc")), StringView(out));
    EXPECT_EQ(WideChar{'#'}, out[4]);
}

TEST_F(WideText, CopyingFromOrToNowhereAnswersNull) {
    KNOWN_DIFFERENCE(Wine, "mapi/mnls_lstrcpyw.md", "it writes through null pointers");
    WCHAR out[8] = {};
    EXPECT_EQ(out, copy(out, REMAPI_W("")));
    EXPECT_EQ(nullptr, copy(nullptr, REMAPI_W("abc")));
    EXPECT_EQ(nullptr, copy(out, nullptr));
}

TEST_F(WideText, ATextIsBadWhenItCannotBeReadUpToItsEndOrTheLimit) {
    const auto* nowhere = reinterpret_cast<LPCWSTR>(std::uintptr_t{16});
    EXPECT_FALSE(is_bad(REMAPI_W("abc"), 4));
    EXPECT_FALSE(is_bad(REMAPI_W("abc"), 2));
    EXPECT_FALSE(is_bad(REMAPI_W("abc"), 0xFFFFFFFFu));
    KNOWN_DIFFERENCE(Wine, "winbase/nf-winbase-isbadstringptrw.md",
                     "a null pointer is bad to it with a limit of 0, too");
    EXPECT_FALSE(is_bad(nullptr, 0));
    EXPECT_TRUE(is_bad(nullptr, 1));
    EXPECT_TRUE(is_bad(nowhere, 1));
    EXPECT_TRUE(is_bad(nowhere, 0xFFFFFFFFu));
}

/// Page: mapi/mnls_comparestringw.md. Wine's builtin takes three arguments in place of six.
class WideComparison : public testing::Test {
protected:
    using Compare = int WINAPI(LCID, DWORD, LPCWSTR, int, LPCWSTR, int);

    void SetUp() override {
        ASSERT_TRUE(compare_text) << "export missing";
        KNOWN_DIFFERENCE(Wine, "mapi/mnls_comparestringw.md",
                         "it takes three arguments in place of six");
    }
    int compare(DWORD flags, LPCWSTR left, LPCWSTR right) {
        return compare_text(kEnglish, flags, left, -1, right, -1);
    }

    static constexpr LCID kEnglish = 0x0409;
    static constexpr DWORD kIgnoreCase = 1;
    static constexpr DWORD kIgnoreNonSpace = 2;
    static constexpr int kLess = 1;
    static constexpr int kEqual = 2;
    static constexpr int kGreater = 3;
    Compare* compare_text = Subject::the().find<Compare>("MNLS_CompareStringW");
};

TEST_F(WideComparison, TextsAreOrderedAsAPersonWould) {
    EXPECT_EQ(kLess, compare(0, REMAPI_W("apple"), REMAPI_W("Banana")));
    EXPECT_EQ(kGreater, compare(0, REMAPI_W("banana"), REMAPI_W("Apple")));
    EXPECT_EQ(kEqual, compare(0, REMAPI_W("apple"), REMAPI_W("apple")));
    EXPECT_EQ(kLess, compare(0, REMAPI_W("a"), REMAPI_W("A")));
    EXPECT_EQ(kLess, compare(0, REMAPI_W("cot\u00E9"), REMAPI_W("cots")));
    EXPECT_EQ(kLess, compare(0, REMAPI_W("item1"), REMAPI_W("itema")));
}

TEST_F(WideComparison, FlagsLeaveCaseAndAccentsOut) {
    EXPECT_EQ(kEqual, compare(kIgnoreCase, REMAPI_W("\u00C9t\u00E9"), REMAPI_W("\u00E9T\u00C9")));
    EXPECT_NE(kEqual, compare(kIgnoreCase, REMAPI_W("\u00E9"), REMAPI_W("e")));
    EXPECT_EQ(kEqual, compare(kIgnoreNonSpace, REMAPI_W("e\u0301"), REMAPI_W("e")));
    EXPECT_NE(kEqual, compare(0, REMAPI_W("E"), REMAPI_W("e")));
}

TEST_F(WideComparison, LengthsLimitWhatIsCompared) {
    EXPECT_EQ(kEqual, compare_text(kEnglish, 0, REMAPI_W("abX"), 2, REMAPI_W("abY"), 2));
    EXPECT_EQ(kLess, compare_text(kEnglish, 0, REMAPI_W("abX"), 2, REMAPI_W("abY"), 3));
    EXPECT_EQ(kEqual, compare_text(kEnglish, 0, REMAPI_W("abX"), 2, REMAPI_W("ab"), -1));
    EXPECT_EQ(kEqual, compare_text(kEnglish, 0, REMAPI_W("abX"), 0, REMAPI_W(""), -5));
}

TEST_F(WideComparison, InvalidArgumentsAnswerZero) {
    EXPECT_EQ(0, compare(0, nullptr, REMAPI_W("a")));
    EXPECT_EQ(0, compare(0, REMAPI_W("a"), nullptr));
    EXPECT_EQ(kEqual, compare(0, REMAPI_W("a"), REMAPI_W("a")));
}

/// Pages: mapi/mnls_multibytetowidechar.md, mapi/mnls_widechartomultibyte.md
class WideConversion : public testing::Test {
protected:
    using ToWide = int WINAPI(UINT, DWORD, LPCSTR, int, LPWSTR, int);
    using ToBytes = int WINAPI(UINT, DWORD, LPCWSTR, int, LPSTR, int, LPCSTR, BOOL*);

    void SetUp() override { ASSERT_TRUE(to_wide && to_bytes) << "export missing"; }

    String wide(UINT page, const std::string& bytes, DWORD flags = 0) {
        WCHAR out[64] = {};
        const int units =
            to_wide(page, flags, bytes.data(), static_cast<int>(bytes.size()), out, 64);
        return String(out, static_cast<std::size_t>(units));
    }
    std::string bytes(UINT page, const String& text, const char* fallback = nullptr,
                      BOOL* used = nullptr) {
        char out[64] = {};
        const int size =
            to_bytes(page, 0, text.data(), static_cast<int>(text.size()), out, 64, fallback, used);
        return std::string(out, static_cast<std::size_t>(size));
    }

    static constexpr UINT kLatin = 1252;
    static constexpr UINT kUtf8 = 65001;
    static constexpr DWORD kErrorOnInvalid = 8;
    ToWide* to_wide = Subject::the().find<ToWide>("MNLS_MultiByteToWideChar");
    ToBytes* to_bytes = Subject::the().find<ToBytes>("MNLS_WideCharToMultiByte");
    WCHAR m_wide[16] = {};
    char m_bytes[16] = {};
};

TEST_F(WideConversion, CodePagesAreConvertedBothWays) {
    EXPECT_EQ(REMAPI_W("\u20AC\u00E9"), wide(kLatin, "\x80\xE9"));
    EXPECT_EQ("\x80\xE9", bytes(kLatin, REMAPI_W("\u20AC\u00E9")));
    EXPECT_EQ(REMAPI_W("\u20AC\U0001F4E7"), wide(kUtf8, "\xE2\x82\xAC\xF0\x9F\x93\xA7"));
    EXPECT_EQ("\xE2\x82\xAC\xF0\x9F\x93\xA7", bytes(kUtf8, REMAPI_W("\u20AC\U0001F4E7")));
    EXPECT_EQ(REMAPI_W("\u3042"), wide(932, "\x82\xA0"));
}

TEST_F(WideConversion, ANegativeLengthTakesTheTerminatingZeroAlong) {
    EXPECT_EQ(4, to_wide(kLatin, 0, "abc", -1, m_wide, 16));
    EXPECT_EQ(3, to_wide(kLatin, 0, "abc", 3, m_wide, 16));
    EXPECT_EQ(4, to_bytes(kLatin, 0, REMAPI_W("abc"), -1, m_bytes, 16, nullptr, nullptr));
    EXPECT_STREQ("abc", m_bytes);
    EXPECT_EQ(2, to_bytes(kLatin, 0, REMAPI_W("abc"), 2, m_bytes, 16, nullptr, nullptr));
}

TEST_F(WideConversion, NoRoomAsksForTheSizeAndTooLittleFails) {
    EXPECT_EQ(4, to_wide(kLatin, 0, "abc", -1, nullptr, 0));
    EXPECT_EQ(0, to_wide(kLatin, 0, "abc", -1, m_wide, 3));
    EXPECT_EQ(4, to_wide(kLatin, 0, "abc", -1, m_wide, 4));
    EXPECT_EQ(4, to_bytes(kUtf8, 0, REMAPI_W("a\u00E9"), -1, nullptr, 0, nullptr, nullptr));
    EXPECT_EQ(0, to_bytes(kUtf8, 0, REMAPI_W("a\u00E9"), -1, m_bytes, 3, nullptr, nullptr));
    EXPECT_EQ(4, to_bytes(kUtf8, 0, REMAPI_W("a\u00E9"), -1, m_bytes, 4, nullptr, nullptr));
}

TEST_F(WideConversion, InvalidBytesFailOnlyWhenAskedTo) {
    EXPECT_EQ(0, to_wide(kUtf8, kErrorOnInvalid, "a\xFF", 2, m_wide, 16));
    EXPECT_LT(1, to_wide(kUtf8, 0, "a\xFF", 2, m_wide, 16));
    EXPECT_EQ(2, to_wide(kUtf8, kErrorOnInvalid, "a\x7F", 2, m_wide, 16));
}

TEST_F(WideConversion, WhatAPageCannotHoldBecomesTheDefaultCharacter) {
    BOOL used = TRUE;
    EXPECT_EQ("a?b", bytes(kLatin, REMAPI_W("a\u4E2Db"), nullptr, &used));
    EXPECT_TRUE(used);
    EXPECT_EQ("a*b\xE9", bytes(kLatin, REMAPI_W("a\u4E2Db\u00E9"), "*", &used));
    EXPECT_TRUE(used);
    EXPECT_EQ("ab", bytes(kLatin, REMAPI_W("ab"), "*", &used));
    EXPECT_FALSE(used);
}

TEST_F(WideConversion, InvalidArgumentsAnswerZero) {
    EXPECT_EQ(1, to_wide(kUtf8, 0, "a", 1, m_wide, 16));
    EXPECT_EQ(0, to_wide(kUtf8, 0, nullptr, 1, m_wide, 16));
    EXPECT_EQ(0, to_wide(kUtf8, 0, "a", 0, m_wide, 16));
    EXPECT_EQ(0, to_wide(kUtf8, 0, "a", 1, nullptr, 4));
    EXPECT_EQ(0, to_wide(kUtf8, 0, "a", 1, m_wide, -1));
    EXPECT_EQ(0, to_wide(12345, 0, "a", 1, m_wide, 16));
    EXPECT_EQ(0, to_wide(kLatin, 0x80000000, "a", 1, m_wide, 16));
    EXPECT_EQ(1, to_bytes(kUtf8, 0, REMAPI_W("a"), 1, m_bytes, 16, nullptr, nullptr));
    EXPECT_EQ(0, to_bytes(kUtf8, 0, nullptr, 1, m_bytes, 16, nullptr, nullptr));
    EXPECT_EQ(0, to_bytes(kUtf8, 0, REMAPI_W("a"), 0, m_bytes, 16, nullptr, nullptr));
    EXPECT_EQ(0, to_bytes(12345, 0, REMAPI_W("a"), 1, m_bytes, 16, nullptr, nullptr));
}

}  // namespace
}  // namespace remapi::test
