// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

/// Page: mapi/imapitable-findrow.md
class TableFind : public TableFixture {
protected:
    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        for (const LONG id : {5, 1, 4, 2, 3}) put(id, REMAPI_W("name"), id % 2);
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    HRESULT find(ULONG relop, const SPropValue& value, BOOKMARK origin, ULONG flags = 0) {
        SRestriction restriction = where(relop, value);
        return table->FindRow(&restriction, origin, flags);
    }
    /// Where the search ends; -1: nowhere.
    int found(ULONG relop, LONG id, BOOKMARK origin, ULONG flags = 0) {
        const SPropValue value = number(kId, id);
        const HRESULT hr = find(relop, value, origin, flags);
        if (hr == MAPI_E_NOT_FOUND) return -1;
        EXPECT_HR(S_OK, hr);
        return static_cast<int>(position(table.get()));
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableFind, SearchesForwardFromTheBookmarkItsRowIncluded) {
    const SPropValue odd = number(kRank, 1);
    EXPECT_HR(S_OK, find(RELOP_EQ, odd, BOOKMARK_BEGINNING));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_HR(S_OK, find(RELOP_EQ, odd, BOOKMARK_CURRENT));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_CURRENT, 2, nullptr));
    EXPECT_HR(S_OK, find(RELOP_EQ, odd, BOOKMARK_CURRENT));
    EXPECT_EQ(4u, position(table.get()));
    EXPECT_HR(MAPI_E_NOT_FOUND, find(RELOP_EQ, odd, BOOKMARK_END));
    EXPECT_EQ(4u, position(table.get())) << "a search in vain moves nothing";
}

TEST_F(TableFind, SearchesBackwardFromTheRowBeforeTheBookmark) {
    const SPropValue odd = number(kRank, 1);
    EXPECT_HR(S_OK, find(RELOP_EQ, odd, BOOKMARK_END, DIR_BACKWARD));
    EXPECT_EQ(4u, position(table.get()));
    EXPECT_HR(S_OK, find(RELOP_EQ, odd, BOOKMARK_CURRENT, DIR_BACKWARD));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_HR(MAPI_E_NOT_FOUND, find(RELOP_EQ, odd, BOOKMARK_BEGINNING, DIR_BACKWARD));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->FindRow(nullptr, BOOKMARK_BEGINNING, 0));
    SRestriction restriction = where(RELOP_EQ, odd);
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, table->FindRow(&restriction, BOOKMARK_BEGINNING, 2));
    EXPECT_HR(MAPI_E_INVALID_BOOKMARK, table->FindRow(&restriction, 999, 0));
}

// In a sorted view the answers must be the same, however they are found.
TEST_F(TableFind, RelationsOnTheSortKeyFindTheFirstRowInTheDirectionOfTheSearch) {
    struct Case {
        ULONG relop;
        int ascending, ascending_back, descending, descending_back;
    };
    // Sorted upwards the rows are 1 2 3 3' 4 5 and one without the key, downwards the mirror image.
    put({number(kFlags, 1), number(kId, 9)});
    for (const LONG id : {1, 2, 3, 4, 5}) put({number(kId, id), number(kFlags, id * 10)});
    put({number(kId, 6), number(kFlags, 30)});
    remove(9);
    put({number(kId, 8)});
    const auto search = [this](ULONG relop, BOOKMARK origin, ULONG flags) {
        const SPropValue thirty = number(kFlags, 30);
        const HRESULT hr = find(relop, thirty, origin, flags);
        return hr == S_OK ? static_cast<int>(position(table.get())) : -1;
    };
    for (const Case& c :
         {Case{RELOP_EQ, 2, 3, 2, 3}, Case{RELOP_GE, 2, 5, 0, 3}, Case{RELOP_GT, 4, 5, 0, 1},
          Case{RELOP_LE, 0, 3, 2, 5}, Case{RELOP_LT, 0, 1, 4, 5}, Case{RELOP_NE, 0, 6, 0, 6}}) {
        EXPECT_HR(S_OK, sort(table.get(), {{kFlags, TABLE_SORT_ASCEND}}));
        EXPECT_EQ(c.ascending, search(c.relop, BOOKMARK_BEGINNING, 0)) << c.relop;
        EXPECT_EQ(c.ascending_back, search(c.relop, BOOKMARK_END, DIR_BACKWARD)) << c.relop;
        EXPECT_HR(S_OK, sort(table.get(), {{kFlags, TABLE_SORT_DESCEND}}));
        EXPECT_EQ(c.descending, search(c.relop, BOOKMARK_BEGINNING, 0)) << c.relop;
        EXPECT_EQ(c.descending_back, search(c.relop, BOOKMARK_END, DIR_BACKWARD)) << c.relop;
    }
}

