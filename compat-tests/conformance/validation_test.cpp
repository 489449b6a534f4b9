// SPDX-License-Identifier: LGPL-2.1-or-later

#include "abi/mapival.h"
#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// A pointer that leads nowhere.
template <class T>
T* nowhere() {
    return reinterpret_cast<T*>(std::uintptr_t{16});
}

/// Pages: mapi/fbadproptag.md, mapi/fbadcolumnset.md
class TagValidation : public testing::Test {
protected:
    bool is_bad_set(std::vector<ULONG> numbers) {
        return bad_columns(reinterpret_cast<SPropTagArray*>(numbers.data())) != FALSE;
    }

    decltype(FBadPropTag)* bad_tag = required<decltype(FBadPropTag)>("FBadPropTag");
    decltype(FBadColumnSet)* bad_columns = required<decltype(FBadColumnSet)>("FBadColumnSet");
};

TEST_F(TagValidation, EveryTypeOfMapiIsValid) {
    for (const SPropValue& value : one_of_each_type()) {
        const ULONG type = PROP_TYPE(value.ulPropTag);
        if (type == PT_SRESTRICTION || type == PT_ACTIONS) continue;
        EXPECT_FALSE(bad_tag(value.ulPropTag)) << type;
    }
    EXPECT_FALSE(bad_tag(tag_of(PT_UNSPECIFIED)));
    EXPECT_TRUE(bad_tag(tag_of(0x0123)));
}

TEST_F(TagValidation, RestrictionsAndActionsAreTypes) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it does not know them");
    EXPECT_FALSE(bad_tag(tag_of(PT_SRESTRICTION)));
    EXPECT_FALSE(bad_tag(tag_of(PT_ACTIONS)));
    EXPECT_TRUE(bad_tag(tag_of(0x00FF)));
}

TEST_F(TagValidation, OtherTypesAreNot) {
    for (const ULONG type :
         {0x0008, 0x0009, 0x000C, 0x000E, 0x0015, 0x0041, 0x0123, 0x100C, 0xFFFF})
        EXPECT_TRUE(bad_tag(tag_of(type))) << type;
    EXPECT_FALSE(bad_tag(tag_of(PT_LONG)));
}

TEST_F(TagValidation, OnlySomeTypesHaveManyValues) {
    KNOWN_DIFFERENCE(Wine, "mapi/spropvalue.md", "it takes any type as multi-valued");
    for (const ULONG type : {PT_BOOLEAN, PT_ERROR, PT_OBJECT, PT_NULL})
        EXPECT_TRUE(bad_tag(tag_of(type | MV_FLAG))) << type;
    EXPECT_FALSE(bad_tag(tag_of(PT_MV_LONG)));
    EXPECT_FALSE(bad_tag(tag_of(PT_MV_LONG | MV_INSTANCE)));
    EXPECT_TRUE(bad_tag(tag_of(PT_LONG | MV_INSTANCE)));
}

TEST_F(TagValidation, AnyIdentifierMayHaveAnyType) {
    for (const ULONG type :
         {PT_UNSPECIFIED, PT_ERROR, PT_STRING8, PT_UNICODE, PT_LONG, PT_MV_CLSID})
        EXPECT_FALSE(bad_tag(CHANGE_PROP_TYPE(PR_SUBJECT, type))) << type;
    EXPECT_TRUE(bad_tag(CHANGE_PROP_TYPE(PR_SUBJECT, 0x0123)));
}

TEST_F(TagValidation, ColumnsMayBeNullButNotErrors) {
    EXPECT_FALSE(is_bad_set({2, PR_NULL, PR_SUBJECT_W}));
    EXPECT_TRUE(is_bad_set({2, PR_SUBJECT_W, CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_ERROR)}));
    EXPECT_TRUE(is_bad_set({1, tag_of(0x0123)}));
    EXPECT_FALSE(is_bad_set({0}));
}

