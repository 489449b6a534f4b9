// SPDX-License-Identifier: LGPL-2.1-or-later
#include <chrono>

#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// mapi/fpropcontainsprop.md has FALSE for everything but PT_STRING8 and PT_BINARY. Taken by the
/// letter it would leave Unicode programs without FPropContainsProp.
#define FINDS_NO_UNICODE "it finds no Unicode text, as the page has it by the letter"

/// Pages: mapi/fpropcontainsprop.md, mapi/scontentrestriction.md
class PropertyContents : public testing::Test {
protected:
    bool contains(SPropValue whole, SPropValue part, ULONG level) {
        return has(&whole, &part, level) != FALSE;
    }
    bool contains(const WideChar* whole, const WideChar* part, ULONG level) {
        return contains(text_value(tag_of(PT_UNICODE), whole), text_value(tag_of(PT_UNICODE), part),
                        level);
    }
    bool contains(const char* whole, const char* part, ULONG level) {
        return contains(text_value(tag_of(PT_STRING8), whole), text_value(tag_of(PT_STRING8), part),
                        level);
    }
    bool contains_bytes(std::string_view whole, std::string_view part, ULONG level) {
        return contains(
            binary_value(tag_of(PT_BINARY), whole.data(), static_cast<ULONG>(whole.size())),
            binary_value(tag_of(PT_BINARY), part.data(), static_cast<ULONG>(part.size())), level);
    }

    decltype(FPropContainsProp)* has = required<decltype(FPropContainsProp)>("FPropContainsProp");
};

TEST_F(PropertyContents, AFullStringIsEqual) {
    EXPECT_TRUE(contains("subject", "subject", FL_FULLSTRING));
    EXPECT_FALSE(contains("subject", "sub", FL_FULLSTRING));
    EXPECT_FALSE(contains("sub", "subject", FL_FULLSTRING));
    EXPECT_FALSE(contains("Subject", "subject", FL_FULLSTRING));
}

TEST_F(PropertyContents, APrefixIsAtTheBeginning) {
    EXPECT_TRUE(contains("subject", "sub", FL_PREFIX));
    EXPECT_TRUE(contains("subject", "subject", FL_PREFIX));
    EXPECT_FALSE(contains("subject", "ject", FL_PREFIX));
    EXPECT_FALSE(contains("sub", "subject", FL_PREFIX));
    EXPECT_FALSE(contains("subject", "Sub", FL_PREFIX));
}

TEST_F(PropertyContents, ASubstringIsAnywhere) {
    EXPECT_TRUE(contains("a subject", "subj", FL_SUBSTRING));
    EXPECT_TRUE(contains("a subject", "ect", FL_SUBSTRING));
    EXPECT_TRUE(contains("a subject", "a subject", FL_SUBSTRING));
    EXPECT_FALSE(contains("a subject", "ects", FL_SUBSTRING));
    EXPECT_FALSE(contains("a subject", "Sub", FL_SUBSTRING));
}

TEST_F(PropertyContents, AnOverlappingStartIsNotMissed) {
    KNOWN_DIFFERENCE(Wine, "mapi/fpropcontainsprop.md", "it skips what it compared in part");
    EXPECT_TRUE(contains("aabaabaaab", "aabaaab", FL_SUBSTRING));
    EXPECT_FALSE(contains("aabaabaab", "aabaaab", FL_SUBSTRING));
}

TEST_F(PropertyContents, CaseIsIgnoredOnRequest) {
    EXPECT_TRUE(contains("SUBject", "subJECT", FL_FULLSTRING | FL_IGNORECASE));
    EXPECT_TRUE(contains("SUBject", "subJ", FL_PREFIX | FL_IGNORECASE));
    EXPECT_TRUE(contains("SUBject", "bJ", FL_SUBSTRING | FL_IGNORECASE));
    EXPECT_FALSE(contains("SUBject", "subJECTs", FL_FULLSTRING | FL_IGNORECASE));
}

