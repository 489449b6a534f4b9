// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <string>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// Pages: mapi/szfindch.md, mapi/szfindlastch.md, mapi/szfindsz.md
class FindInText : public testing::Test {
protected:
    using FindCharacter = LPSTR WINAPI(LPCSTR, USHORT);
    using FindText = LPSTR WINAPI(LPCSTR, LPCSTR);

    void SetUp() override { ASSERT_TRUE(first && last && text) << "export missing"; }

    const Subject& mapi = Subject::the();
    FindCharacter* first = mapi.find<FindCharacter>("SzFindCh");
    FindCharacter* last = mapi.find<FindCharacter>("SzFindLastCh");
    FindText* text = mapi.find<FindText>("SzFindSz");
    static constexpr char kText[] = "abcAbcabc";
};

TEST_F(FindInText, TheFirstAndTheLastPlaceOfACharacterAreFound) {
    EXPECT_EQ(kText, first(kText, 'a'));
    EXPECT_EQ(kText + 8, first(kText + 6, 'c'));
    EXPECT_EQ(kText + 3, first(kText, 'A'));
    EXPECT_EQ(kText + 6, last(kText, 'a'));
    EXPECT_EQ(kText + 3, last(kText, 'A'));
}

TEST_F(FindInText, ACharacterThatIsNotThereIsNotFound) {
    EXPECT_EQ(kText + 1, first(kText, 'b'));
    EXPECT_EQ(kText + 7, last(kText, 'b'));
    for (const USHORT absent : {'B', 'x', '\0'}) {
        EXPECT_EQ(nullptr, first(kText, absent));
        EXPECT_EQ(nullptr, last(kText, absent));
        EXPECT_EQ(nullptr, first("", absent));
        EXPECT_EQ(nullptr, last("", absent));
    }
}

TEST_F(FindInText, BytesAbove127AreCharacters) {
    constexpr char kSymbols[] = "a\xA9z";
    EXPECT_EQ(kSymbols + 1, first(kSymbols, 0xA9));
    EXPECT_EQ(kSymbols + 1, last(kSymbols, 0xA9));
    EXPECT_EQ(nullptr, first(kSymbols, 0xAE));
}

TEST_F(FindInText, TheFirstPlaceOfATextIsFoundExactly) {
    EXPECT_EQ(kText, text(kText, "abc"));
    EXPECT_EQ(kText + 3, text(kText, "Abc"));
    EXPECT_EQ(kText + 5, text(kText, "cab"));
    EXPECT_EQ(kText, text(kText, kText));
    EXPECT_EQ(nullptr, text(kText, "ABC"));
    EXPECT_EQ(nullptr, text(kText, "abcd"));
    EXPECT_EQ(nullptr, text("abc", kText)) << "longer than the text it is looked for in";
}

TEST_F(FindInText, AnOverlappingStartIsNotMissed) {
    constexpr char kRepeated[] = "aaab";
    EXPECT_EQ(kRepeated + 1, text(kRepeated, "aab"));
}

TEST_F(FindInText, TheLongestTextsThatThePagesAllowAreSearchedToTheirEnd) {
    constexpr std::size_t kMost = 65536;
    std::string whole(kMost, 'a');
    whole.back() = 'b';
    EXPECT_EQ(whole.c_str() + kMost - 1, first(whole.c_str(), 'b'));
    EXPECT_EQ(whole.c_str() + kMost - 2, last(whole.c_str(), 'a'));
    EXPECT_EQ(whole.c_str() + kMost - 2, text(whole.c_str(), "ab"));
    EXPECT_EQ(whole.c_str(), text(whole.c_str(), std::string(whole).c_str()));
}

TEST_F(FindInText, NullIsNowhere) {
    EXPECT_NE(nullptr, first(kText, 'a'));
    EXPECT_NE(nullptr, last(kText, 'a'));
    EXPECT_NE(nullptr, text(kText, "a"));
    KNOWN_DIFFERENCE(Wine, "mapi/szfindch.md", "it reads through null pointers");
    EXPECT_EQ(nullptr, first(nullptr, 'a'));
    EXPECT_EQ(nullptr, last(nullptr, 'a'));
    EXPECT_EQ(nullptr, text(nullptr, "a"));
    EXPECT_EQ(nullptr, text(kText, nullptr));
}

/// Pages: mapi/ufromsz.md, mapi/ulfromszhex.md
class NumberInText : public testing::Test {
protected:
    using Number = ULONG WINAPI(LPCSTR);

