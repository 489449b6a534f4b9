// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

constexpr ULONG kResCount = 0x0B;
constexpr ULONG kResAnnotation = 0x0C;

/// Pages: mapi/imapitable-restrict.md, mapi/srestriction.md, mapi/types-of-restrictions.md,
/// mapi/spropertyrestriction.md, mapi/scontentrestriction.md, mapi/scomparepropsrestriction.md,
/// mapi/sbitmaskrestriction.md, mapi/ssizerestriction.md, mapi/sexistrestriction.md,
/// mapi/ssubrestriction.md, mapi/scommentrestriction.md, mapi/scountrestriction.md
class TableRestrict : public TableFixture {
protected:
    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        put(1, REMAPI_W("Quarterly report"), 1);
        put(2, REMAPI_W("report"), 2);
        put(3, REMAPI_W("R\x00E9sum\x00E9"), 3);
        put({number(kId, 4), number(kFlags, 5)});
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    Ids rows(const SRestriction& restriction) {
        EXPECT_HR(S_OK, table->Restrict(const_cast<SRestriction*>(&restriction), 0));
        return all(table.get());
    }
    HRESULT answer(const SRestriction& restriction) {
        return table->Restrict(const_cast<SRestriction*>(&restriction), 0);
    }
    Ids by_relation(ULONG relop, LONG value) {
        const SPropValue constant = number(kId, value);
        return rows(where(relop, constant));
    }
    Ids by_text(ULONG level, const WCHAR* wanted) {
        const SPropValue constant = text(kName, wanted);
        return rows(containing(level, constant));
    }
    static SRestriction group(ULONG kind, std::vector<SRestriction>& of) {
        SRestriction result = {};
        result.rt = kind;
        result.res.resAnd = {static_cast<ULONG>(of.size()), of.data()};
        return result;
    }
    static SRestriction negated(SRestriction& of) {
        SRestriction result = {};
        result.rt = RES_NOT;
        result.res.resNot.lpRes = &of;
        return result;
    }
    static SRestriction exists(ULONG tag) {
        SRestriction result = {};
        result.rt = RES_EXIST;
        result.res.resExist.ulPropTag = tag;
        return result;
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableRestrict, RelationsAreThoseOfThePropertyToTheConstant) {
    EXPECT_EQ((Ids{1}), by_relation(RELOP_LT, 2));
    EXPECT_EQ((Ids{1, 2}), by_relation(RELOP_LE, 2));
    EXPECT_EQ((Ids{3, 4}), by_relation(RELOP_GT, 2));
    EXPECT_EQ((Ids{2, 3, 4}), by_relation(RELOP_GE, 2));
    EXPECT_EQ((Ids{2}), by_relation(RELOP_EQ, 2));
    EXPECT_EQ((Ids{1, 3, 4}), by_relation(RELOP_NE, 2));
}

TEST_F(TableRestrict, NullTakesTheRestrictionAway) {
    EXPECT_EQ((Ids{2}), by_relation(RELOP_EQ, 2));
    EXPECT_EQ(1u, count(table.get()));
    EXPECT_HR(S_OK, table->Restrict(nullptr, 0));
    EXPECT_EQ(4u, count(table.get()));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, table->Restrict(nullptr, 0x100));
}

TEST_F(TableRestrict, BookmarksGoAndThePositionIsTheBeginning) {
    BOOKMARK bookmark = 0;
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 2, nullptr));
    EXPECT_HR(S_OK, table->CreateBookmark(&bookmark));
    EXPECT_HR(S_OK, table->Restrict(nullptr, 0));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_HR(MAPI_E_INVALID_BOOKMARK, table->SeekRow(bookmark, 0, nullptr));
}

TEST_F(TableRestrict, FuzzyLevelsSayHowMuchOfATextMustMatch) {
    EXPECT_EQ((Ids{2}), by_text(FL_FULLSTRING, REMAPI_W("report")));
    EXPECT_EQ((Ids{2}), by_text(FL_PREFIX, REMAPI_W("rep")));
    EXPECT_EQ((Ids{1, 2}), by_text(FL_SUBSTRING, REMAPI_W("epor")));
    EXPECT_EQ((Ids{}), by_text(FL_SUBSTRING, REMAPI_W("quarter")));
    EXPECT_EQ((Ids{1}), by_text(FL_SUBSTRING | FL_IGNORECASE, REMAPI_W("quarter")));
    EXPECT_EQ((Ids{3}), by_text(FL_FULLSTRING | FL_IGNORENONSPACE, REMAPI_W("Resume")));
    EXPECT_EQ((Ids{3}), by_text(FL_FULLSTRING | FL_LOOSE, REMAPI_W("RESUME\x0301")));
    EXPECT_EQ((Ids{1, 2, 3}), by_text(FL_SUBSTRING, REMAPI_W("")));
    const SPropValue wanted = text(kName, REMAPI_W("r"));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(containing(3, wanted)));
    const SPropValue one = number(kId, 1);
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(containing(FL_FULLSTRING, one)));
}

