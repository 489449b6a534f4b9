// SPDX-License-Identifier: LGPL-2.1-or-later
#include <limits>

#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// Page: mapi/lpropcompareprop.md
class PropertyOrder : public testing::Test {
protected:
    int order_of(SPropValue left, SPropValue right) {
        const LONG order = compare(&left, &right);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    void expect_before(const SPropValue& left, const SPropValue& right) {
        EXPECT_EQ(-1, order_of(left, right)) << PROP_TYPE(left.ulPropTag);
        EXPECT_EQ(1, order_of(right, left)) << PROP_TYPE(left.ulPropTag);
        EXPECT_EQ(0, order_of(left, left)) << PROP_TYPE(left.ulPropTag);
    }
    template <class T>
    static SPropValue with(ULONG type, T _PV::*member, T value) {
        SPropValue result = value_of(tag_of(type));
        result.Value.*member = value;
        return result;
    }

    decltype(LPropCompareProp)* compare = required<decltype(LPropCompareProp)>("LPropCompareProp");
};

TEST_F(PropertyOrder, NumbersByTheirSizeWithTheirSign) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it takes some numbers for unsigned ones");
    expect_before(with(PT_I2, &_PV::i, short{-2}), with(PT_I2, &_PV::i, short{1}));
    expect_before(long_value(tag_of(PT_LONG), std::numeric_limits<LONG>::min()),
                  long_value(tag_of(PT_LONG), std::numeric_limits<LONG>::max()));
    expect_before(with(PT_R4, &_PV::flt, -0.5f), with(PT_R4, &_PV::flt, 0.25f));
    expect_before(with(PT_DOUBLE, &_PV::dbl, 1.0), with(PT_DOUBLE, &_PV::dbl, 1.5));
    expect_before(with(PT_APPTIME, &_PV::at, 1.0), with(PT_APPTIME, &_PV::at, 1.5));
    LARGE_INTEGER small = {};
    LARGE_INTEGER large = {};
    small.QuadPart = -0x100000000;
    large.QuadPart = 0x100000001;
    expect_before(with(PT_I8, &_PV::li, small), with(PT_I8, &_PV::li, large));
    expect_before(with(PT_CURRENCY, &_PV::li, small), with(PT_CURRENCY, &_PV::li, large));
}

TEST_F(PropertyOrder, TimesByBothHalves) {
    expect_before(with(PT_SYSTIME, &_PV::ft, FILETIME{0xFFFFFFFF, 1}),
                  with(PT_SYSTIME, &_PV::ft, FILETIME{0, 2}));
    expect_before(with(PT_SYSTIME, &_PV::ft, FILETIME{0, 0x7FFFFFFF}),
                  with(PT_SYSTIME, &_PV::ft, FILETIME{0, 0x80000001}));
}

TEST_F(PropertyOrder, TextsAsInADictionary) {
    const auto text = [](const WideChar* value) { return text_value(tag_of(PT_UNICODE), value); };
    expect_before(text(REMAPI_W("apple")), text(REMAPI_W("Banana")));
    expect_before(text(REMAPI_W("Apple")), text(REMAPI_W("banana")));
    expect_before(text(REMAPI_W("app")), text(REMAPI_W("apple")));
    expect_before(text(REMAPI_W("")), text(REMAPI_W("a")));
    expect_before(text_value(tag_of(PT_STRING8), "apple"),
                  text_value(tag_of(PT_STRING8), "Banana"));
}

TEST_F(PropertyOrder, TextsThatDifferInCaseAreNotEqual) {
    const auto text = [](const WideChar* value) { return text_value(tag_of(PT_UNICODE), value); };
    expect_before(text(REMAPI_W("apple")), text(REMAPI_W("Apple")));
    expect_before(text(REMAPI_W("Apple")), text(REMAPI_W("apples")));
}