TEST_F(PropertyContents, UnicodeTextIsFoundAsAnsiTextIs) {
    UNDECIDED_DIFFERENCE(Wine, FINDS_NO_UNICODE);
    EXPECT_TRUE(contains(REMAPI_W("subject"), REMAPI_W("subject"), FL_FULLSTRING));
    EXPECT_FALSE(contains(REMAPI_W("subject"), REMAPI_W("ject"), FL_FULLSTRING));
    EXPECT_TRUE(contains(REMAPI_W("subject"), REMAPI_W("sub"), FL_PREFIX));
    EXPECT_FALSE(contains(REMAPI_W("subject"), REMAPI_W("Sub"), FL_PREFIX));
    EXPECT_TRUE(contains(REMAPI_W("a subject"), REMAPI_W("bje"), FL_SUBSTRING));
    EXPECT_FALSE(contains(REMAPI_W("a subject"), REMAPI_W("bjt"), FL_SUBSTRING));
}

TEST_F(PropertyContents, CaseIsIgnoredBeyondAscii) {
    UNDECIDED_DIFFERENCE(Wine, FINDS_NO_UNICODE);
    EXPECT_TRUE(
        contains(REMAPI_W("\u00C4PFEL"), REMAPI_W("\u00E4pfel"), FL_FULLSTRING | FL_IGNORECASE));
    EXPECT_TRUE(contains(REMAPI_W("\u041F\u0420\u0418\u0412\u0415\u0422"), REMAPI_W("\u0438\u0432"),
                         FL_SUBSTRING | FL_IGNORECASE));
    EXPECT_FALSE(
        contains(REMAPI_W("\u00C4PFEL"), REMAPI_W("apfel"), FL_FULLSTRING | FL_IGNORECASE));
}

TEST_F(PropertyContents, MarksAreIgnoredOnTheirOwnAndOnLetters) {
    UNDECIDED_DIFFERENCE(Wine, FINDS_NO_UNICODE);
    EXPECT_TRUE(
        contains(REMAPI_W("caf\u00E9"), REMAPI_W("cafe"), FL_FULLSTRING | FL_IGNORENONSPACE));
    EXPECT_TRUE(
        contains(REMAPI_W("cafe\u0301"), REMAPI_W("caf\u00E9"), FL_FULLSTRING | FL_IGNORENONSPACE));
    EXPECT_TRUE(contains(REMAPI_W("un cafe\u0301 noir"), REMAPI_W("cafe n"),
                         FL_SUBSTRING | FL_IGNORENONSPACE));
    EXPECT_FALSE(
        contains(REMAPI_W("caf\u00E9"), REMAPI_W("CAFE"), FL_FULLSTRING | FL_IGNORENONSPACE));
    EXPECT_FALSE(contains(REMAPI_W("caf\u00E9"), REMAPI_W("cafe"), FL_FULLSTRING));
}

TEST_F(PropertyContents, LooseIgnoresCaseAndMarks) {
    UNDECIDED_DIFFERENCE(Wine, FINDS_NO_UNICODE);
    EXPECT_TRUE(contains(REMAPI_W("CAF\u00C9"), REMAPI_W("cafe"), FL_FULLSTRING | FL_LOOSE));
    EXPECT_TRUE(contains(REMAPI_W("Un CAF\u00C9"), REMAPI_W("cafe"), FL_SUBSTRING | FL_LOOSE));
    EXPECT_FALSE(contains(REMAPI_W("CAF\u00C9"), REMAPI_W("cafa"), FL_FULLSTRING | FL_LOOSE));
}

TEST_F(PropertyContents, BytesAreComparedExactlyWhateverTheUpperBits) {
    const std::string_view whole("\x00\x41\x42\x00\x43", 5);
    EXPECT_TRUE(contains_bytes(whole, std::string_view("\x42\x00", 2), FL_SUBSTRING));
    EXPECT_TRUE(contains_bytes(whole, std::string_view("\x00\x41", 2), FL_PREFIX));
    EXPECT_TRUE(contains_bytes(whole, whole, FL_FULLSTRING));
    EXPECT_FALSE(contains_bytes(whole, std::string_view("\x00\x41", 2), FL_FULLSTRING));
    EXPECT_FALSE(contains_bytes(whole, "ab", FL_SUBSTRING | FL_IGNORECASE));
    EXPECT_FALSE(contains_bytes("A", std::string_view("A\x00", 2), FL_SUBSTRING));
}

