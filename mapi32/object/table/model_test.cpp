// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Views of all sorts follow rows that come, go and change at random, and show what the model does.
#include <gtest/gtest.h>

#include <cstdio>

#include "format/hex.h"
#include "object/notify/callback_sink.h"
#include "object/props/tag_array.h"
#include "object/table/model_maker_test.h"
#include "object/table/table_data.h"
#include "object/util/calls.h"

namespace remapi::object::model {
namespace {

constexpr ULONG kNowhere = PROP_TAG(PT_LONG, 0x66F0);  // no row has it
constexpr std::size_t kOrdinaryRows = 40;

std::string hex_key_in(const SPropValue& value) {
    return format::hex_text(view_bytes(value.Value.bin));
}

/// A view of the table and what it ought to show.
class Watched {
public:
    Watched(TableData& data, bool by_value) {
        m_model.by_value = by_value;
        m_table = data.open_view(MAPI_UNICODE);
        const TagArray columns{kRowId,
                               by_value ? kOne : kNowhere,
                               kName,
                               kSize,
                               PR_ROW_TYPE,
                               PR_DEPTH,
                               PR_CONTENT_COUNT,
                               PR_CONTENT_UNREAD,
                               PR_INSTANCE_KEY};
        check(m_table->SetColumns(columns.get(), 0), "SetColumns");
        const auto sink = com::make<CallbackSink>([this](const NOTIFICATION* events, ULONG count) {
            for (ULONG i = 0; i < count; ++i) follow(events[i].info.tab);
        });
        check(m_table->Advise(fnevTableModified, sink.get(), &m_connection), "Advise");
    }
    ~Watched() { m_table->Unadvise(m_connection); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    View& model() { return m_model; }
    void update(const std::vector<Row>& rows) {
        m_model.update(rows);
        if (m_marked && m_model.position_of(*m_marked) < 0) m_mark_is_gone = true;
    }
    void start_over() {
        m_model.start_over();
        m_is_told = false;
        m_marked.reset();
    }
    void sort(const std::vector<Row>& rows) {
        auto order = Buffer<SSortOrderSet>::allocate_bytes(
            CbNewSSortOrderSet(std::max<std::size_t>(m_model.sorts.size(), 1)));
        SSortOrder* const sorts = order->aSort;
        for (const Sort& sort : m_model.sorts) {
            const ULONG how = sort.descending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
            sorts[order->cSorts++] = {sort.tag, how};
        }
        order->cCategories = static_cast<ULONG>(m_model.categories);
        order->cExpanded = static_cast<ULONG>(m_model.expanded);
        ASSERT_EQ(S_OK, m_table->SortTable(order.get(), 0));
        start_over();
        update(rows);
    }
    void restrict_to(std::optional<Condition> condition, const std::vector<Row>& rows) {
        m_model.condition = std::move(condition);
        const auto restriction =
            m_model.condition ? pack(m_model.condition->restriction) : Buffer<SRestriction>();
        ASSERT_EQ(S_OK, m_table->Restrict(restriction.get(), 0));
        start_over();
        update(rows);
    }
    /// Expands the category that is collapsed, or the other way round.
    void turn(std::size_t position, const std::vector<Row>& rows) {
        const Shown heading = m_model.shown().at(position);
        const std::size_t before = m_model.shown().size();
        std::vector<std::string> pictures;
        std::vector<std::string> keys;
        read(position, 1, pictures, keys);
        const bool expands = !m_model.is_expanded(heading.category);
        m_model.set_expanded(heading.category, expands);
        update(rows);
        const std::size_t after = m_model.shown().size();
        ULONG count = 0;
        Bytes key = format::bytes_from_hex(keys.at(0)).value();
        const auto size = static_cast<ULONG>(key.size());
        const HRESULT hr = expands ? m_table->ExpandRow(size, key.data(), 0, 0, nullptr, &count)
                                   : m_table->CollapseRow(size, key.data(), 0, &count);
        ASSERT_EQ(S_OK, hr);
        ASSERT_EQ(expands ? after - before : before - after, count);
        m_is_told = false;  // sinks are not told what a client does itself
        m_marked.reset();
    }

    /// All that is shown, and what sinks were told of it.
    void expect_model() {
        std::vector<std::string> pictures, expected;
        std::vector<std::string> keys;
        for (const Shown& shown : m_model.shown()) expected.push_back(shown.picture);
        read(0, 1000, pictures, keys);
        ASSERT_EQ(expected, pictures);
        if (m_is_told) {
            ASSERT_EQ(keys, m_told);
        }
        m_told = std::move(keys);
        m_is_told = true;
    }
    /// Some rows from anywhere, forward or backward.
    void expect_some(Maker& maker) {
        const std::size_t size = m_model.shown().size();
        const std::size_t at = maker.below(size + 1);
        const std::size_t count = 1 + maker.below(9);
        const bool backward = maker.once_in(2);
        std::vector<std::string> pictures, expected;
        std::vector<std::string> keys;
        read(at, backward ? -static_cast<LONG>(count) : static_cast<LONG>(count), pictures, keys);
        const std::size_t first = backward ? at - std::min(at, count) : at;
        const std::size_t last = backward ? at : std::min(size, at + count);
        for (std::size_t i = first; i < last; ++i) expected.push_back(m_model.shown()[i].picture);
        ASSERT_EQ(expected, pictures);
        const auto numerator = static_cast<ULONG>(maker.below(101));
        ASSERT_EQ(S_OK, m_table->SeekRowApprox(numerator, 100));
        ASSERT_EQ(size * numerator / 100, position());
    }
    void expect_found(const Condition& condition, std::size_t from, bool backward,
                      const std::vector<Row>& rows) {
        const std::vector<Shown>& shown = m_model.shown();
        const auto holds = [&](const Shown& one) {
            const auto row = std::find_if(rows.begin(), rows.end(),
                                          [&](const Row& other) { return other.id == one.id; });
            return !one.is_heading && condition.holds(*row);
        };
        std::ptrdiff_t expected = -1;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            if (!holds(shown[i])) continue;
            if (backward && i < from) expected = static_cast<std::ptrdiff_t>(i);
            if (!backward && i >= from && expected < 0) expected = static_cast<std::ptrdiff_t>(i);
        }
        ASSERT_EQ(S_OK, m_table->SeekRow(BOOKMARK_BEGINNING, static_cast<LONG>(from), nullptr));
        const HRESULT hr = m_table->FindRow(pack(condition.restriction).get(), BOOKMARK_CURRENT,
                                            backward ? DIR_BACKWARD : 0);
        ASSERT_EQ(expected < 0 ? MAPI_E_NOT_FOUND : S_OK, hr);
        ASSERT_EQ(expected < 0 ? from : static_cast<std::size_t>(expected), position());
    }
    /// That the bookmark is still at its row; the row after it when that is gone.
    void expect_bookmark(Maker& maker) {
        if (m_model.by_value) return;
        const std::vector<Shown>& shown = m_model.shown();
        if (m_marked) {
            ASSERT_EQ(m_mark_is_gone ? MAPI_W_POSITION_CHANGED : S_OK,
                      m_table->SeekRow(m_bookmark, 0, nullptr));
            if (!m_mark_is_gone) {
                ASSERT_EQ(m_model.position_of(*m_marked), static_cast<std::ptrdiff_t>(position()));
                return;
            }
            ASSERT_EQ(S_OK, m_table->FreeBookmark(m_bookmark));
            m_marked.reset();
        }
        const std::size_t at = maker.below(shown.size() + 1);
        if (at == shown.size() || shown[at].is_heading) return;
        ASSERT_EQ(S_OK, m_table->SeekRow(BOOKMARK_BEGINNING, static_cast<LONG>(at), nullptr));
        ASSERT_EQ(S_OK, m_table->CreateBookmark(&m_bookmark));
        m_marked = shown[at].id;
        m_mark_is_gone = false;
    }

private:
    std::size_t position() {
        ULONG at = 0, numerator = 0, denominator = 0;
        check(m_table->QueryPosition(&at, &numerator, &denominator), "QueryPosition");
        return at;
    }
    void read(std::size_t from, LONG count, std::vector<std::string>& pictures,
              std::vector<std::string>& keys) {
        check(m_table->SeekRow(BOOKMARK_BEGINNING, static_cast<LONG>(from), nullptr), "SeekRow");
        RowSet rows;
        check(m_table->QueryRows(count, 0, rows.put()), "QueryRows");
        for (ULONG i = 0; i < rows.size(); ++i) {
            pictures.push_back(picture_of(rows[i]));
            keys.push_back(hex_key_in(rows[i].lpProps[8]));
        }
    }
    static std::string picture_of(const SRow& row) {
        const auto number = [&](std::size_t column) -> std::optional<int> {
            const SPropValue& value = row.lpProps[column];
            if (PROP_TYPE(value.ulPropTag) == PT_ERROR) return std::nullopt;
            return value.Value.l;
        };
        std::optional<std::string> name;
        if (row.lpProps[2].ulPropTag == kName) {
            const StringView text(row.lpProps[2].Value.lpszW);
            name.emplace(text.begin(), text.end());
        }
        const int type = number(4).value_or(TBL_LEAF_ROW);
        if (type == TBL_LEAF_ROW) {
            return picture_of_leaf(number(0).value_or(-1), number(1), name, number(3), number(5));
        }
        if (name) name = lower(*name);
        const std::string values = " value " + shown_value(number(1)) + " name " +
                                   shown_value(name) + " size " + shown_value(number(3));
        return picture_of_heading(static_cast<std::size_t>(number(5).value()), values,
                                  static_cast<std::size_t>(number(6).value()),
                                  static_cast<std::size_t>(number(7).value()),
                                  type == TBL_EXPANDED_CATEGORY);
    }
    void follow(const TABLE_NOTIFICATION& event) {
        const bool is_row = event.ulTableEvent == TABLE_ROW_ADDED ||
                            event.ulTableEvent == TABLE_ROW_MODIFIED ||
                            event.ulTableEvent == TABLE_ROW_DELETED;
        if (!is_row) m_is_told = false;
        if (!m_is_told) return;
        std::erase(m_told, hex_key_in(event.propIndex));
        if (event.ulTableEvent == TABLE_ROW_DELETED) return;
        auto place = m_told.begin();
        if (event.propPrior.ulPropTag == PR_INSTANCE_KEY) {
            const std::string prior = hex_key_in(event.propPrior);
            place = std::find(m_told.begin(), m_told.end(), prior);
            if (place != m_told.end()) ++place;
        }
        m_told.insert(place, hex_key_in(event.propIndex));
    }

