// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/notify/callback_sink.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"
#include "object/table/table_data.h"
#include "object/util/calls.h"
#include "port/thread.h"

namespace remapi::object {
namespace {

constexpr ULONG kId = PR_ROWID;
constexpr ULONG kName = PR_DISPLAY_NAME_W;

PropertyBag row(int id, const WideChar* name) {
    return {{kId, id}, {kName, name}};
}

/// One event as a test wants to see it.
struct Seen {
    ULONG event;
    std::optional<RowKey> index;
    std::optional<RowKey> prior;
    ULONG values;
    friend bool operator==(const Seen&, const Seen&) = default;
};

std::optional<RowKey> key_in(const SPropValue& value) {
    if (value.ulPropTag != PR_INSTANCE_KEY) return std::nullopt;
    return row_key_of(view_bytes(value.Value.bin));
}

class MemoryTableTest : public testing::Test {
protected:
    void SetUp() override {
        m_objects = com::live_objects();
        m_blocks = memory::live_buffers();
        data = std::make_shared<TableData>(std::vector<ULONG>{kId, kName});
        for (const auto& [id, name] :
             {std::pair{3, REMAPI_W("cherry")}, std::pair{1, REMAPI_W("Apple")},
              std::pair{4, REMAPI_W("apple")}, std::pair{2, REMAPI_W("banana")}}) {
            keys.push_back(data->add(row(id, name)));
        }
        table = data->open_view(MAPI_UNICODE);
    }
    void TearDown() override {
        table.reset();
        data.reset();
        EXPECT_EQ(m_objects, com::live_objects());
        EXPECT_EQ(m_blocks, memory::live_buffers());
    }

    std::vector<int> read(LONG count, ULONG flags = 0) {
        RowSet rows;
        EXPECT_EQ(S_OK, table->QueryRows(count, flags, rows.put()));
        std::vector<int> ids;
        for (ULONG i = 0; i < rows.size(); ++i) ids.push_back(rows[i].lpProps[0].Value.l);
        return ids;
    }
    std::vector<int> all() {
        EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
        return read(1000);
    }
    HRESULT sort(std::initializer_list<SSortOrder> sorts, ULONG categories = 0) {
        auto order = Buffer<SSortOrderSet>::allocate_bytes(offsetof(SSortOrderSet, aSort) +
                                                           sorts.size() * sizeof(SSortOrder));
        order->cSorts = static_cast<ULONG>(sorts.size());
        order->cCategories = categories;
        std::copy(sorts.begin(), sorts.end(), order->aSort);
        return table->SortTable(order.get(), 0);
    }
    Restriction where(ULONG relop, PropValue value) {
        Restriction result;
        result.kind = RES_PROPERTY;
        result.operation = relop;
        result.tag = value.tag();
        result.value = std::move(value);
        return result;
    }
    HRESULT restrict_to(const Restriction& restriction) {
        return table->Restrict(pack(restriction).get(), 0);
    }
    HRESULT find(const Restriction& restriction, BOOKMARK origin, ULONG flags = 0) {
        return table->FindRow(pack(restriction).get(), origin, flags);
    }
    ULONG position() {
        ULONG at = 0, numerator = 0, denominator = 0;
        EXPECT_EQ(S_OK, table->QueryPosition(&at, &numerator, &denominator));
        return at;
    }
    ULONG_PTR listen() {
        ULONG_PTR connection = 0;
        const auto sink = com::make<CallbackSink>([this](const NOTIFICATION* events, ULONG count) {
            for (ULONG i = 0; i < count; ++i) {
                const TABLE_NOTIFICATION& t = events[i].info.tab;
                seen.push_back(
                    {t.ulTableEvent, key_in(t.propIndex), key_in(t.propPrior), t.row.cValues});
            }
        });
        EXPECT_EQ(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
        return connection;
    }

    std::shared_ptr<TableData> data;
    std::vector<RowKey> keys;
    com::Ptr<IMAPITable> table;
    std::vector<Seen> seen;

private:
    long m_objects = 0;
    std::size_t m_blocks = 0;
};

using Ids = std::vector<int>;

TEST_F(MemoryTableTest, RowsComeInTheirOwnOrderUntilTheEnd) {
    EXPECT_EQ((Ids{3, 1}), read(2));
    EXPECT_EQ((Ids{4, 2}), read(10));
    EXPECT_EQ(Ids{}, read(10));
    ULONG count = 0;
    EXPECT_EQ(S_OK, table->GetRowCount(0, &count));
    EXPECT_EQ(4u, count);
}

TEST_F(MemoryTableTest, ANegativeCountReadsForwardFromBefore) {
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 3, nullptr));
    EXPECT_EQ((Ids{1, 4}), read(-2, TBL_NOADVANCE));
    EXPECT_EQ(1u, position());
    EXPECT_EQ((Ids{3}), read(-5));
    EXPECT_EQ(1u, position());
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
    EXPECT_EQ(Ids{}, read(-1));
}

TEST_F(MemoryTableTest, WithoutAdvanceThePositionStays) {
    EXPECT_EQ((Ids{3, 1}), read(2, TBL_NOADVANCE));
    EXPECT_EQ(0u, position());
    SRowSet* rows = nullptr;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, table->QueryRows(0, 0, &rows));
}