    void SetUp() override { ASSERT_TRUE(decimal && hexadecimal) << "export missing"; }

    const Subject& mapi = Subject::the();
    Number* decimal = mapi.find<Number>("UFromSz");
    Number* hexadecimal = mapi.find<Number>("UlFromSzHex");
};

TEST_F(NumberInText, DecimalDigitsAreReadUpToAnotherCharacter) {
    EXPECT_EQ(55u, decimal("55"));
    EXPECT_EQ(5u, decimal("5a5b"));
    EXPECT_EQ(7u, decimal("007"));
    EXPECT_EQ(12u, decimal("12 "));
    EXPECT_EQ(4294967295u, decimal("4294967295"));
}

TEST_F(NumberInText, ATextThatDoesNotStartWithADigitIsZero) {
    EXPECT_EQ(1u, decimal("1"));
    for (const char* text : {"", "a5b5", " 5", "+5", "-5", "\xB2"}) {
        EXPECT_EQ(0u, decimal(text)) << text;
    }
}

TEST_F(NumberInText, HexadecimalDigitsOfBothCasesAreReadUpToAnotherCharacter) {
    KNOWN_DIFFERENCE(Wine, "mapi/ulfromszhex.md",
                     "it multiplies by 16 in decimal and misreads letters");
    EXPECT_EQ(90u, hexadecimal("5a"));
    EXPECT_EQ(90u, hexadecimal("5A"));
    EXPECT_EQ(5u, hexadecimal("5g5h"));
    EXPECT_EQ(0u, hexadecimal("g5h5"));
    EXPECT_EQ(0u, hexadecimal("0x10"));
    EXPECT_EQ(0u, hexadecimal(""));
    EXPECT_EQ(0xFFFFFFFFu, hexadecimal("ffffFFFF"));
    EXPECT_EQ(0x12345678u, hexadecimal("12345678"));
    EXPECT_EQ(0xDEADBEEFu, hexadecimal("DeadBeef!"));
}

TEST_F(NumberInText, ANumberTooLargeKeepsItsLowest32Bits) {
    EXPECT_EQ(1u, decimal("4294967297"));
    KNOWN_DIFFERENCE(Wine, "mapi/ulfromszhex.md",
                     "it misreads hexadecimal numbers of several digits");
    EXPECT_EQ(0x23456789u, hexadecimal("123456789"));
}

TEST_F(NumberInText, NullIsZero) {
    EXPECT_EQ(3u, decimal("3"));
    UNDECIDED_DIFFERENCE(Wine, "it reads through null pointers");
    EXPECT_EQ(0u, decimal(nullptr));
    EXPECT_EQ(0u, hexadecimal(nullptr));
}

/// Page: mapi/isbadboundedstringptr.md
class BadTextPointer : public testing::Test {
protected:
    using IsBad = BOOL WINAPI(const void*, UINT);

    void SetUp() override { ASSERT_TRUE(is_bad) << "export missing"; }

    IsBad* is_bad = Subject::the().find<IsBad>("IsBadBoundedStringPtr");
    const void* nowhere = reinterpret_cast<const void*>(std::uintptr_t{16});
};

TEST_F(BadTextPointer, WhatCannotBeReadIsBad) {
    EXPECT_TRUE(is_bad(nullptr, 1));
    EXPECT_TRUE(is_bad(nowhere, 1));
    EXPECT_TRUE(is_bad(nowhere, 0xFFFFFFFFu));
}

TEST_F(BadTextPointer, ATextThatEndsWithinTheLimitIsGood) {
    EXPECT_FALSE(is_bad("abcd", 5));
    EXPECT_FALSE(is_bad("abcd", 100));
    EXPECT_FALSE(is_bad("abcd", 0xFFFFFFFFu));
    EXPECT_TRUE(is_bad(nullptr, 5));
}

TEST_F(BadTextPointer, ReadingStopsAtTheLimit) {
    KNOWN_DIFFERENCE(Wine, "mapi/isbadboundedstringptr.md",
                     "it wants the terminating zero within the limit");
    EXPECT_FALSE(is_bad("abcd", 4));
    EXPECT_FALSE(is_bad("abcd", 1));
    EXPECT_TRUE(is_bad(nowhere, 1));
}

TEST_F(BadTextPointer, ALimitOfZeroIsAlwaysGood) {
    KNOWN_DIFFERENCE(Wine, "mapi/isbadboundedstringptr.md",
                     "it wants the terminating zero within the limit");
    EXPECT_FALSE(is_bad(nullptr, 0));
    EXPECT_FALSE(is_bad(nowhere, 0));
    EXPECT_TRUE(is_bad(nullptr, 1));
}

