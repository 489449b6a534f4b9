// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Views that follow single changes show what a view shows that is sorted anew: for every kind of
// key, up and down, with many equal and absent values.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "object/notify/callback_sink.h"
#include "object/props/tag_array.h"
#include "object/table/table_data.h"
#include "object/util/calls.h"
#include "port/thread.h"

namespace remapi::object {
namespace {

constexpr ULONG kFollowedId = PR_ROWID;
using Random = std::mt19937;
using Keys = std::vector<RowKey>;

/// A column that is sorted by, and where its values come from; nullopt: absent.
struct KeyColumn {
    const char* name;
    ULONG tag;
    PropValue (*value)(Random& random);
};

String some_text(Random& random) {
    static const WideChar* const kWords[] = {
        REMAPI_W("re: "),      REMAPI_W("Re: "),   REMAPI_W("report"),     REMAPI_W("REPORT"),
        REMAPI_W("caf\u00E9"), REMAPI_W("cafe"),   REMAPI_W("cafe\u0301"), REMAPI_W("Stra\u00DFe"),
        REMAPI_W("\u0416uk"),  REMAPI_W("\u00FF"), REMAPI_W("\uFFFD"),     REMAPI_W("a"),
        REMAPI_W(" "),         REMAPI_W("budget"), REMAPI_W("Budget1"),    REMAPI_W("")};
    String text;
    // Some that have more in common than a prefix holds.
    for (std::uint32_t common = random() % 4 * 8; common > 0; --common) text += kWords[common % 4];
    for (std::uint32_t words = random() % 4; words > 0; --words) {
        text += kWords[random() % std::size(kWords)];
    }
    return text;
}

Bytes some_bytes(Random& random) {
    Bytes bytes(random() % 3 == 0 ? 20 + random() % 20 : random() % 11);
    for (std::size_t i = bytes.size() < 20 ? 0 : 20; i < bytes.size(); ++i) {
        bytes[i] = random() % 3 == 0 ? 0xFF : 0;
    }
    return bytes;
}

double some_real(Random& random) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    constexpr double kReals[] = {0.0,  -0.0, 1.5,       -1.5,
                                 1e99, -1e9, kInfinity, std::numeric_limits<double>::quiet_NaN()};
    return kReals[random() % std::size(kReals)];
}

std::int64_t some_wide(Random& random) {
    constexpr std::int64_t kNumbers[] = {0,
                                         1,
                                         -1,
                                         7,
                                         std::numeric_limits<std::int64_t>::max(),
                                         std::numeric_limits<std::int64_t>::min()};
    return kNumbers[random() % std::size(kNumbers)];
}

const KeyColumn kColumns[] = {
    {"Long", PR_MESSAGE_SIZE,
     [](Random& random) {
         return PropValue(PR_MESSAGE_SIZE, static_cast<std::int32_t>(random() % 20) - 10);
     }},
    {"Short", PROP_TAG(PT_I2, 0x6601),
     [](Random& random) {
         return PropValue(PROP_TAG(PT_I2, 0x6601), static_cast<std::int32_t>(random() % 5) - 2);
     }},
    {"Wide", PROP_TAG(PT_I8, 0x6602),
     [](Random& random) { return PropValue(PROP_TAG(PT_I8, 0x6602), some_wide(random)); }},
    {"Currency", PROP_TAG(PT_CURRENCY, 0x6603),
     [](Random& random) { return PropValue(PROP_TAG(PT_CURRENCY, 0x6603), some_wide(random)); }},
    {"Boolean", PR_HASATTACH, [](Random& random) { return PropValue(PR_HASATTACH, random() % 2); }},
    {"Time", PR_MESSAGE_DELIVERY_TIME,
     [](Random& random) { return PropValue(PR_MESSAGE_DELIVERY_TIME, some_wide(random)); }},
    {"Double", PROP_TAG(PT_DOUBLE, 0x6604),
     [](Random& random) { return PropValue(PROP_TAG(PT_DOUBLE, 0x6604), some_real(random)); }},
    {"Float", PROP_TAG(PT_R4, 0x6605),
     [](Random& random) {
         return PropValue(PROP_TAG(PT_R4, 0x6605), static_cast<float>(some_real(random)));
     }},
    {"Text", PR_SUBJECT_W,
     [](Random& random) { return PropValue(PR_SUBJECT_W, some_text(random)); }},
    {"NarrowText", PR_SUBJECT_A,
     [](Random& random) { return PropValue(PR_SUBJECT_A, some_text(random)); }},
    {"Binary", PR_SEARCH_KEY,
     [](Random& random) { return PropValue(PR_SEARCH_KEY, some_bytes(random)); }},
    {"Guid", PROP_TAG(PT_CLSID, 0x6606),
     [](Random& random) {
         GUID guid = {};
         guid.Data4[random() % 2] = static_cast<std::uint8_t>(random() % 3);
         return PropValue(PROP_TAG(PT_CLSID, 0x6606), PropValue::Data(guid));
     }},
    {"ManyNumbers", PROP_TAG(PT_MV_LONG, 0x6607), [](Random& random) {
         std::vector<std::int32_t> numbers(random() % 3);
         for (std::int32_t& number : numbers) number = static_cast<std::int32_t>(random() % 3);
         return PropValue(PROP_TAG(PT_MV_LONG, 0x6607), PropValue::Data(std::move(numbers)));
     }}};

/// Rows that come, go and change, and a view of them.
class Following {
public:
    Following() {
        const TagArray columns{kFollowedId, PR_INSTANCE_KEY, PR_ROW_TYPE, PR_DEPTH,
                               PR_CONTENT_COUNT};
        m_columns.assign(columns.get()->aulPropTag, columns.get()->aulPropTag + 5);
    }
    void add(PropertyBag row) {
        row.set(PropValue(kFollowedId, ++m_last));
        keys.push_back(data->add(std::move(row)));
    }
    void modify(std::size_t at, PropertyBag row) {
        row.set(PropValue(kFollowedId, ++m_last));
        data->modify(keys[at], std::move(row));
    }
    void remove(std::size_t at) {
        data->remove(keys[at]);
        keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(at));
    }
    com::Ptr<IMAPITable> open(const SSortOrderSet* order) const {
        auto view = data->open_view(MAPI_UNICODE);
        check(view->SetColumns(TagArray(m_columns).get(), 0), "SetColumns");
        if (order) check(view->SortTable(const_cast<SSortOrderSet*>(order), 0), "SortTable");
        return view;
    }
    /// What tells the rows of a view apart, headings too.
    std::vector<PropertyBag> shape_of(IMAPITable* view) const {
        std::vector<PropertyBag> rows = query_all_rows(view);
        for (PropertyBag& row : rows) row.remove(PR_INSTANCE_KEY);
        return rows;
    }

