// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <random>

#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapitable-sorttable.md, mapi/imapitable-querysortorder.md, mapi/ssortorder.md,
/// mapi/ssortorderset.md
class TableSort : public TableFixture {
protected:
    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        put(1, REMAPI_W("pear"), 2);
        put(2, REMAPI_W("Apple"), 1);
        put(3, REMAPI_W("apple"), 3);
        put(4, REMAPI_W("fig"), 1);
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableSort, TextIsSortedWithoutRegardToCase) {
    EXPECT_HR(S_OK, sort(table.get(), {{kName, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_DESCEND}}));
    EXPECT_EQ((Ids{3, 2, 4, 1}), all(table.get()));
    EXPECT_HR(S_OK, sort(table.get(), {{kName, TABLE_SORT_DESCEND}, {kId, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{1, 4, 2, 3}), all(table.get()));
}

TEST_F(TableSort, LettersWithAccentsStandBesideThoseWithout) {
    put(5, REMAPI_W("f\x00EDg"));
    put(6, REMAPI_W("figs"));
    put(7, REMAPI_W("fi\x0301g"));
    EXPECT_HR(S_OK, sort(table.get(), {{kName, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_ASCEND}}));
    const Ids ids = all(table.get());
    ASSERT_EQ(7u, ids.size());
    EXPECT_EQ((Ids{2, 3, 4}), Ids(ids.begin(), ids.begin() + 3));
    EXPECT_EQ((Ids{6, 1}), Ids(ids.end() - 2, ids.end()));
}

TEST_F(TableSort, ManyKeysAreComparedOneAfterAnother) {
    EXPECT_HR(S_OK, sort(table.get(), {{kRank, TABLE_SORT_ASCEND}, {kName, TABLE_SORT_DESCEND}}));
    EXPECT_EQ((Ids{4, 2, 1, 3}), all(table.get()));
}

TEST_F(TableSort, RowsWithoutAValueComeLastInBothDirections) {
    put({number(kId, 9)});
    EXPECT_HR(S_OK, sort(table.get(), {{kRank, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{2, 4, 1, 3, 9}), all(table.get()));
    EXPECT_HR(S_OK, sort(table.get(), {{kRank, TABLE_SORT_DESCEND}, {kId, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{3, 1, 2, 4, 9}), all(table.get()));
}

TEST_F(TableSort, ThePositionIsTheBeginningAfterwards) {
    read(table.get(), 3);
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_DESCEND}}));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_EQ((Ids{4, 3}), read(table.get(), 2));
}

TEST_F(TableSort, NoKeysBringBackTheOrderOfInsertion) {
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_DESCEND}}));
    EXPECT_HR(S_OK, sort(table.get(), {}));
    EXPECT_EQ((Ids{1, 2, 3, 4}), all(table.get()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->SortTable(nullptr, 0));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, sort(table.get(), {}, 0, 0, 0x10));
}

TEST_F(TableSort, TheOrderIsToldAsItWasGiven) {
    EXPECT_HR(S_OK,
              sort(table.get(), {{kName, TABLE_SORT_DESCEND}, {kId, TABLE_SORT_ASCEND}}, 1, 1));
    SSortOrderSet* order = nullptr;
    ASSERT_HR(S_OK, table->QuerySortOrder(&order));
    EXPECT_EQ(2u, order->cSorts);
    EXPECT_EQ(1u, order->cCategories);
    EXPECT_EQ(1u, order->cExpanded);
    const SSortOrder* const sorts = order->aSort;
    EXPECT_EQ(kName, sorts[0].ulPropTag);
    EXPECT_EQ(TABLE_SORT_DESCEND, sorts[0].ulOrder);
    EXPECT_EQ(kId, sorts[1].ulPropTag);
    CountedMemory::free(order);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->QuerySortOrder(nullptr));
}

TEST_F(TableSort, WhatCannotBeSortedByIsRefusedAndTheOrderStays) {
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_DESCEND}}));
    IMAPITable* const t = table.get();
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{PR_ATTACH_DATA_OBJ, TABLE_SORT_ASCEND}}));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{PROP_TAG(PT_ERROR, 0x6700), TABLE_SORT_ASCEND}}));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{kId, 0x77}}));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{kId, TABLE_SORT_COMBINE}}));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{kId, TABLE_SORT_COMBINE}}, 1));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, sort(t, {{kId, kGreatest}}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, sort(t, {{kId, TABLE_SORT_ASCEND}}, 2));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, sort(t, {{kId, TABLE_SORT_ASCEND}}, 1, 2));
    SSortOrderSet huge = {0xFFFFFFFF, 0, 0, {{kId, TABLE_SORT_ASCEND}}};
    EXPECT_HR(MAPI_E_TOO_COMPLEX, t->SortTable(&huge, 0));
    EXPECT_EQ((Ids{4, 3, 2, 1}), all(t));
}

TEST_F(TableSort, ManyValuesAreComparedAsATuple) {
    std::vector<const WCHAR*> a = {REMAPI_W("a"), REMAPI_W("z")}, b = {REMAPI_W("b")},
                              c = {REMAPI_W("a")};
    put({number(kId, 1), words(a)});
    put({number(kId, 2), words(b)});
    put({number(kId, 3), words(c)});
    EXPECT_HR(S_OK, sort(table.get(), {{kWords, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{3, 1, 2, 4}), all(table.get()));
}

TEST_F(TableSort, NewAndChangedRowsFindTheirPlace) {
    EXPECT_HR(S_OK, sort(table.get(), {{kRank, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_ASCEND}}));
    put(5, REMAPI_W("five"), 2);
    put(2, REMAPI_W("two"), 9);
    remove(4);
    put(0, REMAPI_W("zero"), 0);
    EXPECT_EQ((Ids{0, 1, 5, 3, 2}), all(table.get()));
}

// Rows put in one by one must lie as if they had been sorted at once, whatever the values are.
TEST_F(TableSort, SortingAtOnceAndOneByOneGiveTheSameOrder) {
    std::mt19937 random(5);
    const WCHAR* const names[] = {REMAPI_W(""),       REMAPI_W("a"),     REMAPI_W("A"),
                                  REMAPI_W("aaaa"),   REMAPI_W("aaaab"), REMAPI_W("AAAAB"),
                                  REMAPI_W("\x00E4"), REMAPI_W("b"),     REMAPI_W("a\x0308"),
                                  REMAPI_W("\xFFFF")};
    for (const ULONG order : {TABLE_SORT_ASCEND, TABLE_SORT_DESCEND}) {
        const std::initializer_list<SSortOrder> keys = {{kName, order}, {kRank, order}, {kId, 0}};
        EXPECT_HR(S_OK, sort(table.get(), keys));
        for (LONG id = 0; id < 400; ++id) {
            const auto choice = random();
            if (choice % 5 == 0) {
                put({number(kId, static_cast<LONG>(choice % 97))});
            } else {
                put(static_cast<LONG>(choice % 97), names[choice / 97 % std::size(names)],
                    static_cast<LONG>(choice / 1024 % 3) - 1);
            }
        }
        const auto fresh = view();
        EXPECT_HR(S_OK, sort(fresh.get(), keys));
        EXPECT_EQ(all(fresh.get()), all(table.get()));
    }
}

}  // namespace
}  // namespace remapi::test