TEST_F(MemoryTableTest, SeekingStopsAtBothEnds) {
    LONG sought = 0;
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 3, &sought));
    EXPECT_EQ(3, sought);
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_CURRENT, 5, &sought));
    EXPECT_EQ(1, sought);
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_END, -9, &sought));
    EXPECT_EQ(-4, sought);
    EXPECT_EQ(0u, position());
    EXPECT_EQ(MAPI_E_INVALID_BOOKMARK, table->SeekRow(77, 0, nullptr));
    EXPECT_EQ(S_OK, table->SeekRowApprox(1, 2));
    EXPECT_EQ(2u, position());
    EXPECT_EQ(S_OK, table->SeekRowApprox(3, 3));
    EXPECT_EQ(4u, position());
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, table->SeekRowApprox(0, 0));
}

TEST_F(MemoryTableTest, ColumnsDecideWhatARowHolds) {
    const TagArray columns{PR_INSTANCE_KEY, PR_DISPLAY_NAME_A, PR_NULL, PR_SUBJECT_W};
    EXPECT_EQ(S_OK, table->SetColumns(columns.get(), TBL_BATCH));
    RowSet rows;
    ASSERT_EQ(S_OK, table->QueryRows(1, 0, rows.put()));
    ASSERT_EQ(4u, rows[0].cValues);
    const SPropValue* values = rows[0].lpProps;
    EXPECT_EQ(keys[0], *key_in(values[0]));
    EXPECT_STREQ("cherry", values[1].Value.lpszA);
    EXPECT_EQ(PR_NULL, values[2].ulPropTag);
    EXPECT_EQ(CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_ERROR), values[3].ulPropTag);
    EXPECT_EQ(MAPI_E_NOT_FOUND, values[3].Value.err);

    Buffer<SPropTagArray> now;
    EXPECT_EQ(S_OK, table->QueryColumns(0, now.put()));
    EXPECT_EQ(4u, now->cValues);
    EXPECT_EQ(S_OK, table->QueryColumns(TBL_ALL_COLUMNS, now.put()));
    EXPECT_EQ(3u, now->cValues);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, table->SetColumns(nullptr, 0));
}

TEST_F(MemoryTableTest, AnAnsiViewHasAnsiColumns) {
    table = data->open_view(0);
    RowSet rows;
    ASSERT_EQ(S_OK, table->QueryRows(1, 0, rows.put()));
    EXPECT_EQ(PR_DISPLAY_NAME_A, rows[0].lpProps[1].ulPropTag);
}

