// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Views over a source that hands out rows only when asked, as a provider's does.
#include <gtest/gtest.h>

#include <map>

#include "object/notify/callback_sink.h"
#include "object/props/abi_value.h"
#include "object/util/calls.h"

namespace remapi::object {
namespace {

constexpr ULONG kRank = PR_IMPORTANCE;
constexpr ULONG kLazyName = PR_DISPLAY_NAME_W;
using Keys = std::vector<RowKey>;

class ProviderSource final : public TableSource {
public:
    std::vector<RowKey> keys() override {
        Keys all;
        for (const auto& [key, row] : rows) all.push_back(key);
        return all;
    }
    RowPtr row(RowKey key) override {
        ++asked;
        const auto found = rows.find(key);
        return found == rows.end() ? nullptr : std::make_shared<const PropertyBag>(found->second);
    }
    std::vector<ULONG> default_columns() const override {
        return {PR_INSTANCE_KEY, kRank, kLazyName};
    }
    std::optional<std::vector<RowKey>> select(const Restriction*,
                                              std::span<const SortKey> order) override {
        if (!sorts_itself || order.empty()) return std::nullopt;
        std::multimap<std::int64_t, RowKey> sorted;
        for (const auto& [key, row] : rows) sorted.emplace(row.number(kRank), key);
        Keys result;
        for (const auto& [rank, key] : sorted) result.push_back(key);
        return result;
    }
    void put(RowKey key, int rank) {
        const bool is_new = !rows.contains(key);
        rows[key] = PropertyBag{{kRank, rank}, {kLazyName, REMAPI_W("name")}};
        is_new ? row_added(key) : row_modified(key);
    }
    void remove(RowKey key) {
        rows.erase(key);
        row_deleted(key);
    }

    std::map<RowKey, PropertyBag> rows;
    bool sorts_itself = false;
    int asked = 0;
};

class LazySource : public testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        source->sorts_itself = GetParam();
        for (const auto& [key, rank] : {std::pair{10, 3}, std::pair{20, 1}, std::pair{30, 2}}) {
            source->put(static_cast<RowKey>(key), rank);
        }
        view = source->open_view(MAPI_UNICODE);
    }
    void sort(ULONG categories = 0) {
        SSortOrderSet order = {1, categories, categories, {{kRank, TABLE_SORT_ASCEND}}};
        ASSERT_EQ(S_OK, view->SortTable(&order, 0));
    }
    Keys all() {
        Keys keys;
        for (const PropertyBag& row : query_all_rows(view.get())) {
            keys.push_back(row_key_of(row.bytes(PR_INSTANCE_KEY)).value_or(0));
        }
        return keys;
    }
    std::shared_ptr<ProviderSource> source = std::make_shared<ProviderSource>();
    com::Ptr<IMAPITable> view;
};

TEST_P(LazySource, ASortedViewFollowsItsSource) {
    sort();
    EXPECT_EQ((Keys{20, 30, 10}), all());
    std::vector<ULONG> told;
    const auto sink = com::make<CallbackSink>([&](const NOTIFICATION* events, ULONG) {
        told.push_back(events->info.tab.ulTableEvent);
        told.push_back(events->info.tab.row.cValues);
    });
    ULONG_PTR connection = 0;
    ASSERT_EQ(S_OK, view->Advise(fnevTableModified, sink.get(), &connection));
    ASSERT_EQ(S_OK, view->SeekRow(BOOKMARK_BEGINNING, 1, nullptr));
    BOOKMARK bookmark = 0;
    ASSERT_EQ(S_OK, view->CreateBookmark(&bookmark));
    source->put(40, 0);
    source->put(20, 9);
    source->remove(10);
    EXPECT_EQ((std::vector<ULONG>{TABLE_ROW_ADDED, 3, TABLE_ROW_MODIFIED, 3, TABLE_ROW_DELETED, 0}),
              told);
    EXPECT_EQ((Keys{40, 30, 20}), all());
    EXPECT_EQ(S_OK, view->SeekRow(bookmark, 0, nullptr));
    ULONG row = 0, numerator = 0, denominator = 0;
    EXPECT_EQ(S_OK, view->QueryPosition(&row, &numerator, &denominator));
    EXPECT_EQ(1u, row) << "the bookmark is still at its row";
    EXPECT_EQ(S_OK, view->Unadvise(connection));
}

TEST_P(LazySource, CategoriesAreMadeOfRowsThatAreNotHeld) {
    sort(1);
    ULONG count = 0;
    EXPECT_EQ(S_OK, view->GetRowCount(0, &count));
    EXPECT_EQ(6u, count);
    source->put(30, 1);
    EXPECT_EQ(S_OK, view->GetRowCount(0, &count));
    EXPECT_EQ(5u, count);
    source->remove(10);
    EXPECT_EQ(S_OK, view->GetRowCount(0, &count));
    EXPECT_EQ(3u, count);
}

TEST_P(LazySource, RowsAreFoundByAskingTheSource) {
    sort();
    Restriction restriction;
    restriction.kind = RES_CONTENT;
    restriction.operation = FL_PREFIX;
    restriction.tag = kLazyName;
    restriction.value = PropValue(kLazyName, REMAPI_W("na"));
    EXPECT_EQ(S_OK, view->FindRow(pack(restriction).get(), BOOKMARK_END, DIR_BACKWARD));
    ULONG row = 0, numerator = 0, denominator = 0;
    EXPECT_EQ(S_OK, view->QueryPosition(&row, &numerator, &denominator));
    EXPECT_EQ(2u, row);
    restriction.value = PropValue(kLazyName, REMAPI_W("other"));
    EXPECT_EQ(MAPI_E_NOT_FOUND, view->FindRow(pack(restriction).get(), BOOKMARK_BEGINNING, 0));
}

INSTANTIATE_TEST_SUITE_P(WhoSorts, LazySource, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& parameter) {
                             return parameter.param ? "TheSource" : "TheView";
                         });

}  // namespace
}  // namespace remapi::object
