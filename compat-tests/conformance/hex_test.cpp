// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// Pages: mapi/hexfrombin.md, mapi/fbinfromhex.md, mapi/scbinfromhexbounded.md
class Hexadecimal : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(to_hex && from_hex && from_hex_bounded) << "missing"; }

    std::string hex(const std::vector<BYTE>& bytes) {
        std::string text(bytes.size() * 2 + 3, '#');
        to_hex(const_cast<BYTE*>(bytes.data()), static_cast<int>(bytes.size()), text.data());
        EXPECT_EQ('#', text[bytes.size() * 2 + 1]) << "wrote behind the terminating zero";
        return text.c_str();
    }
    bool reads(const char* text) { return from_hex(const_cast<char*>(text), m_bytes) != FALSE; }
    SCODE read_bounded(const char* text, ULONG size) {
        return from_hex_bounded(const_cast<char*>(text), m_bytes, size);
    }

    const Subject& mapi = Subject::the();
    void(WINAPI* to_hex)(LPBYTE, int,
                         LPSTR) = mapi.find<void WINAPI(LPBYTE, int, LPSTR)>("HexFromBin");
    BOOL(WINAPI* from_hex)(LPSTR, LPBYTE) = mapi.find<BOOL WINAPI(LPSTR, LPBYTE)>("FBinFromHex");
    SCODE(WINAPI* from_hex_bounded)
    (LPSTR, LPBYTE, ULONG) = mapi.find<SCODE WINAPI(LPSTR, LPBYTE, ULONG)>("ScBinFromHexBounded");
    BYTE m_bytes[64] = {};
};

TEST_F(Hexadecimal, EachByteIsTwoUpperCaseDigits) {
    EXPECT_EQ("0A", hex({10}));
    EXPECT_EQ("00FFAB7F", hex({0x00, 0xFF, 0xAB, 0x7F}));
}

TEST_F(Hexadecimal, NoBytesAreAnEmptyText) {
    EXPECT_EQ("", hex({}));
    char text[4] = "###";
    BYTE byte = 1;
    to_hex(&byte, -1, text);
    EXPECT_STREQ("", text);
}

TEST_F(Hexadecimal, EveryByteAndEveryLengthComesBack) {
    for (std::size_t size = 0; size < 100; ++size) {
        std::vector<BYTE> bytes(size);
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<BYTE>(i * 7 + size);
        std::string text = hex(bytes);
        ASSERT_EQ(size * 2, text.size());
        std::vector<BYTE> back(size + 1, 0xEE);
        ASSERT_TRUE(from_hex(text.data(), back.data())) << text;
        EXPECT_EQ(0, std::memcmp(bytes.data(), back.data(), size)) << text;
        EXPECT_EQ(0xEE, back[size]) << "wrote behind the last byte";
    }
    std::vector<BYTE> all(256);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<BYTE>(i);
    std::vector<BYTE> back(256);
    ASSERT_TRUE(from_hex(hex(all).data(), back.data()));
    EXPECT_EQ(all, back);
}

TEST_F(Hexadecimal, DigitsOfBothCasesAreRead) {
    ASSERT_TRUE(reads("aBcDeF09"));
    const BYTE expected[] = {0xAB, 0xCD, 0xEF, 0x09};
    EXPECT_EQ(0, std::memcmp(expected, m_bytes, sizeof expected));
}

TEST_F(Hexadecimal, AnEmptyTextIsNoBytes) {
    m_bytes[0] = 0xEE;
    EXPECT_TRUE(reads(""));
    EXPECT_EQ(0xEE, m_bytes[0]);
    EXPECT_HR(S_OK, read_bounded("", 4));
}

TEST_F(Hexadecimal, OtherCharactersAreRefused) {
    for (const char* text : {"0g", "g0", " 0", "0x10", "-1", "0:", "0/", "0@", "0`", "\xB0\xB1"}) {
        EXPECT_FALSE(reads(text)) << text;
        EXPECT_HR(MAPI_E_CALL_FAILED, read_bounded(text, 2)) << text;
    }
    EXPECT_TRUE(reads("00"));
}

TEST_F(Hexadecimal, AWrongCharacterIsNoticedAnywhere) {
    const std::string good(96, '7');
    EXPECT_TRUE(reads(good.c_str()));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string text = good;
        text[i] = 'G';
        EXPECT_FALSE(reads(text.c_str())) << i;
    }
}

TEST_F(Hexadecimal, ASingleDigitIsNoByte) {
    EXPECT_FALSE(reads("0"));
    EXPECT_FALSE(reads("00A"));
    EXPECT_HR(MAPI_E_CALL_FAILED, read_bounded("00A", 8));
}

TEST_F(Hexadecimal, TheBoundIsTheSizeOfTheResult) {
    std::memset(m_bytes, 0xEE, sizeof m_bytes);
    EXPECT_HR(S_OK, read_bounded("0102030405", 3));
    const BYTE expected[] = {1, 2, 3, 0xEE};
    EXPECT_EQ(0, std::memcmp(expected, m_bytes, sizeof expected));
}

TEST_F(Hexadecimal, OnlyThePortionWithinTheBoundIsLookedAt) {
    EXPECT_HR(S_OK, read_bounded("01zz", 1));
    EXPECT_HR(MAPI_E_CALL_FAILED, read_bounded("01zz", 2));
    EXPECT_HR(S_OK, read_bounded("zz", 0));
}

TEST_F(Hexadecimal, AHugeBoundReadsTheWholeText) {
    EXPECT_HR(S_OK, read_bounded("0102", 0xFFFFFFFFu));
    EXPECT_HR(S_OK, read_bounded("0304", 0x80000001u));
    EXPECT_EQ(3, m_bytes[0]);
    EXPECT_EQ(4, m_bytes[1]);
}

TEST_F(Hexadecimal, MissingPointersAreRefused) {
    UNDECIDED_DIFFERENCE(Wine, "it reads through null pointers");
    char text[] = "##";
    EXPECT_FALSE(from_hex(nullptr, m_bytes));
    EXPECT_HR(MAPI_E_CALL_FAILED, from_hex_bounded(nullptr, m_bytes, 4));
    EXPECT_HR(MAPI_E_CALL_FAILED, from_hex_bounded(text, nullptr, 4));
    to_hex(m_bytes, 1, nullptr);
    to_hex(nullptr, 4, text);
    EXPECT_STREQ("", text);
}

}  // namespace
}  // namespace remapi::test