TEST_F(TableFind, TheSearchInASortedViewBeginsAtTheBookmark) {
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_ASCEND}}));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 3, nullptr));
    EXPECT_EQ(3, found(RELOP_GE, 2, BOOKMARK_CURRENT));
    EXPECT_EQ(-1, found(RELOP_EQ, 2, BOOKMARK_CURRENT));
    EXPECT_EQ(1, found(RELOP_EQ, 2, BOOKMARK_CURRENT, DIR_BACKWARD));
    EXPECT_EQ(-1, found(RELOP_EQ, 77, BOOKMARK_BEGINNING));
    EXPECT_EQ(-1, found(RELOP_EQ, -77, BOOKMARK_BEGINNING));
}

TEST_F(TableFind, AJoinedConditionIsSearchedForInASortedView) {
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_ASCEND}}));
    const SPropValue two = number(kId, 2), odd = number(kRank, 1);
    SRestriction both[] = {where(RELOP_GE, two), where(RELOP_EQ, odd)};
    SRestriction restriction = {};
    restriction.rt = RES_AND;
    restriction.res.resAnd = {2, both};
    EXPECT_HR(S_OK, table->FindRow(&restriction, BOOKMARK_BEGINNING, 0));
    EXPECT_EQ(2u, position(table.get()));
}

TEST_F(TableFind, TypedPrefixesFindTheFirstTextBehindThem) {
    for (const auto& [id, name] :
         {std::pair{1, REMAPI_W("Adams")}, std::pair{2, REMAPI_W("baker")},
          std::pair{3, REMAPI_W("Brown")}, std::pair{4, REMAPI_W("clark")}}) {
        put(id, name);
    }
    remove(5);
    EXPECT_HR(S_OK, sort(table.get(), {{kName, TABLE_SORT_ASCEND}}));
    const SPropValue prefix = text(kName, REMAPI_W("B"));
    EXPECT_HR(S_OK, find(RELOP_GE, prefix, BOOKMARK_BEGINNING));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_HR(S_OK, sort(table.get(), {{kName, TABLE_SORT_DESCEND}}));
    EXPECT_HR(S_OK, find(RELOP_GE, prefix, BOOKMARK_END, DIR_BACKWARD));
    EXPECT_EQ(2u, position(table.get()));
}

TEST_F(TableFind, EveryRowIsFoundByItsInstanceKey) {
    for (ULONG row = 0; row < 5; ++row) {
        const std::vector<BYTE> key = key_at(table.get(), row);
        ASSERT_FALSE(key.empty());
        const SPropValue value = binary(PR_INSTANCE_KEY, key);
        EXPECT_HR(S_OK, find(RELOP_EQ, value, BOOKMARK_BEGINNING));
        EXPECT_EQ(row, position(table.get()));
    }
    const std::vector<BYTE> unknown = {1, 2, 3, 4, 5, 6, 7, 8};
    const SPropValue value = binary(PR_INSTANCE_KEY, unknown);
    EXPECT_HR(MAPI_E_NOT_FOUND, find(RELOP_EQ, value, BOOKMARK_BEGINNING));
}

TEST_F(TableFind, HeadingRowsAreFoundToo) {
    EXPECT_HR(S_OK,
              sort(table.get(), {{kRank, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_ASCEND}}, 1, 0));
    const std::vector<BYTE> key = key_at(table.get(), 1);
    const SPropValue value = binary(PR_INSTANCE_KEY, key);
    EXPECT_HR(S_OK, find(RELOP_EQ, value, BOOKMARK_BEGINNING));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_EQ(-1, found(RELOP_EQ, 3, BOOKMARK_BEGINNING)) << "what is collapsed is not searched";
}

TEST_F(TableFind, ALostBookmarkIsToldWithTheRow) {
    BOOKMARK bookmark = 0;
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 1, nullptr));
    EXPECT_HR(S_OK, table->CreateBookmark(&bookmark));
    remove(1);
    const SPropValue three = number(kId, 3);
    EXPECT_HR(MAPI_W_POSITION_CHANGED, find(RELOP_EQ, three, bookmark));
    EXPECT_EQ(3u, position(table.get()));
}

}  // namespace
}  // namespace remapi::test