    std::shared_ptr<TableData> data = std::make_shared<TableData>(std::vector<ULONG>{kFollowedId});
    Keys keys;

private:
    std::vector<ULONG> m_columns;
    int m_last = 0;
};

Keys keys_of(IMAPITable* view) {
    Keys keys;
    for (const PropertyBag& row : query_all_rows(view)) {
        keys.push_back(row_key_of(row.bytes(PR_INSTANCE_KEY)).value_or(0));
    }
    return keys;
}

/// Puts the rows of a view in order by what its notifications say alone.
class Mirror {
public:
    explicit Mirror(IMAPITable* view) : m_view(view), m_keys(keys_of(view)) {
        const auto sink = com::make<CallbackSink>([this](const NOTIFICATION* events, ULONG count) {
            for (ULONG i = 0; i < count; ++i) follow(events[i].info.tab);
        });
        check(view->Advise(fnevTableModified, sink.get(), &m_connection), "Advise");
    }
    ~Mirror() { m_view->Unadvise(m_connection); }
    const Keys& keys() const { return m_keys; }

private:
    void follow(const TABLE_NOTIFICATION& event) {
        const RowKey key = *row_key_of(view_bytes(event.propIndex.Value.bin));
        std::erase(m_keys, key);
        if (event.ulTableEvent == TABLE_ROW_DELETED) return;
        auto place = m_keys.begin();
        if (event.propPrior.ulPropTag == PR_INSTANCE_KEY) {
            const auto prior = row_key_of(view_bytes(event.propPrior.Value.bin));
            place = std::find(m_keys.begin(), m_keys.end(), *prior) + 1;
        }
        m_keys.insert(place, key);
    }
    IMAPITable* m_view;
    Keys m_keys;
    ULONG_PTR m_connection = 0;
};

class SortedView : public testing::TestWithParam<std::tuple<KeyColumn, ULONG>> {
protected:
    PropertyBag some_row() {
        PropertyBag row;
        if (random() % 8 != 0) row.set(column.value(random));
        row.set(PropValue(PR_IMPORTANCE, random() % 2));
        return row;
    }
    /// One that comes or, in one case of two when there are many, one that goes.
    void add_or_remove() {
        const bool goes = rows.keys.size() > 200 ? random() % 2 == 0 : random() % 8 == 0;
        if (goes && !rows.keys.empty()) {
            rows.remove(random() % rows.keys.size());
        } else {
            rows.add(some_row());
        }
    }
    const KeyColumn column = std::get<0>(GetParam());
    SSortOrderSet order = {1, 0, 0, {{column.tag, std::get<1>(GetParam())}}};
    Random random{41};
    Following rows;
};