TEST_F(PropertyOrder, BytesOneByOneThenByLength) {
    const auto bytes = [](const char* value, ULONG size) {
        return binary_value(tag_of(PT_BINARY), value, size);
    };
    expect_before(bytes("\x01\x7F", 2), bytes("\x01\x80", 2));
    expect_before(bytes("\x01", 1), bytes("\x01\x00", 2));
    expect_before(bytes(nullptr, 0), bytes("\x00", 1));
}

TEST_F(PropertyOrder, BytesOfDifferentLengthByTheirFirstDifference) {
    UNDECIDED_DIFFERENCE(Wine, "the length counts first; no page orders bytes");
    expect_before(binary_value(tag_of(PT_BINARY), "\x01\x02", 2),
                  binary_value(tag_of(PT_BINARY), "\x02", 1));
}

TEST_F(PropertyOrder, WhatHasNoOrderIsEqualOrNot) {
    const SPropValue yes = with(PT_BOOLEAN, &_PV::b, static_cast<unsigned short>(1));
    const SPropValue no = with(PT_BOOLEAN, &_PV::b, static_cast<unsigned short>(0));
    EXPECT_EQ(0, order_of(yes, yes));
    EXPECT_NE(0, order_of(yes, no));
    EXPECT_EQ(order_of(yes, no), order_of(yes, no));
    const SPropValue found = with(PT_ERROR, &_PV::err, SCODE{MAPI_E_NOT_FOUND});
    const SPropValue memory = with(PT_ERROR, &_PV::err, SCODE{MAPI_E_NOT_ENOUGH_MEMORY});
    EXPECT_EQ(0, order_of(found, found));
    EXPECT_NE(0, order_of(found, memory));
    GUID one = {1, 2, 3, {4}};
    GUID other = {1, 2, 3, {5}};
    EXPECT_EQ(0, order_of(with(PT_CLSID, &_PV::lpguid, &one), with(PT_CLSID, &_PV::lpguid, &one)));
    EXPECT_NE(0,
              order_of(with(PT_CLSID, &_PV::lpguid, &one), with(PT_CLSID, &_PV::lpguid, &other)));
}

TEST_F(PropertyOrder, ManyValuesOneByOneThenByNumber) {
    KNOWN_DIFFERENCE(Wine, "mapi/lpropcompareprop.md",
                     "it does not compare multi-valued properties");
    LONG few[] = {1, 2};
    LONG other[] = {1, 3};
    LONG more[] = {1, 2, 0};
    const auto longs = [](LONG* values, ULONG number) {
        SPropValue value = value_of(tag_of(PT_MV_LONG));
        value.Value.MVl = {number, values};
        return value;
    };
    expect_before(longs(few, 2), longs(other, 2));
    expect_before(longs(few, 2), longs(more, 3));
    expect_before(longs(more, 3), longs(other, 2));
    expect_before(longs(nullptr, 0), longs(few, 1));
}

TEST_F(PropertyOrder, EveryValueEqualsACopyOfItAndNoOther) {
    KNOWN_DIFFERENCE(Wine, "mapi/lpropcompareprop.md", "it does not compare every type");
    auto* const duplicate = required<decltype(ScDupPropset)>("ScDupPropset");
    auto* const allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    auto* const free_buffer = required<MAPIFREEBUFFER>("MAPIFreeBuffer");
    for (SPropValue value : one_of_each_type()) {
        SPropValue* copy = nullptr;
        ASSERT_HR(S_OK, duplicate(1, &value, allocate, &copy));
        EXPECT_EQ(0, order_of(value, *copy)) << PROP_TYPE(value.ulPropTag);
        if (PROP_TYPE(value.ulPropTag) == PT_ACTIONS) {
            auto* const actions = reinterpret_cast<abi::RuleActions*>(copy->Value.lpszA);
            actions->actions[0].data.target.folder_id_bytes -= 1;
            EXPECT_NE(0, order_of(value, *copy));
        }
        if (PROP_TYPE(value.ulPropTag) == PT_SRESTRICTION) {
            auto* const restriction = reinterpret_cast<SRestriction*>(copy->Value.lpszA);
            restriction->res.resAnd.lpRes[1].res.resBitMask.ulMask += 1;
            EXPECT_NE(0, order_of(value, *copy));
        }
        free_buffer(copy);
        for (SPropValue other : one_of_each_type()) {
            const bool same = PROP_TYPE(other.ulPropTag) == PROP_TYPE(value.ulPropTag);
            EXPECT_EQ(same, order_of(value, other) == 0);
        }
    }
}