TEST_F(PropertyContents, AnEmptyPartIsInEverythingButEqualToTheEmptyOnly) {
    UNDECIDED_DIFFERENCE(Wine, "it finds no empty part");
    EXPECT_TRUE(contains("text", "", FL_SUBSTRING));
    EXPECT_TRUE(contains("text", "", FL_PREFIX));
    EXPECT_FALSE(contains("text", "", FL_FULLSTRING));
    EXPECT_TRUE(contains("", "", FL_FULLSTRING));
    EXPECT_FALSE(contains("", "t", FL_SUBSTRING));
}

TEST_F(PropertyContents, AnInvalidLevelIsAnExactMatchOfTheWhole) {
    KNOWN_DIFFERENCE(Wine, "mapi/fpropcontainsprop.md", "no level is invalid to it");
    for (const ULONG level : {ULONG{3}, ULONG{0xFFFF}, ULONG{4} | FL_IGNORECASE}) {
        EXPECT_TRUE(contains("text", "text", level)) << level;
        EXPECT_FALSE(contains("text", "tex", level)) << level;
        EXPECT_FALSE(contains("text", "TEXT", level)) << level;
    }
}

TEST_F(PropertyContents, OtherTypesAndDifferentOnesContainNothing) {
    const SPropValue narrow = text_value(tag_of(PT_STRING8), "1");
    const SPropValue wide = text_value(tag_of(PT_UNICODE), REMAPI_W("1"));
    EXPECT_FALSE(contains(narrow, wide, FL_SUBSTRING));
    EXPECT_FALSE(contains(wide, narrow, FL_SUBSTRING));
    EXPECT_FALSE(contains(narrow, binary_value(tag_of(PT_BINARY), "1", 1), FL_SUBSTRING));
    for (const ULONG type : {PT_LONG, PT_I2, PT_BOOLEAN, PT_ERROR, PT_NULL, PT_MV_LONG})
        EXPECT_FALSE(contains(value_of(tag_of(type)), value_of(tag_of(type)), FL_FULLSTRING));
    EXPECT_TRUE(contains(narrow, narrow, FL_SUBSTRING));
}

TEST_F(PropertyContents, WithoutDataNothingIsContained) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    SPropValue text = text_value(tag_of(PT_STRING8), "text");
    SPropValue none = value_of(tag_of(PT_STRING8));
    EXPECT_FALSE(has(&text, &none, FL_SUBSTRING));
    EXPECT_FALSE(has(&none, &text, FL_SUBSTRING));
    EXPECT_FALSE(has(&text, nullptr, FL_SUBSTRING));
    EXPECT_FALSE(has(nullptr, &text, FL_SUBSTRING));
    EXPECT_TRUE(has(&text, &text, FL_SUBSTRING));
}

TEST_F(PropertyContents, TheTimeGrowsWithTheSumOfTheLengths) {
    UNDECIDED_DIFFERENCE(Wine, FINDS_NO_UNICODE);
    // By their product this would be 62,500,000,000 comparisons.
    const String whole = String(500000, REMAPI_W('a')) + REMAPI_W("b");
    const String part = String(250000, REMAPI_W('A')) + REMAPI_W("c");
    const auto started = std::chrono::steady_clock::now();
    EXPECT_FALSE(contains(whole.c_str(), part.c_str(), FL_SUBSTRING | FL_IGNORECASE));
    EXPECT_TRUE(contains(whole.c_str(), whole.c_str() + 250000, FL_SUBSTRING | FL_LOOSE));
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

}  // namespace
}  // namespace remapi::test
