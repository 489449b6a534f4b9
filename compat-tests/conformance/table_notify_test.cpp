// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapitable-advise.md, mapi/imapitable-unadvise.md, mapi/table_notification.md,
/// mapi/itabledata-hrnotify.md, mapi/itabledata-hrmodifyrows.md
class TableNotify : public TableFixture {
protected:
    using Events = std::vector<Told>;

    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        for (const LONG id : {3, 1, 4}) put(id, REMAPI_W("name"));
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    HRESULT put_many(LONG first, ULONG how_many) {
        std::vector<SPropValue> values;
        for (ULONG i = 0; i < how_many; ++i) {
            values.push_back(number(kId, first + static_cast<LONG>(i)));
        }
        SizedSRowSet(16, rows) = {};
        rows.cRows = how_many;
        for (ULONG i = 0; i < how_many; ++i) rows.aRow[i] = {0, 1, &values[i]};
        return data->HrModifyRows(0, reinterpret_cast<LPSRowSet>(&rows));
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableNotify, EveryChangeIsToldWithTheRowAndTheOneBefore) {
    const auto sink = listen(table.get());
    put(9, REMAPI_W("nine"));
    put(1, REMAPI_W("one"));
    put(3, REMAPI_W("three"));
    remove(4);
    EXPECT_EQ((Events{{TABLE_ROW_ADDED, 9, 4, 3},
                      {TABLE_ROW_MODIFIED, 1, 3, 3},
                      {TABLE_ROW_MODIFIED, 3, -1, 3},
                      {TABLE_ROW_DELETED, 4, -1, 0}}),
              sink->told);
}

TEST_F(TableNotify, InASortedViewTheRowBeforeIsTheOneInThatOrder) {
    ASSERT_HR(S_OK, sort(table.get(), {{kRank, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_ASCEND}}));
    const auto sink = listen(table.get());
    put(2, REMAPI_W("two"));
    put(1, REMAPI_W("one"), 5);
    put(3, REMAPI_W("three"), -5);
    EXPECT_EQ((Events{{TABLE_ROW_ADDED, 2, 1, 3},
                      {TABLE_ROW_MODIFIED, 1, 4, 3},
                      {TABLE_ROW_MODIFIED, 3, -1, 3}}),
              sink->told);
}

TEST_F(TableNotify, RowsThatARestrictionHidesAreNeverTold) {
    const SPropValue three = number(kRank, 3);
    SRestriction restriction = where(RELOP_GE, three);
    ASSERT_HR(S_OK, table->Restrict(&restriction, 0));
    const auto sink = listen(table.get());
    put(7, REMAPI_W("hidden"), 1);
    put(1, REMAPI_W("hidden"), 2);
    remove(4);
    EXPECT_EQ(Events{}, sink->told);
    put(1, REMAPI_W("appears"), 3);
    put(3, REMAPI_W("appears"), 4);
    put(1, REMAPI_W("goes"), 0);
    EXPECT_EQ((Events{{TABLE_ROW_ADDED, 1, -1, 3},
                      {TABLE_ROW_ADDED, 3, -1, 3},
                      {TABLE_ROW_DELETED, 1, -1, 0}}),
              sink->told);
}

TEST_F(TableNotify, UpToEightRowsAreToldOneByOneMoreAsOneChange) {
    const auto sink = listen(table.get());
    EXPECT_HR(S_OK, put_many(100, 8));
    EXPECT_EQ(8u, sink->told.size());
    sink->told.clear();
    EXPECT_HR(S_OK, put_many(100, 9));
    EXPECT_EQ((Events{{TABLE_CHANGED, -1, -1, 0}}), sink->told);
    EXPECT_EQ(12u, count(table.get()));
}

TEST_F(TableNotify, DeletingAllRowsReloads) {
    const auto sink = listen(table.get());
    ULONG deleted = 0;
    EXPECT_HR(S_OK, data->HrDeleteRows(TAD_ALL_ROWS, nullptr, &deleted));
    EXPECT_EQ((Events{{TABLE_RELOAD, -1, -1, 0}}), sink->told);
    EXPECT_EQ(0u, count(table.get()));
}

TEST_F(TableNotify, ARowIsToldOnRequestThoughItHasNotChanged) {
    const auto sink = listen(table.get());
    SPropValue values[] = {text(kName, REMAPI_W("x")), number(kId, 1)};
    EXPECT_HR(S_OK, data->HrNotify(0, 2, values));
    EXPECT_EQ((Events{{TABLE_ROW_MODIFIED, 1, 3, 3}}), sink->told);
    values[1] = number(kId, 99);
    EXPECT_HR(MAPI_E_NOT_FOUND, data->HrNotify(0, 2, values));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrNotify(0, 1, values));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrNotify(0, 0, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, data->HrNotify(1, 2, values));
    EXPECT_EQ(1u, sink->told.size());
}

TEST_F(TableNotify, AFailedChangeIsNotTold) {
    const auto sink = listen(table.get());
    EXPECT_HR(MAPI_E_NOT_FOUND, remove(99));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, put({number(kRank, 1)}));
    EXPECT_EQ(Events{}, sink->told);
    put(99, REMAPI_W("x"));
    EXPECT_EQ(1u, sink->told.size());
}

TEST_F(TableNotify, OnlyWhatIsAskedForIsToldAndOnlyUntilUnadvise) {
    const auto wrong = com::make<RecordingSink>();
    const auto right = com::make<RecordingSink>();
    ULONG_PTR first = 0, second = 0;
    EXPECT_HR(S_OK, table->Advise(fnevNewMail, wrong.get(), &first));
    EXPECT_HR(S_OK, table->Advise(fnevTableModified, right.get(), &second));
    EXPECT_NE(first, second);
    put(5, REMAPI_W("x"));
    EXPECT_HR(S_OK, table->Unadvise(second));
    put(6, REMAPI_W("x"));
    EXPECT_EQ(0u, wrong->told.size());
    EXPECT_EQ(1u, right->told.size());
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->Unadvise(second));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->Advise(fnevTableModified, nullptr, &first));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, table->Advise(fnevTableModified, right.get(), nullptr));
}

TEST_F(TableNotify, EveryViewIsToldInItsOwnColumns) {
    const auto other = view();
    ASSERT_HR(S_OK, columns(other.get(), {kName}));
    const auto sink = listen(table.get());
    const auto other_sink = listen(other.get());
    put(5, REMAPI_W("x"));
    EXPECT_EQ((Events{{TABLE_ROW_ADDED, 5, 4, 3}}), sink->told);
    EXPECT_EQ((Events{{TABLE_ROW_ADDED, 5, 4, 1}}), other_sink->told);
}

TEST_F(TableNotify, EachRowForOneOfManyValuesIsTold) {
    ASSERT_HR(S_OK, columns(table.get(), {kId, kWords | MVI_FLAG}));
    const auto sink = listen(table.get());
    std::vector<const WCHAR*> some = {REMAPI_W("a"), REMAPI_W("b")};
    put({number(kId, 5), words(some)});
    ASSERT_EQ(2u, sink->told.size());
    EXPECT_EQ(TABLE_ROW_ADDED, sink->told[1].event);
    some.pop_back();
    put({number(kId, 5), words(some)});
    ASSERT_EQ(4u, sink->told.size());
    EXPECT_EQ(TABLE_ROW_DELETED, sink->told[2].event);
    EXPECT_EQ(TABLE_ROW_MODIFIED, sink->told[3].event);
}

}  // namespace
}  // namespace remapi::test