TEST_F(TagValidation, ColumnsMustBeInMemory) {
    UNDECIDED_DIFFERENCE(Wine, "it reads as many as the count says");
    EXPECT_TRUE(bad_columns(nullptr));
    EXPECT_TRUE(bad_columns(nowhere<SPropTagArray>()));
    EXPECT_TRUE(is_bad_set({0xFFFFFFFF, PR_SUBJECT_W}));
    EXPECT_FALSE(is_bad_set({1, PR_SUBJECT_W}));
}

/// Pages: mapi/fbadprop.md, mapi/fbadrow.md, mapi/fbadrowset.md
class ValueValidation : public testing::Test {
protected:
    bool is_bad(SPropValue value) { return bad(&value) != FALSE; }

    decltype(FBadProp)* bad = required<decltype(FBadProp)>("FBadProp");
    decltype(FBadRow)* bad_row = required<decltype(FBadRow)>("FBadRow");
    decltype(FBadRowSet)* bad_rows = required<decltype(FBadRowSet)>("FBadRowSet");
};

TEST_F(ValueValidation, ValuesWithDataAreValid) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it does not know every type");
    for (const SPropValue& value : one_of_each_type())
        EXPECT_FALSE(is_bad(value)) << PROP_TYPE(value.ulPropTag);
    EXPECT_TRUE(is_bad(value_of(tag_of(0x0123))));
    EXPECT_TRUE(is_bad(value_of(tag_of(PT_UNSPECIFIED))));
}

TEST_F(ValueValidation, ABooleanIsTrueOrFalse) {
    KNOWN_DIFFERENCE(Wine, "mapi/fbadprop.md", "it takes any number");
    SPropValue value = value_of(tag_of(PT_BOOLEAN));
    for (const unsigned short number : {0, 1}) {
        value.Value.b = number;
        EXPECT_FALSE(is_bad(value)) << number;
    }
    for (const unsigned short number : {2, 0x0100, 0xFFFF}) {
        value.Value.b = number;
        EXPECT_TRUE(is_bad(value)) << number;
    }
}

TEST_F(ValueValidation, DataThatLieNowhereAreInvalid) {
    EXPECT_TRUE(bad(nullptr));
    for (const ULONG type : {PT_STRING8, PT_UNICODE, PT_CLSID}) {
        EXPECT_TRUE(is_bad(value_of(tag_of(type)))) << type;
        SPropValue value = value_of(tag_of(type));
        value.Value.lpszA = nowhere<char>();
        EXPECT_TRUE(is_bad(value)) << type;
    }
    EXPECT_TRUE(is_bad(binary_value(tag_of(PT_BINARY), nowhere<void>(), 4)));
    EXPECT_FALSE(is_bad(binary_value(tag_of(PT_BINARY), "1234", 4)));
}

TEST_F(ValueValidation, PartsOfDataThatLieNowhereAreInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/fbadprop.md", "it does not look at every part");
    char good[] = "text";
    LPSTR texts[] = {good, nowhere<char>()};
    SPropValue value = value_of(tag_of(PT_MV_STRING8));
    value.Value.MVszA = {1, texts};
    EXPECT_FALSE(is_bad(value));
    value.Value.MVszA.cValues = 2;
    EXPECT_TRUE(is_bad(value));
    SBinary bins[] = {{4, reinterpret_cast<BYTE*>(good)}, {4, nullptr}};
    value = value_of(tag_of(PT_MV_BINARY));
    value.Value.MVbin = {1, bins};
    EXPECT_FALSE(is_bad(value));
    value.Value.MVbin.cValues = 2;
    EXPECT_TRUE(is_bad(value));
    LONG number = 1;
    value = value_of(tag_of(PT_MV_LONG));
    value.Value.MVl = {0xFFFFFFFF, &number};
    EXPECT_TRUE(is_bad(value));
}

TEST_F(ValueValidation, ARowIsAsGoodAsItsValues) {
    SPropValue values[] = {long_value(tag_of(PT_LONG), 1), long_value(tag_of(PT_LONG), 2)};
    SRow row = {0, 2, values};
    EXPECT_FALSE(bad_row(&row));
    values[1].ulPropTag = tag_of(0x0123);
    EXPECT_TRUE(bad_row(&row));
    row.cValues = 1;
    EXPECT_FALSE(bad_row(&row));
    row.lpProps = nullptr;
    EXPECT_TRUE(bad_row(&row));
    EXPECT_TRUE(bad_row(nullptr));
}