TEST_P(SortedView, ShowsRowsThatComeAndGoWhereSortingPutsThem) {
    const auto view = rows.open(&order);
    const auto told = rows.open(&order);
    Mirror mirror(told.get());
    for (int step = 0; step < 400; ++step) {
        add_or_remove();
        if (step % 80 != 0) continue;
        const auto fresh = rows.open(&order);
        ASSERT_EQ(rows.shape_of(fresh.get()), rows.shape_of(view.get()));
        ASSERT_EQ(keys_of(view.get()), mirror.keys());
        // Equal rows stay as they came, though numbers of rows that went were given to others.
        ASSERT_EQ(S_OK, view->SortTable(&order, 0));
        ASSERT_EQ(rows.shape_of(fresh.get()), rows.shape_of(view.get()));
    }
}

TEST_P(SortedView, MovesRowsThatChange) {
    const auto view = rows.open(&order);
    Mirror mirror(view.get());
    for (int i = 0; i < 150; ++i) rows.add(some_row());
    BOOKMARK bookmark = 0;
    ASSERT_EQ(S_OK, view->SeekRow(BOOKMARK_BEGINNING, 70, nullptr));
    ASSERT_EQ(S_OK, view->CreateBookmark(&bookmark));
    const RowKey marked = keys_of(view.get()).at(70);
    for (int step = 0; step < 300; ++step) {
        rows.modify(random() % rows.keys.size(), some_row());
        if (step % 30 != 0) continue;
        const Keys now = keys_of(view.get());
        ASSERT_EQ(now, mirror.keys());
        const Keys sorted = keys_of(rows.open(&order).get());
        ASSERT_EQ(sorted.size(), now.size());
        const SortKey key{stored_tag(column.tag), order.aSort[0].ulOrder == TABLE_SORT_DESCEND};
        for (std::size_t i = 0; i < now.size(); ++i) {
            const CompactRowPtr ours = rows.data->compact_row(now[i]);
            const CompactRowPtr expected = rows.data->compact_row(sorted[i]);
            ASSERT_EQ(0, compare_rows(std::span(&key, 1), *ours, *expected)) << "row " << i;
            if (i == 0) continue;
            const CompactRowPtr before = rows.data->compact_row(now[i - 1]);
            ASSERT_LE(compare_rows(std::span(&key, 1), *before, *ours), 0) << "row " << i;
        }
        ASSERT_EQ(S_OK, view->SeekRow(bookmark, 0, nullptr));
        ULONG at = 0, numerator = 0, denominator = 0;
        ASSERT_EQ(S_OK, view->QueryPosition(&at, &numerator, &denominator));
        ASSERT_EQ(marked, now.at(at));
    }
}

TEST_P(SortedView, FindsTheFirstRowThatHoldsToAValue) {
    for (int i = 0; i < 300; ++i) rows.add(some_row());
    const auto view = rows.open(&order);
    rows.remove(7);
    const Keys keys = keys_of(view.get());
    for (int step = 0; step < 60; ++step) {
        Restriction restriction;
        restriction.kind = RES_PROPERTY;
        restriction.operation = static_cast<ULONG>(step) % (RELOP_EQ + 1);
        restriction.tag = stored_tag(column.tag);
        const PropValue value = column.value(random);
        restriction.value = value.with_tag(restriction.tag);
        const auto first = std::find_if(keys.begin(), keys.end(), [&](RowKey key) {
            return matches(restriction, to_bag(*rows.data->compact_row(key)));
        });
        const HRESULT found = view->FindRow(pack(restriction).get(), BOOKMARK_BEGINNING, 0);
        ASSERT_EQ(first == keys.end() ? MAPI_E_NOT_FOUND : S_OK, found);
        if (first == keys.end()) continue;
        ULONG at = 0, numerator = 0, denominator = 0;
        ASSERT_EQ(S_OK, view->QueryPosition(&at, &numerator, &denominator));
        ASSERT_EQ(first - keys.begin(), static_cast<std::ptrdiff_t>(at)) << restriction.operation;
    }
}