    View m_model;
    com::Ptr<IMAPITable> m_table;
    ULONG_PTR m_connection = 0;
    std::vector<std::string> m_told;  ///< the instance keys as notifications tell them
    bool m_is_told = false;
    BOOKMARK m_bookmark = 0;
    std::optional<int> m_marked;  ///< the row at the bookmark
    bool m_mark_is_gone = false;  ///< it was not shown at some time
};

class TableModel : public testing::TestWithParam<std::uint32_t> {
protected:
    void SetUp() override {
        std::printf("seed %u\n", static_cast<unsigned>(GetParam()));
        for (std::size_t i = 0; i < 6; ++i) {
            views.push_back(std::make_unique<Watched>(*data, i % 3 == 2));
        }
    }
    void change_rows() {
        const std::size_t choice = maker.below(100);
        if (choice == 0) return replace_all();
        const bool is_full = rows.size() >= kOrdinaryRows;
        if (rows.empty() || choice < (is_full ? 20 : 40)) return add();
        const std::size_t at = maker.below(rows.size());
        if (choice < (is_full ? 50 : 55)) {
            ASSERT_TRUE(data->remove(rows[at].key));
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
        } else {
            maker.fill(rows[at]);
            ASSERT_TRUE(data->modify(rows[at].key, rows[at].bag()));
        }
        for (const auto& view : views) view->update(rows);
    }
    void change_view(Watched& view) {
        const std::size_t choice = maker.below(24);
        const std::vector<Shown>& shown = view.model().shown();
        if (choice == 0) {
            maker.order(view.model());
            view.sort(rows);
        } else if (choice == 1) {
            view.restrict_to(maker.once_in(3) ? std::nullopt : std::optional(maker.condition()),
                             rows);
        } else if (choice < 12 && !shown.empty()) {
            const std::size_t at = maker.below(shown.size());
            if (shown[at].is_heading) view.turn(at, rows);
        }
    }
    void expect_found(Watched& view) {
        // Headings have some of the properties, too, but no row number.
        const Condition condition = view.model().categories > 0 || maker.once_in(2)
                                        ? maker.id_condition(last_id)
                                        : maker.condition();
        view.expect_found(condition, maker.below(view.model().shown().size() + 1), maker.once_in(2),
                          rows);
    }