TEST_F(ValueValidation, ARowSetIsAsGoodAsItsRows) {
    SPropValue good = long_value(tag_of(PT_LONG), 1);
    SPropValue other = value_of(tag_of(0x0123));
    SizedSRowSet(2, rows) = {2, {{0, 1, &good}, {0, 1, &good}}};
    auto* const set = reinterpret_cast<SRowSet*>(&rows);
    EXPECT_FALSE(bad_rows(set));
    rows.aRow[1].lpProps = &other;
    EXPECT_TRUE(bad_rows(set));
    rows.cRows = 1;
    EXPECT_FALSE(bad_rows(set));
    EXPECT_TRUE(bad_rows(nullptr));
}

TEST_F(ValueValidation, NoValuesAndNoRowsNeedNoMemory) {
    UNDECIDED_DIFFERENCE(Wine, "a row without values is bad to it");
    SRow row = {0, 0, nullptr};
    SizedSRowSet(1, rows) = {0, {}};
    EXPECT_FALSE(bad_row(&row));
    EXPECT_FALSE(bad_rows(reinterpret_cast<SRowSet*>(&rows)));
    row.cValues = 1;
    EXPECT_TRUE(bad_row(&row));
}

TEST_F(ValueValidation, CountsBeyondAllMemoryAreInvalid) {
    UNDECIDED_DIFFERENCE(Wine, "it reads as many as the count says");
    // On 32 bits the first three, times the size of an element, are small numbers.
    SPropValue value = long_value(tag_of(PT_LONG), 1);
    for (const ULONG number : {0x10000001u, 0x20000001u, 0x40000001u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        SRow row = {0, number, &value};
        EXPECT_TRUE(bad_row(&row)) << number;
        SizedSRowSet(1, rows) = {number, {{0, 1, &value}}};
        EXPECT_TRUE(bad_rows(reinterpret_cast<SRowSet*>(&rows))) << number;
        SPropValue many = value_of(tag_of(PT_MV_CLSID));
        GUID guid = {};
        many.Value.MVguid = {number, &guid};
        EXPECT_TRUE(is_bad(many)) << number;
    }
    SRow row = {0, 1, &value};
    EXPECT_FALSE(bad_row(&row));
}

/// Pages: mapi/fbadsortorderset.md, mapi/fbadentrylist.md, mapi/fbadrglpszw.md,
/// mapi/fbadrglpnameid.md
class ListValidation : public testing::Test {
protected:
    bool is_bad_order(std::vector<ULONG> numbers) {
        return bad_order(reinterpret_cast<SSortOrderSet*>(numbers.data())) != FALSE;
    }

    decltype(FBadSortOrderSet)* bad_order =
        required<decltype(FBadSortOrderSet)>("FBadSortOrderSet");
    decltype(FBadEntryList)* bad_list = required<decltype(FBadEntryList)>("FBadEntryList");
    using NarrowTexts = BOOL WINAPI(LPSTR*, ULONG);
    NarrowTexts* bad_narrow = required<NarrowTexts>("FBadRglpszA");
    decltype(FBadRglpszW)* bad_wide = required<decltype(FBadRglpszW)>("FBadRglpszW");
    decltype(FBadRglpNameID)* bad_names = required<decltype(FBadRglpNameID)>("FBadRglpNameID");
};

TEST_F(ListValidation, SortOrdersHaveKnownTypesAndDirections) {
    // sorts, categories, expanded, then tag and direction of each
    EXPECT_FALSE(is_bad_order({0, 0, 0}));
    EXPECT_FALSE(is_bad_order({1, 0, 0, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
    EXPECT_FALSE(is_bad_order(
        {2, 2, 1, PR_SUBJECT_W, TABLE_SORT_DESCEND, PR_SENDER_NAME_W, TABLE_SORT_COMBINE}));
    EXPECT_TRUE(is_bad_order({1, 0, 0, PR_SUBJECT_W, 3}));
    EXPECT_TRUE(is_bad_order({1, 0, 0, tag_of(0x0123), TABLE_SORT_ASCEND}));
    EXPECT_TRUE(is_bad_order({1, 0, 0, tag_of(PT_ERROR), TABLE_SORT_ASCEND}));
}

TEST_F(ListValidation, CategoriesAreSomeOfTheSortOrders) {
    EXPECT_FALSE(is_bad_order({1, 1, 1, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
    EXPECT_TRUE(is_bad_order({1, 2, 0, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
    EXPECT_TRUE(is_bad_order({1, 1, 2, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
}

TEST_F(ListValidation, SortOrdersMustBeInMemory) {
    EXPECT_TRUE(bad_order(nullptr));
    EXPECT_TRUE(bad_order(nowhere<SSortOrderSet>()));
    EXPECT_TRUE(is_bad_order({0xFFFFFFFF, 0, 0, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
    EXPECT_FALSE(is_bad_order({1, 0, 0, PR_SUBJECT_W, TABLE_SORT_ASCEND}));
}

TEST_F(ListValidation, EntryIdentifiersAreInMemory) {
    BYTE id[] = {0, 0, 0, 0, 1, 2};
    SBinary ids[] = {{6, id}, {6, nullptr}};
    ENTRYLIST list = {1, ids};
    EXPECT_FALSE(bad_list(&list));
    list.cValues = 2;
    EXPECT_TRUE(bad_list(&list));
    list = {1, nullptr};
    EXPECT_TRUE(bad_list(&list));
    EXPECT_TRUE(bad_list(nullptr));
}

TEST_F(ListValidation, EntryIdentifiersHaveTheirFlagsAtLeast) {
    KNOWN_DIFFERENCE(Wine, "mapi/fbadentrylist.md", "it looks at the memory only");
    BYTE id[] = {0, 0, 0, 0};
    SBinary ids[] = {{4, id}};
    ENTRYLIST list = {1, ids};
    EXPECT_FALSE(bad_list(&list));
    ids[0].cb = 3;
    EXPECT_TRUE(bad_list(&list));
    ids[0].cb = 0;
    EXPECT_TRUE(bad_list(&list));
}

TEST_F(ListValidation, TextsAreInMemory) {
    char narrow[] = "text";
    LPSTR narrows[] = {narrow, nowhere<char>()};
    EXPECT_FALSE(bad_narrow(narrows, 1));
    EXPECT_TRUE(bad_narrow(narrows, 2));
    EXPECT_TRUE(bad_narrow(nullptr, 1));
    WCHAR wide[] = REMAPI_W("text");
    LPWSTR wides[] = {wide, nullptr};
    EXPECT_FALSE(bad_wide(wides, 1));
    EXPECT_TRUE(bad_wide(wides, 2));
    EXPECT_TRUE(bad_wide(nullptr, 1));
}

TEST_F(ListValidation, EmptyListsNeedNoMemory) {
    ENTRYLIST list = {0, nullptr};
    EXPECT_FALSE(bad_list(&list));
    EXPECT_FALSE(bad_narrow(nullptr, 0));
    EXPECT_FALSE(bad_wide(nullptr, 0));
    EXPECT_FALSE(bad_names(nullptr, 0));
    list.cValues = 1;
    EXPECT_TRUE(bad_list(&list));
}

TEST_F(ListValidation, CountsBeyondAllMemoryAreInvalid) {
    UNDECIDED_DIFFERENCE(Wine, "it reads as many as the count says");
    BYTE id[] = {0, 0, 0, 0};
    SBinary ids[] = {{4, id}};
    char narrow[] = "text";
    LPSTR narrows[] = {narrow};
    WCHAR wide[] = REMAPI_W("text");
    LPWSTR wides[] = {wide};
    GUID set = {};
    MAPINAMEID name = {};
    name.lpguid = &set;
    MAPINAMEID* names[] = {&name};
    for (const ULONG number : {0x20000001u, 0x40000001u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        ENTRYLIST list = {number, ids};
        EXPECT_TRUE(bad_list(&list)) << number;
        EXPECT_TRUE(bad_narrow(narrows, number)) << number;
        EXPECT_TRUE(bad_wide(wides, number)) << number;
        EXPECT_TRUE(bad_names(names, number)) << number;
        EXPECT_TRUE(is_bad_order({number, 0, 0, PR_SUBJECT_W, TABLE_SORT_ASCEND})) << number;
    }
    ENTRYLIST list = {1, ids};
    EXPECT_FALSE(bad_list(&list));
}

TEST_F(ListValidation, NamesHaveASetAKindAndAText) {
    GUID set = {1, 2, 3, {4}};
    WCHAR text[] = REMAPI_W("Name");
    MAPINAMEID name = {};
    name.lpguid = &set;
    name.ulKind = MNID_ID;
    name.Kind.lID = 5;
    MAPINAMEID* names[] = {&name, nullptr};
    EXPECT_FALSE(bad_names(names, 1));
    EXPECT_TRUE(bad_names(names, 2));
    name.ulKind = MNID_STRING;
    name.Kind.lpwstrName = text;
    EXPECT_FALSE(bad_names(names, 1));
    name.Kind.lpwstrName = nowhere<WCHAR>();
    EXPECT_TRUE(bad_names(names, 1));
    name.Kind.lpwstrName = text;
    name.ulKind = 2;
    EXPECT_TRUE(bad_names(names, 1));
    name.ulKind = MNID_STRING;
    name.lpguid = nullptr;
    EXPECT_TRUE(bad_names(names, 1));
    EXPECT_TRUE(bad_names(nullptr, 1));
}

/// Page: mapi/fbadrestriction.md
class RestrictionValidation : public testing::Test {
protected:
    bool is_bad(SRestriction restriction) { return bad(&restriction) != FALSE; }
    static SRestriction property(ULONG relop, ULONG tag, SPropValue* value) {
        SRestriction restriction = {};
        restriction.rt = RES_PROPERTY;
        restriction.res.resProperty = {relop, tag, value};
        return restriction;
    }

    SPropValue m_value = long_value(tag_of(PT_LONG), 1);
    decltype(FBadRestriction)* bad = required<decltype(FBadRestriction)>("FBadRestriction");
};

TEST_F(RestrictionValidation, EveryKindIsKnown) {
    SRestriction inner = property(RELOP_EQ, tag_of(PT_LONG), &m_value);
    SRestriction r = {};
    r.rt = RES_AND;
    r.res.resAnd = {1, &inner};
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_OR;
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_NOT;
    r.res.resNot = {0, &inner};
    EXPECT_FALSE(is_bad(r));
    SPropValue text = text_value(tag_of(PT_STRING8), "text");
    r.rt = RES_CONTENT;
    r.res.resContent = {FL_PREFIX | FL_LOOSE, tag_of(PT_STRING8), &text};
    EXPECT_FALSE(is_bad(r));
    EXPECT_FALSE(is_bad(inner));
    r.rt = RES_COMPAREPROPS;
    r.res.resCompareProps = {RELOP_LT, tag_of(PT_LONG, 1), tag_of(PT_LONG, 2)};
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_BITMASK;
    r.res.resBitMask = {BMR_EQZ, tag_of(PT_LONG), 1};
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_SIZE;
    r.res.resSize = {RELOP_GE, tag_of(PT_BINARY), 1};
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_EXIST;
    r.res.resExist = {0, tag_of(PT_BINARY), 0};
    EXPECT_FALSE(is_bad(r));
    r.rt = RES_SUBRESTRICTION;
    r.res.resSub = {PR_MESSAGE_RECIPIENTS, &inner};
    EXPECT_FALSE(is_bad(r));
    r.rt = abi::kResCount;
    r.res.resSub = {3, &inner};
    EXPECT_FALSE(is_bad(r));
    for (const ULONG kind : {ULONG{RES_COMMENT}, abi::kResAnnotation}) {
        r.rt = kind;
        r.res.resComment = {1, &inner, &m_value};
        EXPECT_FALSE(is_bad(r));
        r.res.resComment.lpRes = nullptr;
        EXPECT_FALSE(is_bad(r));
    }
    r.rt = 13;
    EXPECT_TRUE(is_bad(r));
}

TEST_F(RestrictionValidation, OperatorsAndLevelsAreKnown) {
    EXPECT_FALSE(is_bad(property(RELOP_RE, tag_of(PT_LONG), &m_value)));
    EXPECT_TRUE(is_bad(property(7, tag_of(PT_LONG), &m_value)));
    SRestriction r = {};
    r.rt = RES_CONTENT;
    r.res.resContent = {3, tag_of(PT_LONG), &m_value};
    EXPECT_TRUE(is_bad(r));
    r.rt = RES_BITMASK;
    r.res.resBitMask = {2, tag_of(PT_LONG), 1};
    EXPECT_TRUE(is_bad(r));
    r.rt = RES_SIZE;
    r.res.resSize = {7, tag_of(PT_LONG), 1};
    EXPECT_TRUE(is_bad(r));
    r.rt = RES_COMPAREPROPS;
    r.res.resCompareProps = {7, tag_of(PT_LONG), tag_of(PT_LONG)};
    EXPECT_TRUE(is_bad(r));
}

TEST_F(RestrictionValidation, TagsAndValuesAreValid) {
    EXPECT_TRUE(is_bad(property(RELOP_EQ, tag_of(0x0123), &m_value)));
    SPropValue other = value_of(tag_of(PT_UNICODE));
    EXPECT_TRUE(is_bad(property(RELOP_EQ, tag_of(PT_UNICODE), &other)));
    SRestriction r = {};
    r.rt = RES_EXIST;
    r.res.resExist = {0, tag_of(0x0123), 0};
    EXPECT_TRUE(is_bad(r));
    EXPECT_FALSE(is_bad(property(RELOP_EQ, tag_of(PT_LONG), &m_value)));
}

TEST_F(RestrictionValidation, EveryPartIsInMemory) {
    EXPECT_TRUE(bad(nullptr));
    EXPECT_TRUE(bad(nowhere<SRestriction>()));
    EXPECT_TRUE(is_bad(property(RELOP_EQ, tag_of(PT_LONG), nullptr)));
    EXPECT_TRUE(is_bad(property(RELOP_EQ, tag_of(PT_LONG), nowhere<SPropValue>())));
    SRestriction r = {};
    r.rt = RES_AND;
    r.res.resAnd = {1, nowhere<SRestriction>()};
    EXPECT_TRUE(is_bad(r));
    SRestriction inner = property(RELOP_EQ, tag_of(PT_LONG), &m_value);
    r.res.resAnd = {0xFFFFFFFF, &inner};
    EXPECT_TRUE(is_bad(r));
    r.rt = RES_NOT;
    r.res.resNot = {0, nullptr};
    EXPECT_TRUE(is_bad(r));
    EXPECT_FALSE(is_bad(inner));
}

TEST_F(RestrictionValidation, DepthHasALimitAndCirclesAreBad) {
    auto levels = nested_restrictions(40);
    EXPECT_FALSE(bad(levels.data()));
    levels = nested_restrictions(100000);
    EXPECT_TRUE(bad(levels.data()));
    levels[1].res.resNot.lpRes = levels.data();
    EXPECT_TRUE(bad(levels.data()));
    // Each level twice the one below: more parts than anyone can visit.
    auto tree = nested_restrictions(50);
    std::vector<SRestriction> twins;
    twins.reserve(100);
    SRestriction* below = &tree[50];
    for (int i = 0; i < 50; ++i) {
        twins.push_back(*below);
        twins.push_back(*below);
        SRestriction* const pair = &twins[twins.size() - 2];
        tree[static_cast<std::size_t>(i)].rt = RES_AND;
        tree[static_cast<std::size_t>(i)].res.resAnd = {2, pair};
        below = &tree[static_cast<std::size_t>(i)];
    }
    EXPECT_TRUE(bad(below));
}

}  // namespace
}  // namespace remapi::test