TEST_F(MemoryTableTest, SortsByManyKeysAndStartsOver) {
    read(2);
    EXPECT_EQ(S_OK, sort({{kName, TABLE_SORT_ASCEND}, {kId, TABLE_SORT_DESCEND}}));
    EXPECT_EQ(0u, position());
    EXPECT_EQ((Ids{4, 1, 2, 3}), read(9));
    Buffer<SSortOrderSet> order;
    EXPECT_EQ(S_OK, table->QuerySortOrder(order.put()));
    ASSERT_EQ(2u, order->cSorts);
    const std::span<const SSortOrder> sorts(order->aSort, order->cSorts);
    EXPECT_EQ(kName, sorts[0].ulPropTag);
    EXPECT_EQ(TABLE_SORT_DESCEND, sorts[1].ulOrder);
    EXPECT_EQ(S_OK, sort({}));
    EXPECT_EQ((Ids{3, 1, 4, 2}), all());
}

TEST_F(MemoryTableTest, WhatCannotBeSortedIsTooComplex) {
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, sort({{kName, TABLE_SORT_COMBINE}}));
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, sort({{PR_ATTACH_DATA_OBJ, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{3, 1, 4, 2}), all());
}

TEST_F(MemoryTableTest, ARowWithoutTheKeyComesLastInBothDirections) {
    data->add({{kId, 9}});
    EXPECT_EQ(S_OK, sort({{kName, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{1, 4, 2, 3, 9}), all());
    EXPECT_EQ(S_OK, sort({{kName, TABLE_SORT_DESCEND}}));
    EXPECT_EQ((Ids{3, 2, 1, 4, 9}), all());
}

TEST_F(MemoryTableTest, RestrictionsFilterAndGoAway) {
    EXPECT_EQ(S_OK, restrict_to(where(RELOP_GE, PropValue(kId, 3))));
    EXPECT_EQ((Ids{3, 4}), all());
    ULONG count = 0;
    EXPECT_EQ(S_OK, table->GetRowCount(0, &count));
    EXPECT_EQ(2u, count);
    EXPECT_EQ(S_OK, table->Restrict(nullptr, 0));
    EXPECT_EQ((Ids{3, 1, 4, 2}), all());
}

TEST_F(MemoryTableTest, ABadRestrictionLeavesTheViewAlone) {
    EXPECT_EQ(S_OK, restrict_to(where(RELOP_GE, PropValue(kId, 3))));
    Restriction inner = where(RELOP_EQ, PropValue(kId, 1));
    Restriction sub;
    sub.kind = RES_SUBRESTRICTION;
    sub.tag = PR_MESSAGE_RECIPIENTS;
    sub.children = {inner};
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, restrict_to(sub));
    EXPECT_EQ((Ids{3, 4}), all());
}

TEST_F(MemoryTableTest, FindsForwardAndBackward) {
    const Restriction apple = where(RELOP_EQ, PropValue(kName, REMAPI_W("APPLE")));
    EXPECT_EQ(S_OK, find(apple, BOOKMARK_BEGINNING));
    EXPECT_EQ(1u, position());
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_CURRENT, 1, nullptr));
    EXPECT_EQ(S_OK, find(apple, BOOKMARK_CURRENT));
    EXPECT_EQ(2u, position());
    EXPECT_EQ(S_OK, find(apple, BOOKMARK_CURRENT, DIR_BACKWARD));
    EXPECT_EQ(1u, position());
    EXPECT_EQ(S_OK, find(apple, BOOKMARK_END, DIR_BACKWARD));
    EXPECT_EQ(2u, position());
    EXPECT_EQ(MAPI_E_NOT_FOUND, find(where(RELOP_EQ, PropValue(kId, 99)), BOOKMARK_BEGINNING));
    EXPECT_EQ(2u, position());
    EXPECT_EQ(MAPI_E_NOT_FOUND, find(apple, BOOKMARK_BEGINNING, DIR_BACKWARD));
}