TEST_F(PropertyOrder, NotANumberIsEqualToItselfOnly) {
    UNDECIDED_DIFFERENCE(Wine, "not a number is equal to everything");
    const SPropValue nan = with(PT_DOUBLE, &_PV::dbl, std::numeric_limits<double>::quiet_NaN());
    const SPropValue one = with(PT_DOUBLE, &_PV::dbl, 1.0);
    EXPECT_EQ(0, order_of(nan, nan));
    EXPECT_NE(0, order_of(nan, one));
    EXPECT_EQ(-order_of(one, nan), order_of(nan, one));
}

/// Pages: mapi/fpropcompareprop.md, mapi/scomparepropsrestriction.md
class PropertyRelation : public testing::Test {
protected:
    bool holds(SPropValue left, ULONG relop, SPropValue right) {
        return compare(&left, relop, &right) != FALSE;
    }
    static SPropValue number(LONG value) { return long_value(tag_of(PT_LONG), value); }

    decltype(FPropCompareProp)* compare = required<decltype(FPropCompareProp)>("FPropCompareProp");
};

TEST_F(PropertyRelation, EachOperatorHoldsWhereItShould) {
    const bool expected[][3] = {                       // less, equal, greater
                                {true, false, false},  // RELOP_LT
                                {true, true, false},   // RELOP_LE
                                {false, false, true},  // RELOP_GT
                                {false, true, true},   // RELOP_GE
                                {false, true, false},  // RELOP_EQ
                                {true, false, true}};  // RELOP_NE
    for (ULONG relop = RELOP_LT; relop <= RELOP_NE; ++relop) {
        for (LONG left = -1; left <= 1; ++left)
            EXPECT_EQ(expected[relop][left + 1], holds(number(left), relop, number(0))) << relop;
    }
}

TEST_F(PropertyRelation, ValuesOfDifferentTypesSatisfyNone) {
    KNOWN_DIFFERENCE(Wine, "mapi/fpropcompareprop.md", "it compares values of different types");
    const SPropValue text = text_value(tag_of(PT_STRING8), "1");
    for (ULONG relop = RELOP_LT; relop <= RELOP_NE; ++relop)
        EXPECT_FALSE(holds(number(1), relop, text)) << relop;
    EXPECT_TRUE(holds(text, RELOP_EQ, text));
}

TEST_F(PropertyRelation, AnUnknownOperatorIsSatisfiedByNothing) {
    EXPECT_FALSE(holds(number(1), 7, number(1)));
    EXPECT_FALSE(holds(number(1), 0xFFFFFFFF, number(1)));
    EXPECT_TRUE(holds(number(1), RELOP_EQ, number(1)));
}

TEST_F(PropertyRelation, OnlyTheTypesAreLookedAtNotTheIdentifiers) {
    EXPECT_TRUE(holds(long_value(tag_of(PT_LONG, 0x6801), 3), RELOP_EQ,
                      long_value(tag_of(PT_LONG, 0x6802), 3)));
}

