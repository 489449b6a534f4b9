// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/text.h"

#include <gtest/gtest.h>

#include "abi/error.h"

namespace remapi::text {
namespace {

TEST(CodePages, DecodeAndEncode) {
    EXPECT_EQ(String(REMAPI_W("\u043E\u0440\u0438")), to_wide("\xCF\xD2\xC9", 20866));
    EXPECT_EQ("\xE4", to_ansi(REMAPI_W("\u00E4"), 1252));
    EXPECT_EQ(String(REMAPI_W("\u20AC")), to_wide("\x80", 1252));
    EXPECT_EQ(String(REMAPI_W("\u65E5\u672C")), to_wide("\x93\xFA\x96\x7B", 932));
}

TEST(CodePages, LossIsToldAndMarked) {
    EXPECT_EQ("a?b", to_ansi(REMAPI_W("a\u65E5b"), 1252));
    EXPECT_FALSE(to_ansi_exactly(REMAPI_W("a\u65E5b"), 1252).has_value());
    EXPECT_EQ("a\xE4", to_ansi_exactly(REMAPI_W("a\u00E4"), 1252).value());
    EXPECT_FALSE(to_ansi_exactly(REMAPI_W("\u0131"), 1252).has_value()) << "no best-fit letters";
}

TEST(CodePages, UnknownPageIsAnError) {
    try {
        to_wide("x", 64999);
        FAIL() << "code page 64999 does not exist";
    } catch (const Error& error) {
        EXPECT_EQ(MAPI_E_UNKNOWN_CPID, error.code());
    }
}

TEST(CodePages, AnsiStringsFollowTheFlag) {
    EXPECT_EQ(String(REMAPI_W("abc")), from_tstr("abc", 0));
    EXPECT_EQ(String(REMAPI_W("\u65E5")), from_tstr(REMAPI_W("\u65E5"), MAPI_UNICODE));
    EXPECT_TRUE(from_tstr(nullptr, 0).empty());
}

TEST(Case, FoldingIsSimpleAndLocaleIndependent) {
    EXPECT_EQ(folded(REMAPI_W("STRASSE \u00C4\u0416\u03A3")),
              folded(REMAPI_W("strasse \u00E4\u0436\u03C3")));
    EXPECT_EQ(fold(REMAPI_W('\u03C2')), fold(REMAPI_W('\u03C3')));
    EXPECT_NE(fold(REMAPI_W('\u0130')), fold(REMAPI_W('i')));
    EXPECT_TRUE(equal_ignoring_case(REMAPI_W("SMTP"), REMAPI_W("smtp")));
    EXPECT_LT(compare_ignoring_case(REMAPI_W("a"), REMAPI_W("B")), 0);
    EXPECT_LT(compare_ignoring_case(REMAPI_W("a"), REMAPI_W("aa")), 0);
    EXPECT_TRUE(starts_with_ignoring_case(REMAPI_W("IPM.Note.X"), REMAPI_W("ipm.note")));
    EXPECT_FALSE(starts_with_ignoring_case(REMAPI_W("IPM"), REMAPI_W("ipm.note")));
}

TEST(Hex, BothWays) {
    EXPECT_EQ("00FF10", hex("\x00\xFF\x10", 3));
    EXPECT_EQ(std::string("\x00\xFF\x10", 3), from_hex("00ff10").value());
    EXPECT_FALSE(from_hex("0").has_value());
    EXPECT_FALSE(from_hex("0g").has_value());
    EXPECT_TRUE(from_hex("").value().empty());
}

TEST(Trimmed, BothEnds) {
    EXPECT_EQ(StringView(REMAPI_W("a b")), trimmed(REMAPI_W("\t a b\r\n")));
    EXPECT_TRUE(trimmed(REMAPI_W("  ")).empty());
}

}  // namespace
}  // namespace remapi::text
