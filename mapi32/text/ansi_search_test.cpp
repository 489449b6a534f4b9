// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/ansi_search.h"

#include <gtest/gtest.h>

namespace remapi::text {
namespace {

// In page 932, 0x83 0x5C is one katakana whose second byte is a backslash.
constexpr char kKatakana[] =
    "a\x83\x5C\x5C"
    "b";

TEST(AnsiSearch, TheSecondByteOfACharacterIsNoCharacter) {
    EXPECT_EQ(kKatakana + 3, find_character(kKatakana, '\\', 932));
    EXPECT_EQ(kKatakana + 2, find_character(kKatakana, '\\', 1252));
    EXPECT_EQ(nullptr, find_last_character("a\x83\x5C", '\\', 932));
}

TEST(AnsiSearch, ACharacterOfTwoBytesIsFound) {
    EXPECT_EQ(kKatakana + 1, find_character(kKatakana, 0x5C83, 932));
    EXPECT_EQ(kKatakana + 1, find_last_character(kKatakana, 0x5C83, 932));
    EXPECT_EQ(nullptr, find_character(kKatakana, 0x5C83, 1252));
}

TEST(AnsiSearch, TextIsFoundOnlyBetweenCharacters) {
    EXPECT_EQ(kKatakana + 3, find_text(kKatakana, "\\", 932));
    EXPECT_EQ(kKatakana + 2, find_text(kKatakana, "\\\\", 1252));
    EXPECT_EQ(nullptr, find_text(kKatakana, "\\\\", 932));
}

TEST(AnsiSearch, AHalfCharacterAtTheEndEndsTheText) {
    EXPECT_EQ(nullptr, find_character("a\x83", 'b', 932));
    constexpr char text[] = "a\x83";
    EXPECT_EQ(text + 1, find_character(text, 0x83, 932));
}

}  // namespace
}  // namespace remapi::text
