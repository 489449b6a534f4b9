// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/search.h"

#include <gtest/gtest.h>

namespace remapi::text {
namespace {

constexpr Leniency kExact = {};
constexpr Leniency kAnyCase = {true, false};
constexpr Leniency kAnyMarks = {false, true};
constexpr Leniency kLoose = {true, true};

bool contains(StringView text, StringView pattern, Leniency leniency) {
    return Pattern(pattern, leniency).matches(text, Extent::Anywhere);
}

TEST(Pattern, IsFoundWherePartsOfItRepeat) {
    EXPECT_TRUE(contains(REMAPI_W("aabaabaaab"), REMAPI_W("aabaaab"), kExact));
    EXPECT_FALSE(contains(REMAPI_W("aabaabaab"), REMAPI_W("aabaaab"), kExact));
    EXPECT_TRUE(contains(REMAPI_W("abcabcabd"), REMAPI_W("abcabd"), kExact));
    EXPECT_TRUE(contains(REMAPI_W("AAaAaB"), REMAPI_W("aaab"), kAnyCase));
}

TEST(Pattern, ExtentSaysWhereItMustBe) {
    const Pattern pattern(REMAPI_W("ab"), kExact);
    EXPECT_TRUE(pattern.matches(REMAPI_W("ab"), Extent::Whole));
    EXPECT_FALSE(pattern.matches(REMAPI_W("abc"), Extent::Whole));
    EXPECT_FALSE(pattern.matches(REMAPI_W("a"), Extent::Whole));
    EXPECT_TRUE(pattern.matches(REMAPI_W("abc"), Extent::Prefix));
    EXPECT_FALSE(pattern.matches(REMAPI_W("cab"), Extent::Prefix));
    EXPECT_TRUE(pattern.matches(REMAPI_W("cab"), Extent::Anywhere));
}

TEST(Pattern, EmptyIsInEveryTextAndOnlyEqualToTheEmptyOne) {
    const Pattern pattern(StringView(), kExact);
    EXPECT_TRUE(pattern.matches(REMAPI_W("x"), Extent::Anywhere));
    EXPECT_TRUE(pattern.matches(REMAPI_W("x"), Extent::Prefix));
    EXPECT_TRUE(pattern.matches(StringView(), Extent::Whole));
    EXPECT_FALSE(pattern.matches(REMAPI_W("x"), Extent::Whole));
}

TEST(Pattern, MarksAreLettersWithoutThem) {
    EXPECT_TRUE(contains(REMAPI_W("caf\u00E9"), REMAPI_W("cafe"), kAnyMarks));
    EXPECT_TRUE(contains(REMAPI_W("cafe\u0301 noir"), REMAPI_W("caf\u00E9 n"), kAnyMarks));
    EXPECT_FALSE(contains(REMAPI_W("caf\u00E9"), REMAPI_W("CAFE"), kAnyMarks));
    EXPECT_TRUE(contains(REMAPI_W("caf\u00E9"), REMAPI_W("CAFE"), kLoose));
    EXPECT_FALSE(contains(REMAPI_W("caf\u00E9"), REMAPI_W("cafe"), kAnyCase));
    EXPECT_TRUE(Pattern(REMAPI_W("e"), kAnyMarks).matches(REMAPI_W("e\u0301"), Extent::Whole));
}

TEST(Pattern, CaseIsFoldedBeyondAscii) {
    EXPECT_TRUE(contains(REMAPI_W("\u041F\u0440\u0438\u0432\u0435\u0442"),
                         REMAPI_W("\u043F\u0420\u0418"), kAnyCase));
    EXPECT_TRUE(contains(REMAPI_W("\u03A3\u03C2"), REMAPI_W("\u03C3\u03C3"), kAnyCase));
}

TEST(BaseLetter, OfLettersWithSeveralMarks) {
    EXPECT_EQ(REMAPI_W('a'), base_letter(REMAPI_W('\u1EAD')));
    EXPECT_EQ(REMAPI_W('\u0418'), base_letter(REMAPI_W('\u0419')));
    EXPECT_EQ(REMAPI_W('\u00DF'), base_letter(REMAPI_W('\u00DF')));
    EXPECT_TRUE(is_nonspacing(REMAPI_W('\u0300')));
    EXPECT_FALSE(is_nonspacing(REMAPI_W('\u02FF')));
    EXPECT_FALSE(is_nonspacing(REMAPI_W('\u0903'))) << "a spacing mark";
}

}  // namespace
}  // namespace remapi::text