TEST_F(TableRestrict, BytesAreSearchedToo) {
    const std::vector<BYTE> first = {1, 2, 1, 2, 3}, second = {2, 3}, part = {1, 2, 3};
    put({number(kId, 1), binary(PR_ENTRYID, first)});
    put({number(kId, 2), binary(PR_ENTRYID, second)});
    const SPropValue wanted = binary(PR_ENTRYID, part);
    EXPECT_EQ((Ids{1}), rows(containing(FL_SUBSTRING, wanted)));
    EXPECT_EQ((Ids{}), rows(containing(FL_PREFIX, wanted)));
    const SPropValue whole = binary(PR_ENTRYID, second);
    EXPECT_EQ((Ids{2}), rows(containing(FL_FULLSTRING, whole)));
    EXPECT_EQ((Ids{1}), rows(where(RELOP_LT, whole)));
}

TEST_F(TableRestrict, RegularExpressionsAreLookedForInTexts) {
    const auto like = [this](const WCHAR* expression) {
        const SPropValue constant = text(kName, expression);
        return rows(where(RELOP_RE, constant));
    };
    EXPECT_EQ((Ids{1, 2}), like(REMAPI_W("re.*t$")));
    EXPECT_EQ((Ids{2}), like(REMAPI_W("^report")));
    EXPECT_EQ((Ids{1}), like(REMAPI_W("[P-S]uart")));
    // What makes a backtracking matcher try for ever.
    EXPECT_EQ((Ids{}), like(REMAPI_W("a*a*a*a*a*a*a*a*a*a*a*a*b")));
    const SPropValue one = number(kId, 1);
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(where(RELOP_RE, one)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(where(7, one)));
}

TEST_F(TableRestrict, RestrictionsAreJoined) {
    const SPropValue one = number(kId, 1), three = number(kId, 3);
    std::vector<SRestriction> both = {where(RELOP_GE, one), where(RELOP_LT, three)};
    EXPECT_EQ((Ids{1, 2}), rows(group(RES_AND, both)));
    std::vector<SRestriction> either = {where(RELOP_EQ, one), where(RELOP_GT, three)};
    EXPECT_EQ((Ids{1, 4}), rows(group(RES_OR, either)));
    SRestriction any = group(RES_OR, either);
    EXPECT_EQ((Ids{2, 3}), rows(negated(any)));
    std::vector<SRestriction> none;
    EXPECT_EQ((Ids{1, 2, 3, 4}), rows(group(RES_AND, none)));
    EXPECT_EQ((Ids{}), rows(group(RES_OR, none)));
}

TEST_F(TableRestrict, ExistenceBitsAndSizesAreTested) {
    EXPECT_EQ((Ids{1, 2, 3}), rows(exists(kName)));
    SRestriction restriction = {};
    restriction.rt = RES_BITMASK;
    restriction.res.resBitMask = {BMR_NEZ, kFlags, 4};
    EXPECT_EQ((Ids{4}), rows(restriction));
    restriction.res.resBitMask = {BMR_EQZ, kFlags, 2};
    EXPECT_EQ((Ids{4}), rows(restriction));
    restriction.res.resBitMask = {BMR_EQZ, kFlags, 1};
    EXPECT_EQ((Ids{}), rows(restriction));
    restriction.res.resBitMask = {2, kFlags, 1};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(restriction));
    restriction.rt = RES_SIZE;
    restriction.res.resSize = {RELOP_EQ, kName, 7 * sizeof(WCHAR)};
    EXPECT_EQ((Ids{2, 3}), rows(restriction)) << "the zero is counted";
    restriction.res.resSize = {RELOP_EQ, PR_DISPLAY_NAME_A, 17};
    EXPECT_EQ((Ids{1}), rows(restriction));
    restriction.res.resSize = {RELOP_GT, kId, 3};
    EXPECT_EQ((Ids{1, 2, 3, 4}), rows(restriction));
    restriction.res.resSize = {RELOP_GT, kId, 4};
    EXPECT_EQ((Ids{}), rows(restriction));
    restriction.res.resSize = {RELOP_RE, kId, 4};
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
}