TEST_F(MemoryTableTest, ASubobjectIsTooComplexToFindWhateverElseIsAsked) {
    Restriction sub;
    sub.kind = RES_SUBRESTRICTION;
    sub.tag = PR_MESSAGE_RECIPIENTS;
    sub.children = {where(RELOP_EQ, PropValue(kId, 1))};
    Restriction both;
    both.kind = RES_AND;
    both.children = {sub, where(RELOP_EQ, PropValue(kId, 99))};
    EXPECT_EQ(S_OK, sort({{kId, TABLE_SORT_ASCEND}}));
    EXPECT_EQ(MAPI_E_TOO_COMPLEX, find(both, BOOKMARK_BEGINNING));
}

TEST_F(MemoryTableTest, FindsByInstanceKey) {
    EXPECT_EQ(S_OK, find(where(RELOP_EQ, instance_key(keys[2])), BOOKMARK_BEGINNING));
    EXPECT_EQ((Ids{4}), read(1));
    EXPECT_EQ(MAPI_E_NOT_FOUND, find(where(RELOP_EQ, instance_key(999)), BOOKMARK_BEGINNING));
}

TEST_F(MemoryTableTest, BookmarksFollowTheirRow) {
    BOOKMARK bookmark = 0;
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 2, nullptr));
    EXPECT_EQ(S_OK, table->CreateBookmark(&bookmark));
    data->remove(keys[0]);
    EXPECT_EQ(S_OK, table->SeekRow(bookmark, 0, nullptr));
    EXPECT_EQ((Ids{4}), read(1));
    data->remove(keys[2]);
    EXPECT_EQ(MAPI_W_POSITION_CHANGED, table->SeekRow(bookmark, 0, nullptr));
    EXPECT_EQ(S_OK, table->SeekRow(bookmark, 0, nullptr));
    EXPECT_EQ((Ids{2}), read(1));
    EXPECT_EQ(S_OK, table->FreeBookmark(bookmark));
    EXPECT_EQ(MAPI_E_INVALID_BOOKMARK, table->FreeBookmark(bookmark));
    EXPECT_EQ(S_OK, table->FreeBookmark(BOOKMARK_END));
    EXPECT_EQ(MAPI_E_INVALID_BOOKMARK, table->SeekRow(bookmark, 0, nullptr));
}

TEST_F(MemoryTableTest, ABookmarkFollowsARowThatIsSortedElsewhere) {
    EXPECT_EQ(S_OK, sort({{kId, TABLE_SORT_ASCEND}}));
    EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 1, nullptr));
    BOOKMARK bookmark = 0;
    EXPECT_EQ(S_OK, table->CreateBookmark(&bookmark));
    data->modify(keys[3], row(8, REMAPI_W("banana")));
    EXPECT_EQ(S_OK, table->SeekRow(bookmark, 0, nullptr));
    EXPECT_EQ((Ids{8}), read(1));
    EXPECT_EQ((Ids{1, 3, 4, 8}), all());
}

TEST_F(MemoryTableTest, ChangesAreToldWithIndexAndPrior) {
    EXPECT_EQ(S_OK, sort({{kId, TABLE_SORT_ASCEND}}));
    const ULONG_PTR connection = listen();
    const RowKey added = data->add(row(0, REMAPI_W("zero")));
    const RowKey last = data->add(row(7, REMAPI_W("seven")));
    data->modify(keys[0], row(9, REMAPI_W("nine")));
    data->remove(keys[1]);
    const std::vector<Seen> expected = {{TABLE_ROW_ADDED, added, std::nullopt, 2},
                                        {TABLE_ROW_ADDED, last, keys[2], 2},
                                        {TABLE_ROW_MODIFIED, keys[0], last, 2},
                                        {TABLE_ROW_DELETED, keys[1], std::nullopt, 0}};
    EXPECT_EQ(expected, seen);
    EXPECT_EQ((Ids{0, 2, 4, 7, 9}), all());
    EXPECT_EQ(S_OK, table->Unadvise(connection));
    data->add(row(5, REMAPI_W("five")));
    EXPECT_EQ(expected, seen);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, table->Unadvise(connection));
}

