// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapitable-setcolumns.md, mapi/imapitable-querycolumns.md,
/// mapi/imapitable-queryrows.md, mapi/imapitable-getrowcount.md, mapi/imapitable-seekrow.md,
/// mapi/imapitable-seekrowapprox.md, mapi/imapitable-queryposition.md,
/// mapi/imapitable-createbookmark.md, mapi/imapitable-freebookmark.md, mapi/imapitable-abort.md,
/// mapi/imapitable-waitforcompletion.md, mapi/working-with-multivalued-columns.md
class TableView : public TableFixture {
protected:
    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        for (const LONG id : {30, 10, 40, 20}) EXPECT_HR(S_OK, put(id, REMAPI_W("name"), id / 10));
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    HRESULT seek(BOOKMARK origin, LONG rows, LONG& sought) {
        return table->SeekRow(origin, rows, &sought);
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableView, RowsComeInTheOrderOfInsertionUntilTheEnd) {
    EXPECT_EQ((Ids{30, 10}), read(table.get(), 2));
    EXPECT_EQ((Ids{40, 20}), read(table.get(), 10));
    EXPECT_EQ(Ids{}, read(table.get(), 10));
    EXPECT_EQ(4u, count(table.get()));
    SRowSet* rows = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->QueryRows(0, 0, &rows));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->QueryRows(1, 0, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, table->QueryRows(1, 0x80, &rows));
}

TEST_F(TableView, ANegativeCountReadsTheRowsBeforeInForwardOrder) {
    LONG sought = 0;
    EXPECT_HR(S_OK, seek(BOOKMARK_BEGINNING, 3, sought));
    EXPECT_EQ((Ids{10, 40}), read(table.get(), -2, TBL_NOADVANCE));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_EQ((Ids{30}), read(table.get(), -7));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_HR(S_OK, seek(BOOKMARK_BEGINNING, 0, sought));
    EXPECT_EQ(Ids{}, read(table.get(), -1));
    EXPECT_EQ(Ids{}, read(table.get(), (-2147483647 - 1)));
}

TEST_F(TableView, WithoutAdvanceThePositionStaysAtTheFirstRowRead) {
    EXPECT_EQ((Ids{30, 10}), read(table.get(), 2, TBL_NOADVANCE));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_EQ(4u, read(table.get(), 2147483647).size());
    EXPECT_EQ(4u, position(table.get()));
}

TEST_F(TableView, ColumnsComeInTheirOrderWithErrorsWhereThereIsNoValue) {
    ASSERT_HR(S_OK, columns(table.get(), {kName, PR_NULL, PR_SUBJECT_W, kId, PR_DISPLAY_NAME_A,
                                          PROP_TAG(PT_UNICODE, PROP_ID(kRank))}));
    SRowSet* rows = nullptr;
    ASSERT_HR(S_OK, table->QueryRows(1, 0, &rows));
    ASSERT_EQ(1u, rows->cRows);
    ASSERT_EQ(6u, rows->aRow[0].cValues);
    const SPropValue* const values = rows->aRow[0].lpProps;
    EXPECT_EQ(kName, values[0].ulPropTag);
    EXPECT_EQ(PR_NULL, values[1].ulPropTag);
    EXPECT_EQ(CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_ERROR), values[2].ulPropTag);
    EXPECT_EQ(MAPI_E_NOT_FOUND, values[2].Value.err);
    EXPECT_EQ(30, values[3].Value.l);
    EXPECT_STREQ("name", values[4].Value.lpszA);
    EXPECT_EQ(CHANGE_PROP_TYPE(kRank, PT_ERROR), values[5].ulPropTag);
    CountedMemory::free(rows->aRow[0].lpProps);
    CountedMemory::free(rows);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->SetColumns(nullptr, 0));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, columns(table.get(), {}));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, columns(table.get(), {kId}, 0x40));
}