TEST_F(TableRestrict, TwoPropertiesOfARowAreCompared) {
    SRestriction restriction = {};
    restriction.rt = RES_COMPAREPROPS;
    restriction.res.resCompareProps = {RELOP_EQ, kId, kRank};
    EXPECT_EQ((Ids{1, 2, 3}), rows(restriction));
    restriction.res.resCompareProps = {RELOP_LT, kId, kFlags};
    EXPECT_EQ((Ids{4}), rows(restriction));
    restriction.res.resCompareProps = {RELOP_EQ, kId, kName};
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
}

TEST_F(TableRestrict, AnyOfManyValuesMayMatch) {
    std::vector<const WCHAR*> some = {REMAPI_W("red"), REMAPI_W("blue")}, other = {REMAPI_W("red")};
    put({number(kId, 1), words(some)});
    put({number(kId, 2), words(other)});
    const SPropValue blue = text(PROP_TAG(PT_UNICODE, PROP_ID(kWords)), REMAPI_W("blue"));
    SRestriction restriction = where(RELOP_EQ, blue);
    restriction.res.resProperty.ulPropTag = kWords;
    EXPECT_EQ((Ids{1}), rows(restriction));
    restriction.res.resProperty.ulPropTag = kWords | MVI_FLAG;
    EXPECT_EQ((Ids{1}), rows(restriction));
    SRestriction content = containing(FL_PREFIX | FL_IGNORECASE, blue);
    content.res.resContent.ulPropTag = kWords;
    EXPECT_EQ((Ids{1}), rows(content));
    const SPropValue tuple = words(other);
    EXPECT_EQ((Ids{2}), rows(where(RELOP_EQ, tuple)));
}

TEST_F(TableRestrict, TypesThatDoNotMatchAreTooComplex) {
    const SPropValue name = text(kName, REMAPI_W("1"));
    SRestriction restriction = where(RELOP_EQ, name);
    restriction.res.resProperty.ulPropTag = kId;
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
    restriction = containing(FL_PREFIX, name);
    restriction.res.resContent.ulPropTag = PR_ENTRYID;
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
    EXPECT_EQ(4u, count(table.get())) << "the view stays as it was";
}

TEST_F(TableRestrict, CommentsAreIgnoredAndCountsLimit) {
    SPropValue note = text(PR_COMMENT_W, REMAPI_W("for people"));
    const SPropValue two = number(kId, 2);
    SRestriction inner = where(RELOP_GE, two);
    SRestriction restriction = {};
    for (const ULONG kind : {RES_COMMENT, kResAnnotation}) {
        restriction.rt = kind;
        restriction.res.resComment = {1, nullptr, &note};
        EXPECT_EQ(4u, rows(restriction).size());
        restriction.res.resComment = {1, &inner, &note};
        EXPECT_EQ((Ids{2, 3, 4}), rows(restriction));
    }
    restriction.rt = kResCount;
    restriction.res.resSub = {2, &inner};
    EXPECT_EQ((Ids{2, 3}), rows(restriction));
    restriction.res.resSub = {0, &inner};
    EXPECT_EQ((Ids{}), rows(restriction));
}

TEST_F(TableRestrict, SubObjectsAreNotThere) {
    SRestriction inner = exists(kName);
    SRestriction restriction = {};
    restriction.rt = RES_SUBRESTRICTION;
    restriction.res.resSub = {PR_MESSAGE_RECIPIENTS, &inner};
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
    EXPECT_EQ(4u, count(table.get()));
}

TEST_F(TableRestrict, WhatIsMalformedIsRefused) {
    SRestriction restriction = {};
    restriction.rt = 0x77;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(restriction));
    restriction.rt = RES_AND;
    restriction.res.resAnd = {1, nullptr};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(restriction));
    restriction.res.resAnd = {0xFFFFFFFF, &restriction};
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
    restriction.rt = RES_NOT;
    restriction.res.resNot.lpRes = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(restriction));
    restriction.res.resNot.lpRes = &restriction;  // a circle
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty = {RELOP_EQ, kId, nullptr};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(restriction));
    const SPropValue nothing = text(kName, nullptr);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, answer(where(RELOP_EQ, nothing)));
    EXPECT_EQ(4u, count(table.get()));
}

TEST_F(TableRestrict, DepthIsLimitedBelowWhatAStackHolds) {
    std::vector<SRestriction> chain(1000);
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
        chain[i].rt = RES_NOT;
        chain[i].res.resNot = {0, &chain[i + 1]};
    }
    chain.back() = exists(kName);
    EXPECT_HR(MAPI_E_TOO_COMPLEX, answer(chain[0]));
    EXPECT_EQ((Ids{4}), rows(chain[chain.size() - 32]));
}

}  // namespace
}  // namespace remapi::test
