// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/like.h"

#include <gtest/gtest.h>

namespace remapi::text {
namespace {

TEST(IsLike, OrdinaryUnitsAreLookedForAnywhere) {
    EXPECT_TRUE(is_like(REMAPI_W("a report"), REMAPI_W("rep")));
    EXPECT_FALSE(is_like(REMAPI_W("a report"), REMAPI_W("Rep")));
    EXPECT_TRUE(is_like(REMAPI_W("x"), REMAPI_W("")));
}

TEST(IsLike, AnchorsAreTheEndsOfTheText) {
    EXPECT_TRUE(is_like(REMAPI_W("abc"), REMAPI_W("^ab")));
    EXPECT_FALSE(is_like(REMAPI_W("cab"), REMAPI_W("^ab")));
    EXPECT_TRUE(is_like(REMAPI_W("cab"), REMAPI_W("ab$")));
    EXPECT_FALSE(is_like(REMAPI_W("abc"), REMAPI_W("ab$")));
    EXPECT_TRUE(is_like(REMAPI_W("a$c"), REMAPI_W("a\\$")));
    EXPECT_FALSE(is_like(REMAPI_W("a"), REMAPI_W("^$")));
}

TEST(IsLike, RepetitionsTakeAsMuchAsFits) {
    EXPECT_TRUE(is_like(REMAPI_W("aaab"), REMAPI_W("^a*ab$")));
    EXPECT_TRUE(is_like(REMAPI_W("b"), REMAPI_W("^a*b$")));
    EXPECT_FALSE(is_like(REMAPI_W("b"), REMAPI_W("^a+b$")));
    EXPECT_TRUE(is_like(REMAPI_W("ab"), REMAPI_W("^a?b?b$")));
    EXPECT_FALSE(is_like(REMAPI_W("aab"), REMAPI_W("^a?b$")));
    EXPECT_TRUE(is_like(REMAPI_W("*"), REMAPI_W("^*$")));
}

TEST(IsLike, SetsHaveRangesAndOpposites) {
    EXPECT_TRUE(is_like(REMAPI_W("IPM.Note7"), REMAPI_W("^IPM\\.[A-Z][a-z]+[0-9]$")));
    EXPECT_FALSE(is_like(REMAPI_W("IPMxNote7"), REMAPI_W("^IPM\\.[A-Z]")));
    EXPECT_TRUE(is_like(REMAPI_W("]"), REMAPI_W("^[]]$")));
    EXPECT_FALSE(is_like(REMAPI_W("5"), REMAPI_W("[^0-9]")));
    EXPECT_TRUE(is_like(REMAPI_W("[a"), REMAPI_W("^[a$")));
}

TEST(IsLike, ManyRepetitionsTakeNoExponentialTime) {
    const String text(2000, REMAPI_W('a'));
    String expression;
    for (int i = 0; i < 200; ++i) expression += REMAPI_W("a*");
    EXPECT_FALSE(is_like(text, expression + REMAPI_W("b")));
}

}  // namespace
}  // namespace remapi::text
