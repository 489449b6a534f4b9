// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// Page: mapi/ppropfindprop.md
class PropertySearch : public testing::Test {
protected:
    SPropValue m_values[4] = {long_value(tag_of(PT_LONG, 1), 0), long_value(tag_of(PT_I2, 2), 0),
                              long_value(tag_of(PT_LONG, 2), 0), long_value(tag_of(PT_LONG, 2), 1)};
    decltype(PpropFindProp)* find = required<decltype(PpropFindProp)>("PpropFindProp");
};

TEST_F(PropertySearch, FindsTheFirstWithTheWholeTag) {
    EXPECT_EQ(m_values + 2, find(m_values, 4, tag_of(PT_LONG, 2)));
    EXPECT_EQ(m_values + 1, find(m_values, 4, tag_of(PT_I2, 2)));
    EXPECT_EQ(nullptr, find(m_values, 4, tag_of(PT_UNICODE, 2)));
    EXPECT_EQ(nullptr, find(m_values, 4, tag_of(PT_LONG, 3)));
}

TEST_F(PropertySearch, FindsAnyTypeWhenNoneIsSaid) {
    EXPECT_EQ(m_values + 1, find(m_values, 4, tag_of(PT_UNSPECIFIED, 2)));
    EXPECT_EQ(nullptr, find(m_values, 4, tag_of(PT_UNSPECIFIED, 3)));
}

TEST_F(PropertySearch, LooksNoFartherThanTheCount) {
    EXPECT_EQ(nullptr, find(m_values, 1, tag_of(PT_LONG, 2)));
    EXPECT_EQ(nullptr, find(m_values, 0, tag_of(PT_LONG, 1)));
    EXPECT_EQ(m_values, find(m_values, 1, tag_of(PT_LONG, 1)));
}

TEST_F(PropertySearch, FindsNothingInNoArray) {
    EXPECT_EQ(nullptr, find(nullptr, 0, tag_of(PT_LONG, 1)));
    EXPECT_EQ(m_values, find(m_values, 4, tag_of(PT_LONG, 1)));
}

TEST_F(PropertySearch, TheArrayMayLieAnywhere) {
    std::vector<BYTE> bytes(sizeof m_values + 1);
    std::memcpy(bytes.data() + 1, m_values, sizeof m_values);
    auto* const misaligned = reinterpret_cast<SPropValue*>(bytes.data() + 1);
    EXPECT_EQ(misaligned + 2, find(misaligned, 4, tag_of(PT_LONG, 2)));
}

/// Page: mapi/lpvalfindprop.md
class PropertyValueSearch : public testing::Test {
protected:
    SPropValue m_values[3] = {long_value(tag_of(PT_LONG, 1), 0), long_value(tag_of(PT_I2, 2), 0),
                              long_value(tag_of(PT_LONG, 2), 0)};
    decltype(LpValFindProp)* find = required<decltype(LpValFindProp)>("LpValFindProp");
};

TEST_F(PropertyValueSearch, FindsTheFirstOfItsIdentifierWhenNoTypeIsSaid) {
    EXPECT_EQ(m_values + 1, find(tag_of(PT_UNSPECIFIED, 2), 3, m_values));
    EXPECT_EQ(m_values, find(tag_of(PT_LONG, 1), 3, m_values));
    EXPECT_EQ(nullptr, find(tag_of(PT_LONG, 3), 3, m_values));
    EXPECT_EQ(nullptr, find(tag_of(PT_LONG, 2), 1, m_values));
}

TEST_F(PropertyValueSearch, FindsTheSameAsPpropFindProp) {
    KNOWN_DIFFERENCE(Wine, "mapi/lpvalfindprop.md", "it looks at the identifier only");
    EXPECT_EQ(m_values + 2, find(tag_of(PT_LONG, 2), 3, m_values));
    EXPECT_EQ(nullptr, find(tag_of(PT_UNICODE, 2), 3, m_values));
}

/// No page documents them: their names and arguments are those of their import records.
class SwappedNumbers : public testing::Test {
protected:
    using Swap = void WINAPI(void*, int);

    Swap* swap_longs = required<Swap>("SwapPlong");
    Swap* swap_words = required<Swap>("SwapPword");
};

TEST_F(SwappedNumbers, EachHasItsBytesReversed) {
    ULONG longs[] = {0x01020304, 0xAABBCCDD, 0x11223344};
    swap_longs(longs, 2);
    EXPECT_EQ(0x04030201u, longs[0]);
    EXPECT_EQ(0xDDCCBBAAu, longs[1]);
    EXPECT_EQ(0x11223344u, longs[2]);
    USHORT words[] = {0x0102, 0xAABB, 0x1122};
    swap_words(words, 2);
    EXPECT_EQ(0x0201, words[0]);
    EXPECT_EQ(0xBBAA, words[1]);
    EXPECT_EQ(0x1122, words[2]);
}

TEST_F(SwappedNumbers, NoneAndNoArrayAreLeftAlone) {
    UNDECIDED_DIFFERENCE(Wine, "it follows a null pointer");
    ULONG number = 0x01020304;
    swap_longs(&number, 0);
    swap_longs(nullptr, 0);
    swap_longs(&number, -1);
    EXPECT_EQ(0x01020304u, number);
    swap_longs(&number, 1);
    EXPECT_EQ(0x04030201u, number);
    USHORT word = 0x0102;
    swap_words(&word, 0);
    EXPECT_EQ(0x0102, word);
    swap_words(&word, 1);
    EXPECT_EQ(0x0201, word);
}

}  // namespace
}  // namespace remapi::test