/// Counts its references and nothing else.
class CountedObject final : public IUnknown {
public:
    virtual ~CountedObject() = default;
    STDMETHODIMP QueryInterface(REFIID, void** object) noexcept override {
        *object = nullptr;
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    STDMETHODIMP_(ULONG) AddRef() noexcept override { return ++references; }
    STDMETHODIMP_(ULONG) Release() noexcept override { return --references; }
    ULONG references = 1;
};

/// Pages: mapi/uladdref.md, mapi/ulrelease.md
class ReferenceCount : public testing::Test {
protected:
    using Count = ULONG WINAPI(LPVOID);

    void SetUp() override { ASSERT_TRUE(add && release) << "export missing"; }

    Count* add = Subject::the().find<Count>("UlAddRef");
    Count* release = Subject::the().find<Count>("UlRelease");
};

TEST_F(ReferenceCount, TheObjectsOwnAnswerIsAnswered) {
    CountedObject object;
    EXPECT_EQ(2u, add(&object));
    EXPECT_EQ(3u, add(&object));
    EXPECT_EQ(2u, release(&object));
    EXPECT_EQ(1u, release(&object));
    EXPECT_EQ(1u, object.references);
}

TEST_F(ReferenceCount, NullHasNoReferences) {
    CountedObject object;
    EXPECT_EQ(0u, release(nullptr));
    EXPECT_EQ(0u, add(nullptr));
    EXPECT_EQ(2u, add(&object));
    EXPECT_EQ(1u, release(&object));
}

/// Pages: mapi/scuncfromlocalpath.md, mapi/sclocalpathfromunc.md
class SharePath : public testing::Test {
protected:
    using Convert = SCODE WINAPI(LPSTR, LPSTR, UINT);

    void SetUp() override { ASSERT_TRUE(to_unc && to_local) << "export missing"; }
    static SCODE convert(Convert* function, const char* path, char* out, UINT room) {
        return function(const_cast<char*>(path), out, room);
    }

    Convert* to_unc = Subject::the().find<Convert>("ScUNCFromLocalPath");
    Convert* to_local = Subject::the().find<Convert>("ScLocalPathFromUNC");
    char m_out[64] = "#";
};

TEST_F(SharePath, APathThatIsOfTheOtherKindAlreadySaysSo) {
    EXPECT_HR(S_FALSE, convert(to_unc, "\\\\server\\share\\file", m_out, sizeof m_out));
    EXPECT_STREQ("\\\\server\\share\\file", m_out);
    EXPECT_HR(S_FALSE, convert(to_local, "C:\\folder", m_out, sizeof m_out));
    EXPECT_STREQ("C:\\folder", m_out);
}

TEST_F(SharePath, AResultThatDoesNotFitIsTooBig) {
    EXPECT_HR(MAPI_E_TOO_BIG, convert(to_unc, "\\\\server\\share", m_out, 14));
    EXPECT_HR(S_FALSE, convert(to_unc, "\\\\server\\share", m_out, 15));
    EXPECT_HR(MAPI_E_TOO_BIG, convert(to_local, "C:\\folder", m_out, 9));
    EXPECT_HR(S_FALSE, convert(to_local, "C:\\folder", m_out, 10));
    EXPECT_HR(MAPI_E_TOO_BIG, convert(to_local, "C:\\folder", m_out, 0));
}

TEST_F(SharePath, AShareThatNoDriveIsConnectedToIsNotFound) {
    EXPECT_HR(MAPI_E_NOT_FOUND,
              convert(to_local, "\\\\no-such-server\\share\\file", m_out, sizeof m_out));
}

TEST_F(SharePath, WhatIsNoPathIsInvalid) {
    for (const char* path : {"", "folder\\file", "\\folder", "1:\\folder", ":"}) {
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, convert(to_unc, path, m_out, sizeof m_out)) << path;
        EXPECT_HR(MAPI_E_NOT_FOUND, convert(to_local, path, m_out, sizeof m_out)) << path;
    }
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, convert(to_unc, nullptr, m_out, sizeof m_out));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, convert(to_unc, "C:\\", nullptr, 10));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, convert(to_local, nullptr, m_out, sizeof m_out));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, convert(to_local, "\\\\a\\b", nullptr, 10));
}

}  // namespace
}  // namespace remapi::test