TEST_P(SortedView, KeepsCategoriesAsSortingMakesThem) {
    SSortOrderSet categorized = {1, 1, 1, {{column.tag, std::get<1>(GetParam())}}};
    const auto view = rows.open(&categorized);
    ULONG count = 0;
    ASSERT_EQ(S_OK, view->GetRowCount(0, &count));
    for (int step = 0; step < 240; ++step) {
        add_or_remove();
        if (step % 80 != 0) continue;
        ASSERT_EQ(rows.shape_of(rows.open(&categorized).get()), rows.shape_of(view.get()));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Keys, SortedView,
    testing::Combine(testing::ValuesIn(kColumns),
                     testing::Values(ULONG{TABLE_SORT_ASCEND}, ULONG{TABLE_SORT_DESCEND})),
    [](const auto& parameter) {
        const bool descends = std::get<1>(parameter.param) == TABLE_SORT_DESCEND;
        return std::get<0>(parameter.param).name + std::string(descends ? "Down" : "Up");
    });

TEST(ViewChanges, RowsForEachValueAreKeptAsSortingMakesThem) {
    constexpr ULONG kMany = PROP_TAG(PT_MV_LONG, 0x6607);
    const SSortOrderSet order = {1, 0, 0, {{kMany | MVI_FLAG, TABLE_SORT_ASCEND}}};
    Random random(43);
    Following rows;
    const auto view = rows.open(&order);
    ULONG count = 0;
    ASSERT_EQ(S_OK, view->GetRowCount(0, &count));
    for (int step = 0; step < 600; ++step) {
        if (rows.keys.size() > 60 && random() % 2 == 0) {
            rows.remove(random() % rows.keys.size());
        } else {
            rows.add({kColumns[12].value(random)});
        }
        if (step % 20 != 0) continue;
        ASSERT_EQ(rows.shape_of(rows.open(&order).get()), rows.shape_of(view.get()));
    }
}

TEST(ViewChanges, NoChangeIsLostBetweenAdvisingAndReading) {
    const auto data = std::make_shared<TableData>(std::vector<ULONG>{kFollowedId});
    port::Thread writer;
    ASSERT_TRUE(writer.start([&data] {
        for (int i = 0; i < 2000; ++i) data->add({{kFollowedId, i}});
    }));
    struct Listener {
        com::Ptr<IMAPITable> view;
        std::atomic<std::size_t> told{0};
        ULONG read = 0;
        ULONG_PTR connection = 0;
    };
    std::vector<std::unique_ptr<Listener>> listeners;
    for (int i = 0; i < 60; ++i) {
        auto& one = *listeners.emplace_back(std::make_unique<Listener>());
        one.view = data->open_view(MAPI_UNICODE);
        EXPECT_EQ(S_OK, one.view->GetRowCount(0, &one.read));
        const auto sink = com::make<CallbackSink>(
            [&one](const NOTIFICATION*, ULONG count) { one.told += count; });
        EXPECT_EQ(S_OK, one.view->Advise(fnevTableModified, sink.get(), &one.connection));
        EXPECT_EQ(S_OK, one.view->GetRowCount(0, &one.read));
    }
    writer.join();
    for (const auto& one : listeners) {
        EXPECT_GE(one->told + one->read, 2000u) << "a row was neither read nor told";
        EXPECT_EQ(S_OK, one->view->Unadvise(one->connection));
    }
}

TEST(ViewChanges, ASecondKeyDecidesAmongEqualOnes) {
    // Through a buffer: the declared array has one element.
    const auto storage = std::make_unique<std::uint64_t[]>(CbNewSSortOrderSet(2) / 8 + 1);
    auto* const order = reinterpret_cast<SSortOrderSet*>(storage.get());
    order->cSorts = 2;
    SSortOrder* const sorts = order->aSort;
    sorts[0] = {PR_IMPORTANCE, TABLE_SORT_DESCEND};
    sorts[1] = {PR_SUBJECT_W, TABLE_SORT_ASCEND};
    Random random(47);
    Following rows;
    const auto view = rows.open(order);
    ULONG count = 0;
    ASSERT_EQ(S_OK, view->GetRowCount(0, &count));
    for (int step = 0; step < 600; ++step) {
        if (rows.keys.size() > 200) rows.remove(random() % rows.keys.size());
        PropertyBag row{{PR_IMPORTANCE, random() % 3}};
        if (random() % 8 != 0) row.set(PropValue(PR_SUBJECT_W, some_text(random)));
        rows.add(std::move(row));
        if (step % 40 != 0) continue;
        ASSERT_EQ(rows.shape_of(rows.open(order).get()), rows.shape_of(view.get()));
    }
}

}  // namespace
}  // namespace remapi::object