TEST_F(PropertyRelation, ATextIsLikeARegularExpression) {
    KNOWN_DIFFERENCE(Wine, "mapi/scomparepropsrestriction.md", "it has no RELOP_RE");
    const auto text = [](const WideChar* value) { return text_value(tag_of(PT_UNICODE), value); };
    EXPECT_TRUE(holds(text(REMAPI_W("IPM.Note")), RELOP_RE, text(REMAPI_W("^IPM\\."))));
    EXPECT_FALSE(holds(text(REMAPI_W("REPORT.IPM.Note")), RELOP_RE, text(REMAPI_W("^IPM\\."))));
    EXPECT_TRUE(holds(text_value(tag_of(PT_STRING8), "no 42"), RELOP_RE,
                      text_value(tag_of(PT_STRING8), "[0-9]+$")));
    EXPECT_FALSE(holds(number(1), RELOP_RE, number(1)));
}

TEST_F(PropertyRelation, WithoutAValueNothingHolds) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    SPropValue one = number(1);
    EXPECT_FALSE(compare(&one, RELOP_EQ, nullptr));
    EXPECT_FALSE(compare(nullptr, RELOP_EQ, &one));
    EXPECT_TRUE(compare(&one, RELOP_EQ, &one));
}

/// Page: mapi/fequalnames.md
class NamedPropertyNames : public testing::Test {
protected:
    static MAPINAMEID number(GUID* set, LONG id) {
        MAPINAMEID name = {};
        name.lpguid = set;
        name.ulKind = MNID_ID;
        name.Kind.lID = id;
        return name;
    }
    static MAPINAMEID text(GUID* set, const WideChar* id) {
        MAPINAMEID name = {};
        name.lpguid = set;
        name.ulKind = MNID_STRING;
        name.Kind.lpwstrName = const_cast<WideChar*>(id);
        return name;
    }
    bool equal(MAPINAMEID left, MAPINAMEID right) { return compare(&left, &right) != FALSE; }

    GUID m_set = {1, 2, 3, {4}};
    GUID m_same_set = m_set;
    GUID m_other_set = {1, 2, 3, {5}};
    decltype(FEqualNames)* compare = required<decltype(FEqualNames)>("FEqualNames");
};

TEST_F(NamedPropertyNames, AreEqualByTheirSetAndNumber) {
    EXPECT_TRUE(equal(number(&m_set, 1), number(&m_same_set, 1)));
    EXPECT_FALSE(equal(number(&m_set, 1), number(&m_set, 2)));
    EXPECT_FALSE(equal(number(&m_set, 1), number(&m_other_set, 1)));
}

TEST_F(NamedPropertyNames, AreEqualByTheirTextWithItsCase) {
    const String copy = REMAPI_W("Name");
    EXPECT_TRUE(equal(text(&m_set, REMAPI_W("Name")), text(&m_same_set, copy.c_str())));
    EXPECT_FALSE(equal(text(&m_set, REMAPI_W("Name")), text(&m_set, REMAPI_W("name"))));
    EXPECT_FALSE(equal(text(&m_set, REMAPI_W("Name")), text(&m_set, REMAPI_W("Names"))));
    EXPECT_FALSE(equal(text(&m_set, REMAPI_W("Name")), text(&m_other_set, REMAPI_W("Name"))));
}

TEST_F(NamedPropertyNames, ThatAreIncompleteAreNotEqual) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    MAPINAMEID name = text(&m_set, REMAPI_W("Name"));
    EXPECT_TRUE(compare(&name, &name));
    EXPECT_FALSE(compare(&name, nullptr));
    EXPECT_FALSE(compare(nullptr, &name));
    EXPECT_FALSE(equal(name, text(nullptr, REMAPI_W("Name"))));
    EXPECT_FALSE(equal(name, text(&m_set, nullptr)));
}

TEST_F(NamedPropertyNames, OfDifferentKindsAreNotEqual) {
    EXPECT_FALSE(equal(number(&m_set, 1), text(&m_set, REMAPI_W("1"))));
    EXPECT_TRUE(equal(text(&m_set, REMAPI_W("1")), text(&m_set, REMAPI_W("1"))));
}

}  // namespace
}  // namespace remapi::test