TEST_F(TableView, SeekingStopsAtBothEndsAndSaysHowFarItCame) {
    LONG sought = 99;
    EXPECT_HR(S_OK, seek(BOOKMARK_BEGINNING, 3, sought));
    EXPECT_EQ(3, sought);
    EXPECT_HR(S_OK, seek(BOOKMARK_CURRENT, 2147483647, sought));
    EXPECT_EQ(1, sought);
    EXPECT_HR(S_OK, seek(BOOKMARK_END, -3, sought));
    EXPECT_EQ(-3, sought);
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_HR(S_OK, seek(BOOKMARK_CURRENT, -2147483647 - 1, sought));
    EXPECT_EQ(-1, sought);
    EXPECT_HR(MAPI_E_INVALID_BOOKMARK, seek(4711, 0, sought));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_END, 0, nullptr));
    EXPECT_EQ(4u, position(table.get()));
}

TEST_F(TableView, FractionsAreCountedFromTheBeginning) {
    EXPECT_HR(S_OK, table->SeekRowApprox(1, 2));
    EXPECT_EQ(2u, position(table.get()));
    EXPECT_HR(S_OK, table->SeekRowApprox(7, 7));
    EXPECT_EQ(4u, position(table.get()));
    EXPECT_HR(S_OK, table->SeekRowApprox(0, 5));
    EXPECT_EQ(0u, position(table.get()));
    EXPECT_HR(S_OK, table->SeekRowApprox(0xFFFFFFFE, 0xFFFFFFFF));
    EXPECT_EQ(3u, position(table.get()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->SeekRowApprox(1, 0));
    ULONG row = 0, numerator = 0, denominator = 0;
    EXPECT_HR(S_OK, table->QueryPosition(&row, &numerator, &denominator));
    EXPECT_EQ(3u, row);
    EXPECT_LT(numerator, denominator);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->QueryPosition(&row, &numerator, nullptr));
}

TEST_F(TableView, ABookmarkStaysWithItsRow) {
    LONG sought = 0;
    BOOKMARK bookmark = 0;
    EXPECT_HR(S_OK, seek(BOOKMARK_BEGINNING, 2, sought));
    ASSERT_HR(S_OK, table->CreateBookmark(&bookmark));
    EXPECT_GT(bookmark, BOOKMARK_END);
    remove(30);
    EXPECT_HR(S_OK, seek(bookmark, 0, sought));
    EXPECT_EQ(Ids{40}, read(table.get(), 1));
    remove(40);
    EXPECT_HR(MAPI_W_POSITION_CHANGED, seek(bookmark, 0, sought));
    EXPECT_EQ(Ids{20}, read(table.get(), 1));
    EXPECT_HR(S_OK, seek(bookmark, 0, sought)) << "the warning comes once";
    EXPECT_HR(S_OK, table->FreeBookmark(bookmark));
    EXPECT_HR(MAPI_E_INVALID_BOOKMARK, table->FreeBookmark(bookmark));
    EXPECT_HR(MAPI_E_INVALID_BOOKMARK, seek(bookmark, 0, sought));
    EXPECT_HR(S_OK, table->FreeBookmark(BOOKMARK_BEGINNING));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->CreateBookmark(nullptr));
}

TEST_F(TableView, BookmarksAreLimited) {
    BOOKMARK bookmark = 0;
    HRESULT hr = S_OK;
    int made = 0;
    while (hr == S_OK && made < 1000000) {
        hr = table->CreateBookmark(&bookmark);
        ++made;
    }
    EXPECT_GT(made, 16);
    EXPECT_HR(MAPI_E_UNABLE_TO_COMPLETE, hr);
}

TEST_F(TableView, ThePositionStaysAtItsRowWhenOthersComeAndGo) {
    EXPECT_EQ((Ids{30, 10}), read(table.get(), 2));
    remove(30);
    EXPECT_EQ((Ids{40}), read(table.get(), 1));
    put(50, REMAPI_W("new"));
    EXPECT_EQ((Ids{20, 50}), read(table.get(), 9));
    put(60, REMAPI_W("new"));
    EXPECT_EQ((Ids{60}), read(table.get(), 9)) << "who waits at the end reads what is added there";
}