TEST_F(MemoryTableTest, HiddenRowsAreNeverTold) {
    EXPECT_EQ(S_OK, restrict_to(where(RELOP_GE, PropValue(kId, 3))));
    listen();
    const RowKey hidden = data->add(row(0, REMAPI_W("zero")));
    data->modify(hidden, row(6, REMAPI_W("six")));
    data->modify(keys[0], row(2, REMAPI_W("two")));
    const std::vector<Seen> expected = {{TABLE_ROW_ADDED, hidden, keys[2], 2},
                                        {TABLE_ROW_DELETED, keys[0], std::nullopt, 0}};
    EXPECT_EQ(expected, seen);
    EXPECT_EQ((Ids{4, 6}), all());
}

TEST_F(MemoryTableTest, ReplacingAllRowsReloads) {
    listen();
    data->replace_all({row(5, REMAPI_W("five"))});
    EXPECT_EQ((std::vector<Seen>{{TABLE_RELOAD, std::nullopt, std::nullopt, 0}}), seen);
    EXPECT_EQ((Ids{5}), all());
}

TEST_F(MemoryTableTest, AReaderAtTheEndReadsWhatIsAddedThere) {
    EXPECT_EQ(4u, read(10).size());
    data->add(row(5, REMAPI_W("five")));
    EXPECT_EQ((Ids{5}), read(10));
}

TEST_F(MemoryTableTest, ARowInsertedBeforeMovesThePosition) {
    EXPECT_EQ((Ids{3, 1}), read(2));
    data->insert(1, row(8, REMAPI_W("eight")));
    EXPECT_EQ((Ids{4, 2}), read(10));
    EXPECT_EQ((Ids{3, 8, 1, 4, 2}), all());
}