    Maker maker{GetParam()};
    std::shared_ptr<TableData> data = std::make_shared<TableData>(std::vector<ULONG>{kRowId});
    std::vector<Row> rows;
    int last_id = 0;
    std::vector<std::unique_ptr<Watched>> views;

private:
    Row made_row() {
        Row row;
        row.id = ++last_id;
        maker.fill(row);
        return row;
    }
    void add() {
        Row row = made_row();
        const std::size_t at = maker.once_in(4) ? maker.below(rows.size() + 1) : rows.size();
        row.key = data->insert(at, row.bag());
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), row);
        for (const auto& view : views) view->update(rows);
    }
    void replace_all() {
        std::vector<PropertyBag> bags;
        rows.clear();
        for (std::size_t i = 0; i < kOrdinaryRows / 2; ++i) {
            rows.push_back(made_row());
            bags.push_back(rows.back().bag());
        }
        data->replace_all(std::move(bags));
        const std::vector<RowKey> keys = data->keys();
        ASSERT_EQ(rows.size(), keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) rows[i].key = keys[i];
        for (const auto& view : views) {
            view->start_over();
            view->update(rows);
        }
    }
};

TEST_P(TableModel, EveryViewShowsWhatThePlainRulesSay) {
    for (int step = 0; step < 300; ++step) {
        SCOPED_TRACE("seed " + std::to_string(GetParam()) + ", step " + std::to_string(step));
        ASSERT_NO_FATAL_FAILURE(change_rows());
        Watched& view = *views[maker.below(views.size())];
        ASSERT_NO_FATAL_FAILURE(change_view(view));
        ASSERT_NO_FATAL_FAILURE(view.expect_model());
        ASSERT_NO_FATAL_FAILURE(view.expect_some(maker));
        ASSERT_NO_FATAL_FAILURE(expect_found(view));
        ASSERT_NO_FATAL_FAILURE(view.expect_bookmark(maker));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TableModel, testing::Values(20240229u, 7u, 65537u, 4711u));

}  // namespace
}  // namespace remapi::object::model