TEST_F(TableView, WhatIsDoneAsynchronouslyCanBeWaitedForAndIsTold) {
    const auto sink = listen(table.get());
    EXPECT_HR(S_OK, columns(table.get(), {kId}, TBL_ASYNC));
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_ASCEND}}, 0, 0, TBL_ASYNC));
    ULONG status = 99;
    EXPECT_HR(S_OK, table->WaitForCompletion(0, 0xFFFFFFFF, &status));
    EXPECT_EQ(TBLSTAT_COMPLETE, status);
    EXPECT_HR(S_OK, table->WaitForCompletion(0, 0, nullptr));
    EXPECT_HR(MAPI_E_UNABLE_TO_ABORT, table->Abort()) << "it has completed";
    EXPECT_EQ((Ids{10, 20, 30, 40}), read(table.get(), 9));
    EXPECT_EQ((std::vector<Told>{{TABLE_SETCOL_DONE, -1, -1, 0}, {TABLE_SORT_DONE, -1, -1, 0}}),
              sink->told);
}

TEST_F(TableView, WhatIsBatchedIsDoneWhenTheDataAreWanted) {
    EXPECT_HR(S_OK, sort(table.get(), {{kId, TABLE_SORT_DESCEND}}, 0, 0, TBL_BATCH));
    SPropValue least = number(kId, 20);
    SRestriction restriction = where(RELOP_GE, least);
    EXPECT_HR(S_OK, table->Restrict(&restriction, TBL_BATCH));
    EXPECT_EQ((Ids{40, 30, 20}), read(table.get(), 9));
}

TEST_F(TableView, ARowForEachValueOfAPropertyWithMany) {
    std::vector<const WCHAR*> some = {REMAPI_W("red"), REMAPI_W("blue"), REMAPI_W("red")};
    EXPECT_HR(S_OK, put({number(kId, 10), words(some)}));
    ASSERT_HR(S_OK, columns(table.get(), {kId, kWords}));
    EXPECT_EQ(4u, count(table.get()));
    const ULONG instance = kWords | MVI_FLAG;
    ASSERT_HR(S_OK, columns(table.get(), {kId, instance, PR_INSTANCE_KEY}));
    EXPECT_EQ((Ids{30, 10, 10, 40, 20}), all(table.get())) << "each value once";
    SRowSet* rows = nullptr;
    LONG sought = 0;
    EXPECT_HR(S_OK, seek(BOOKMARK_BEGINNING, 1, sought));
    ASSERT_HR(S_OK, table->QueryRows(2, 0, &rows));
    ASSERT_EQ(2u, rows->cRows);
    const auto value = [&](ULONG row, ULONG column) { return rows->aRow[row].lpProps[column]; };
    EXPECT_EQ(PROP_TAG(PT_UNICODE, PROP_ID(kWords)), value(0, 1).ulPropTag);
    EXPECT_EQ('r', value(0, 1).Value.lpszW[0]);
    EXPECT_EQ('b', value(1, 1).Value.lpszW[0]);
    const SBinary a = value(0, 2).Value.bin, b = value(1, 2).Value.bin;
    EXPECT_FALSE(a.cb == b.cb && std::equal(a.lpb, a.lpb + a.cb, b.lpb)) << "keys are unique";
    for (ULONG i = 0; i < 2; ++i) CountedMemory::free(rows->aRow[i].lpProps);
    CountedMemory::free(rows);
    EXPECT_HR(S_OK, sort(table.get(), {{instance, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{10, 10, 30, 40, 20}), all(table.get()));
    some.pop_back();
    some.push_back(REMAPI_W("green"));
    EXPECT_HR(S_OK, put({number(kId, 40), words(some)}));
    EXPECT_EQ((Ids{10, 40, 40, 10, 40, 30, 20}), all(table.get()));
    EXPECT_HR(S_OK, remove(40));
    EXPECT_EQ((Ids{10, 10, 30, 20}), all(table.get()));
}

}  // namespace
}  // namespace remapi::test