TEST_F(MemoryTableTest, ASinkMayCallTheTable) {
    ULONG count = 0;
    ULONG_PTR connection = 0;
    const auto sink = com::make<CallbackSink>(
        [&](const NOTIFICATION*, ULONG) { EXPECT_EQ(S_OK, table->GetRowCount(0, &count)); });
    EXPECT_EQ(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    data->add(row(5, REMAPI_W("five")));
    EXPECT_EQ(5u, count);
    EXPECT_EQ(S_OK, table->Unadvise(connection));
}

TEST_F(MemoryTableTest, ThreadsMayChangeAndReadAtOnce) {
    listen();
    EXPECT_EQ(S_OK, sort({{kId, TABLE_SORT_ASCEND}}));
    port::Thread writer;
    ASSERT_TRUE(writer.start([this] {
        for (int i = 0; i < 200; ++i) {
            const RowKey key = data->add(row(100 + i, REMAPI_W("more")));
            if (i % 2 == 0) data->remove(key);
        }
    }));
    for (int i = 0; i < 200; ++i) {
        RowSet rows;
        EXPECT_EQ(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
        EXPECT_EQ(S_OK, table->QueryRows(1000, 0, rows.put()));
        EXPECT_GE(rows.size(), 4u);
    }
    writer.join();
    const std::vector<int> ids = all();
    EXPECT_EQ(104u, ids.size());
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(300u, seen.size());
}

TEST_F(MemoryTableTest, EqualRowsStayAsTheyCameWhenTheyAreSortedAgain) {
    EXPECT_EQ(S_OK, sort({{kName, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{1, 4, 2, 3}), all());
    data->remove(keys[0]);
    data->add(row(9, REMAPI_W("APPLE")));
    EXPECT_EQ((Ids{1, 4, 9, 2}), all());
    EXPECT_EQ(S_OK, sort({{kName, TABLE_SORT_ASCEND}}));
    EXPECT_EQ((Ids{1, 4, 9, 2}), all());
}

TEST_F(MemoryTableTest, AnIndexColumnNamesRowsInNotifications) {
    const auto indexed = std::make_shared<TableData>(std::vector<ULONG>{kId, kName}, kId);
    const auto view = indexed->open_view(MAPI_UNICODE);
    std::vector<std::pair<ULONG, LONG>> told;
    const auto sink = com::make<CallbackSink>([&](const NOTIFICATION* events, ULONG) {
        told.emplace_back(events->info.tab.propIndex.ulPropTag, events->info.tab.propIndex.Value.l);
    });
    ULONG_PTR connection = 0;
    EXPECT_EQ(S_OK, view->Advise(fnevTableModified, sink.get(), &connection));
    indexed->add(row(12, REMAPI_W("x")));
    indexed->remove(*indexed->find(PropValue(kId, 12)));
    const std::vector<std::pair<ULONG, LONG>> expected = {{kId, 12}, {kId, 12}};
    EXPECT_EQ(expected, told);
}

TEST_F(MemoryTableTest, QueryAllRowsReadsSortsAndFilters) {
    const Restriction from_two = where(RELOP_GE, PropValue(kId, 2));
    const std::vector<PropertyBag> rows =
        query_all_rows(table.get(), {{kId, PR_SUBJECT_W}, &from_two, {{kId, true}}, 2});
    EXPECT_EQ((std::vector<PropertyBag>{{{kId, 4}}, {{kId, 3}}}), rows);
}

TEST_F(MemoryTableTest, QueryRowSetRefusesTooManyRows) {
    EXPECT_EQ(4u, query_row_set(table.get()).size());
    RowQuery query;
    query.limit = 3;
    try {
        query_row_set(table.get(), query);
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(MAPI_E_TABLE_TOO_BIG, error.code());
    }
}

/// A provider that gives rows only when asked, and counts.
class AskedSource final : public TableSource {
public:
    std::vector<RowKey> keys() override { return {1, 2, 3}; }
    RowPtr row(RowKey key) override {
        ++asked;
        return std::make_shared<const PropertyBag>(PropertyBag{{kId, static_cast<int>(key)}});
    }
    std::vector<ULONG> default_columns() const override { return {kId}; }
    std::optional<std::vector<RowKey>> select(const Restriction*,
                                              std::span<const SortKey> order) override {
        if (order.empty()) return std::nullopt;
        return std::vector<RowKey>{3, 2, 1};
    }
    int asked = 0;
};

TEST(TableSource, RowsAreAskedForOnlyWhenRead) {
    const auto source = std::make_shared<AskedSource>();
    const auto view = source->open_view(0);
    ULONG count = 0;
    EXPECT_EQ(S_OK, view->GetRowCount(0, &count));
    EXPECT_EQ(3u, count);
    EXPECT_EQ(0, source->asked);
    RowSet rows;
    EXPECT_EQ(S_OK, view->QueryRows(2, 0, rows.put()));
    EXPECT_EQ(2, source->asked);
}

TEST(TableSource, ASourceMaySortByItself) {
    const auto source = std::make_shared<AskedSource>();
    const auto view = source->open_view(0);
    const std::vector<PropertyBag> rows =
        query_all_rows(view.get(), {{}, nullptr, {{kId, true}}, 0});
    EXPECT_EQ(3, rows.at(0).number(kId));
    EXPECT_EQ(3, source->asked);
}

TEST(MakeTable, IsATableOfItsOwn) {
    const auto table = make_table({kId}, {row(1, REMAPI_W("a")), row(2, REMAPI_W("b"))}, 0);
    EXPECT_EQ(2u, query_all_rows(table.get()).size());
}

}  // namespace
}  // namespace remapi::object
