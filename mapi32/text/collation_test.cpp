// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/collation.h"

#include <gtest/gtest.h>

namespace remapi::text {
namespace {

TEST(Collation, LettersCountBeforeAccentsBeforeCase) {
    EXPECT_LT(collate(REMAPI_W("a"), REMAPI_W("b"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("a"), REMAPI_W("A"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("A"), REMAPI_W("b"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("cote"), REMAPI_W("cot\u00E9"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("cot\u00E9"), REMAPI_W("cotf"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("a"), REMAPI_W("ab"), 0), 0);
}

TEST(Collation, FlagsLeaveDifferencesOut) {
    EXPECT_EQ(0, collate(REMAPI_W("a\u00C9"), REMAPI_W("A\u00E9"), kIgnoreCase));
    EXPECT_EQ(0, collate(REMAPI_W("\u00E9"), REMAPI_W("e"), kIgnoreNonSpace));
    EXPECT_EQ(0, collate(REMAPI_W("e\u0301"), REMAPI_W("e"), kIgnoreNonSpace));
    EXPECT_NE(0, collate(REMAPI_W("\u00E9"), REMAPI_W("e"), kIgnoreCase));
    EXPECT_EQ(0, collate(REMAPI_W("a.b!"), REMAPI_W("ab"), kIgnoreSymbols));
    EXPECT_EQ(0, collate(REMAPI_W("\u3042"), REMAPI_W("\u30A2"), kIgnoreKanaType));
    EXPECT_EQ(0, collate(REMAPI_W("\uFF21"), REMAPI_W("A"), kIgnoreWidth));
    EXPECT_NE(0, collate(REMAPI_W("\uFF21"), REMAPI_W("A"), 0));
}

TEST(Collation, HyphensOnlyBreakTies) {
    EXPECT_LT(collate(REMAPI_W("co-op"), REMAPI_W("coot"), 0), 0);
    EXPECT_GT(collate(REMAPI_W("coop"), REMAPI_W("co-op"), kStringSort), 0);
    EXPECT_NE(0, collate(REMAPI_W("coop"), REMAPI_W("co-op"), 0));
}

TEST(Collation, SymbolsComeBeforeDigitsBeforeLetters) {
    EXPECT_LT(collate(REMAPI_W("_"), REMAPI_W("1"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("9"), REMAPI_W("a"), 0), 0);
    EXPECT_LT(collate(REMAPI_W("~"), REMAPI_W("a"), 0), 0);
}

TEST(Collation, AnyLetterDiffersFromItsUpperCaseOnlyWhereItHasOne) {
    EXPECT_EQ(0, collate(REMAPI_W("\u4E2D"), REMAPI_W("\u4E2D"), 0));
    EXPECT_NE(0, collate(REMAPI_W("\u4E2D"), REMAPI_W("\u6587"), kIgnoreCase));
}

}  // namespace
}  // namespace remapi::text
