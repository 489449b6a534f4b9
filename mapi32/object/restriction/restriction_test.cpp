// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/props/abi_value.h"
#include "object/restriction/restriction.h"

namespace remapi::object {
namespace {

Restriction property(ULONG relop, PropValue value) {
    Restriction result;
    result.kind = RES_PROPERTY;
    result.operation = relop;
    result.tag = value.tag();
    result.value = std::move(value);
    return result;
}

Restriction content(ULONG level, PropValue value) {
    Restriction result = property(level, std::move(value));
    result.kind = RES_CONTENT;
    return result;
}

Restriction exists(ULONG tag) {
    Restriction result;
    result.kind = RES_EXIST;
    result.tag = tag;
    return result;
}

Restriction group(ULONG kind, std::vector<Restriction> children) {
    Restriction result;
    result.kind = kind;
    result.children = std::move(children);
    return result;
}

const PropertyBag kRow{{PR_SUBJECT_W, REMAPI_W("Quarterly Report")},
                       {PR_IMPORTANCE, 1},
                       {PR_MESSAGE_FLAGS, MSGFLAG_READ | MSGFLAG_UNSENT},
                       {PR_ENTRYID, Bytes{1, 2, 3}}};

template <class Body>
HRESULT code_thrown(Body body) {
    try {
        body();
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

TEST(Restriction, EveryRelationIsThatOfThePropertyToTheConstant) {
    struct Case {
        ULONG relop;
        bool zero, one, two;
    };
    for (const Case& c : {Case{RELOP_LT, false, false, true}, Case{RELOP_LE, false, true, true},
                          Case{RELOP_GT, true, false, false}, Case{RELOP_GE, true, true, false},
                          Case{RELOP_EQ, false, true, false}, Case{RELOP_NE, true, false, true}}) {
        EXPECT_EQ(c.zero, matches(property(c.relop, PropValue(PR_IMPORTANCE, 0)), kRow)) << c.relop;
        EXPECT_EQ(c.one, matches(property(c.relop, PropValue(PR_IMPORTANCE, 1)), kRow)) << c.relop;
        EXPECT_EQ(c.two, matches(property(c.relop, PropValue(PR_IMPORTANCE, 2)), kRow)) << c.relop;
    }
}

TEST(Restriction, FuzzyLevelsSayHowMuchMustMatch) {
    const auto match = [](ULONG level, const WideChar* text) {
        return matches(content(level, PropValue(PR_SUBJECT_W, text)), kRow);
    };
    EXPECT_TRUE(match(FL_PREFIX, REMAPI_W("Quarterly")));
    EXPECT_FALSE(match(FL_PREFIX, REMAPI_W("quarterly")));
    EXPECT_TRUE(match(FL_PREFIX | FL_IGNORECASE, REMAPI_W("quarterly")));
    EXPECT_TRUE(match(FL_SUBSTRING, REMAPI_W("ly Re")));
    EXPECT_FALSE(match(FL_SUBSTRING, REMAPI_W("ly re")));
    EXPECT_TRUE(match(FL_SUBSTRING | FL_LOOSE, REMAPI_W("LY RE")));
    EXPECT_FALSE(match(FL_FULLSTRING, REMAPI_W("Quarterly")));
    EXPECT_TRUE(match(FL_FULLSTRING, REMAPI_W("Quarterly Report")));
    EXPECT_TRUE(match(FL_SUBSTRING | FL_IGNORENONSPACE, REMAPI_W("Re\x0301port")));
}

TEST(Restriction, BinaryContentIsComparedByteByByte) {
    EXPECT_TRUE(matches(content(FL_PREFIX, PropValue(PR_ENTRYID, Bytes{1, 2})), kRow));
    EXPECT_TRUE(matches(content(FL_SUBSTRING, PropValue(PR_ENTRYID, Bytes{2, 3})), kRow));
    EXPECT_FALSE(matches(content(FL_FULLSTRING, PropValue(PR_ENTRYID, Bytes{1, 2})), kRow));
}

TEST(Restriction, GroupsCombineTheirChildren) {
    const Restriction yes = exists(PR_SUBJECT_W);
    const Restriction no = exists(PR_BODY_W);
    EXPECT_TRUE(matches(group(RES_AND, {yes, yes}), kRow));
    EXPECT_FALSE(matches(group(RES_AND, {yes, no}), kRow));
    EXPECT_TRUE(matches(group(RES_AND, {}), kRow));
    EXPECT_TRUE(matches(group(RES_OR, {no, yes}), kRow));
    EXPECT_FALSE(matches(group(RES_OR, {}), kRow));
    EXPECT_TRUE(matches(group(RES_NOT, {no}), kRow));
    EXPECT_FALSE(matches(group(RES_COMMENT, {no}), kRow));
    EXPECT_TRUE(matches(group(RES_COMMENT, {}), kRow));
}

TEST(Restriction, BitmaskAndSizeLookAtTheValue) {
    Restriction bits;
    bits.kind = RES_BITMASK;
    bits.tag = PR_MESSAGE_FLAGS;
    bits.operation = BMR_NEZ;
    bits.number = MSGFLAG_READ;
    EXPECT_TRUE(matches(bits, kRow));
    bits.operation = BMR_EQZ;
    EXPECT_FALSE(matches(bits, kRow));
    bits.number = MSGFLAG_SUBMIT;
    EXPECT_TRUE(matches(bits, kRow));

    Restriction size;
    size.kind = RES_SIZE;
    size.tag = PR_ENTRYID;
    size.operation = RELOP_EQ;
    size.number = 3;
    EXPECT_TRUE(matches(size, kRow));
    size.operation = RELOP_LT;
    EXPECT_FALSE(matches(size, kRow));
}

TEST(Restriction, TwoPropertiesAreCompared) {
    Restriction compare;
    compare.kind = RES_COMPAREPROPS;
    compare.operation = RELOP_LT;
    compare.tag = PR_IMPORTANCE;
    compare.second_tag = PR_MESSAGE_FLAGS;
    EXPECT_TRUE(matches(compare, kRow));
    compare.second_tag = PR_PRIORITY;
    EXPECT_FALSE(matches(compare, kRow));
}

TEST(Restriction, AMultiValuedPropertyMatchesByAnyElement) {
    const ULONG many = PROP_TAG(PT_MV_UNICODE, 0x8012);
    const ULONG one = PROP_TAG(PT_UNICODE, 0x8012);
    const PropertyBag row{
        {many, PropValue::Data(std::vector<String>{REMAPI_W("a"), REMAPI_W("b")})}};
    Restriction restriction = property(RELOP_EQ, PropValue(one, REMAPI_W("B")));
    restriction.tag = many;
    EXPECT_TRUE(matches(restriction, row));
    restriction.value = PropValue(one, REMAPI_W("c"));
    EXPECT_FALSE(matches(restriction, row));
}

TEST(Restriction, SubObjectsAreAskedOfTheCallback) {
    Restriction sub = group(RES_SUBRESTRICTION, {exists(PR_SUBJECT_W)});
    sub.tag = PR_MESSAGE_RECIPIENTS;
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, code_thrown([&] { matches(sub, kRow); }));
    EXPECT_TRUE(matches(sub, kRow, [](ULONG tag, const Restriction& inner) {
        return tag == PR_MESSAGE_RECIPIENTS && inner.kind == RES_EXIST;
    }));
}

TEST(Restriction, CrossesTheAbiUnharmed) {
    Restriction bits;
    bits.kind = RES_BITMASK;
    bits.tag = PR_MESSAGE_FLAGS;
    bits.operation = BMR_NEZ;
    bits.number = 4;
    const Restriction whole = group(
        RES_AND,
        {group(RES_OR, {property(RELOP_GE, PropValue(PR_SUBJECT_W, REMAPI_W("m"))), bits}),
         group(RES_NOT, {exists(PR_BODY_W)}), content(FL_PREFIX, PropValue(PR_ENTRYID, Bytes{9}))});
    const std::size_t blocks = memory::live_buffers();
    {
        const Buffer<SRestriction> packed = pack(whole);
        const Restriction back = from_abi(packed[0]);
        ASSERT_EQ(3u, back.children.size());
        ASSERT_EQ(2u, back.children[0].children.size());
        EXPECT_EQ(whole.children[0].children[0].value, back.children[0].children[0].value);
        EXPECT_EQ(4u, back.children[0].children[1].number);
        EXPECT_EQ(static_cast<ULONG>(RES_EXIST), back.children[1].children[0].kind);
        EXPECT_EQ(Bytes{9}, back.children[2].value.bytes());
    }
    EXPECT_EQ(blocks, memory::live_buffers());
    const std::vector<ULONG> expected = {PR_SUBJECT_W, PR_MESSAGE_FLAGS, PR_BODY_W, PR_ENTRYID};
    EXPECT_EQ(expected, tags_of(whole));
}

TEST(Restriction, MalformedOnesAreRefused) {
    SRestriction restriction = {};
    restriction.rt = 99;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_thrown([&] { from_abi(restriction); }));
    restriction.rt = RES_NOT;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_thrown([&] { from_abi(restriction); }));
    restriction.rt = RES_PROPERTY;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_thrown([&] { from_abi(restriction); }));

    SPropValue value = {};
    value.ulPropTag = PR_IMPORTANCE;
    restriction.res.resProperty = {RELOP_RE, PR_IMPORTANCE, &value};
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, code_thrown([&] { from_abi(restriction); }));
    restriction.res.resProperty = {RELOP_EQ, PR_SUBJECT_W, &value};
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, code_thrown([&] { from_abi(restriction); }));
    restriction.res.resProperty = {RELOP_EQ, PR_IMPORTANCE, &value};
    EXPECT_EQ(S_OK, code_thrown([&] { from_abi(restriction); }));
}

TEST(Restriction, EndlessNestingIsTooComplex) {
    SRestriction loop = {};
    loop.rt = RES_NOT;
    loop.res.resNot.lpRes = &loop;
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, code_thrown([&] { from_abi(loop); }));
}

}  // namespace
}  // namespace remapi::object
