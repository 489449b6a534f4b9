// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/order_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "object/table/row_index.h"

namespace remapi::object {
namespace {

using TreeIds = std::vector<OrderTree::Id>;

/// The same as OrderTree, the slow way.
struct Model {
    TreeIds ids;
    TreeIds hidden;

    bool is_shown(OrderTree::Id id) const {
        return std::find(hidden.begin(), hidden.end(), id) == hidden.end();
    }
    TreeIds shown() const {
        TreeIds result;
        std::copy_if(ids.begin(), ids.end(), std::back_inserter(result),
                     [this](OrderTree::Id id) { return is_shown(id); });
        return result;
    }
};

void expect_same(const Model& model, const OrderTree& tree) {
    const TreeIds shown = model.shown();
    ASSERT_EQ(model.ids.size(), tree.size());
    ASSERT_EQ(shown.size(), tree.shown());
    ASSERT_EQ(model.ids, tree.all());
    std::size_t shown_before = 0;
    for (std::size_t i = 0; i < model.ids.size(); ++i) {
        const OrderTree::Id id = model.ids[i];
        ASSERT_EQ(i, tree.rank(id));
        ASSERT_EQ(id, tree.at(i));
        ASSERT_EQ(shown_before, tree.shown_rank(id));
        ASSERT_EQ(i == 0 ? OrderTree::kNone : model.ids[i - 1], tree.previous(id));
        if (!model.is_shown(id)) continue;
        ASSERT_EQ(id, tree.shown_at(shown_before));
        ++shown_before;
    }
}

TEST(OrderTree, DoesWhatAListDoes) {
    std::mt19937 random(7);
    const auto below = [&](std::size_t end) { return random() % end; };
    OrderTree tree;
    Model model;
    OrderTree::Id last = 0;
    for (int step = 0; step < 4000; ++step) {
        const std::size_t choice = below(8);
        if (choice < 4 || model.ids.empty()) {
            const std::size_t at = below(model.ids.size() + 1);
            const bool is_shown = below(4) != 0;
            model.ids.insert(model.ids.begin() + static_cast<std::ptrdiff_t>(at), ++last);
            if (!is_shown) model.hidden.push_back(last);
            tree.insert_at(at, last, is_shown);
        } else if (choice < 7) {
            const OrderTree::Id id = model.ids[below(model.ids.size())];
            std::erase(model.ids, id);
            std::erase(model.hidden, id);
            tree.erase(id);
        } else {
            const OrderTree::Id id = model.ids[below(model.ids.size())];
            const bool is_shown = model.is_shown(id);
            if (is_shown) model.hidden.push_back(id);
            if (!is_shown) std::erase(model.hidden, id);
            tree.show(id, !is_shown);
        }
        if (step % 50 == 0) expect_same(model, tree);
    }
    expect_same(model, tree);
}

TEST(OrderTree, KeepsItsOrderWhileItGrowsAndShrinksByThousands) {
    std::mt19937 random(19);
    OrderTree tree;
    Model model;
    OrderTree::Id last = 0;
    const auto resize_to = [&](std::size_t size) {
        while (model.ids.size() < size) {
            const std::size_t at = random() % (model.ids.size() + 1);
            model.ids.insert(model.ids.begin() + static_cast<std::ptrdiff_t>(at), ++last);
            tree.insert_at(at, last);
        }
        while (model.ids.size() > size) {
            const std::size_t at = random() % model.ids.size();
            tree.erase(model.ids[at]);
            model.ids.erase(model.ids.begin() + static_cast<std::ptrdiff_t>(at));
        }
        expect_same(model, tree);
    };
    for (const std::size_t size : {9000u, 300u, 5000u, 70u, 4000u, 1u, 0u, 200u, 0u}) {
        resize_to(size);
    }
    EXPECT_EQ(OrderTree::kNone, tree.first());
    EXPECT_EQ(OrderTree::kNone, tree.last());
}

TEST(OrderTree, GrowsAtBothEnds) {
    OrderTree tree;
    Model model;
    for (OrderTree::Id id = 1; id <= 6000; ++id) {
        const bool front = id % 3 == 0;
        model.ids.insert(front ? model.ids.begin() : model.ids.end(), id);
        tree.insert_after(front ? OrderTree::kNone : tree.last(), id);
    }
    expect_same(model, tree);
    std::reverse(model.ids.begin() + 100, model.ids.end());
    tree.build(model.ids);
    expect_same(model, tree);
    // In runs, so that leaves and whole branches become empty.
    while (!model.ids.empty()) {
        const std::size_t run = std::min<std::size_t>(500, model.ids.size());
        const auto from =
            model.ids.begin() + static_cast<std::ptrdiff_t>((model.ids.size() - run) / 2);
        for (auto id = from; id != from + static_cast<std::ptrdiff_t>(run); ++id) tree.erase(*id);
        model.ids.erase(from, from + static_cast<std::ptrdiff_t>(run));
        expect_same(model, tree);
    }
}

TEST(OrderTree, ReadsTheShownOnesFromAnywhere) {
    std::mt19937 random(23);
    Model model;
    std::vector<std::uint8_t> hidden;
    for (OrderTree::Id id = 1; id <= 1000; ++id) {
        model.ids.push_back(id);
        hidden.push_back(random() % 3 == 0 ? 1 : 0);
        if (hidden.back() != 0) model.hidden.push_back(id);
    }
    OrderTree tree;
    tree.build(model.ids, hidden);
    const TreeIds shown = model.shown();
    for (std::size_t from = 0; from <= shown.size(); from += 7) {
        const std::size_t count = std::min<std::size_t>(130, shown.size() - from);
        const auto begin = shown.begin() + static_cast<std::ptrdiff_t>(from);
        EXPECT_EQ(TreeIds(begin, begin + static_cast<std::ptrdiff_t>(count)),
                  tree.shown_from(from, 130));
    }
    TreeIds behind;
    tree.walk_behind(400, [&](OrderTree::Id id) {
        behind.push_back(id);
        return behind.size() < 300;
    });
    EXPECT_EQ(TreeIds(model.ids.begin() + 400, model.ids.begin() + 700), behind);
}

/// Ids ordered by numbers that many share, equal ones as they came.
class OrderTreeKeys : public testing::TestWithParam<std::uint32_t> {
protected:
    using Pair = std::pair<std::uint64_t, OrderTree::Id>;

    /// A part of the number in each word.
    static OrderTree::Key key_of(std::uint64_t number) {
        return {number / 64, number / 8 % 8, number % 8};
    }
    void put(std::uint64_t number, OrderTree::Id id) {
        const Pair pair(number, id);
        const auto place =
            std::upper_bound(model.begin(), model.end(), pair,
                             [](const Pair& a, const Pair& b) { return a.first < b.first; });
        model.insert(place, pair);
        tree.insert_by(
            key_of(number), [](OrderTree::Id) { return true; }, id);
    }
    void take(std::size_t at) {
        tree.erase(model[at].second);
        model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
    }
    void expect_model() {
        TreeIds ids;
        for (const Pair& pair : model) ids.push_back(pair.second);
        ASSERT_EQ(ids, tree.all());
        for (std::uint64_t key = 0; key <= GetParam(); key += 1 + GetParam() / 100) {
            const auto from = std::lower_bound(
                model.begin(), model.end(), key,
                [](const Pair& pair, std::uint64_t wanted) { return pair.first < wanted; });
            const auto none = [](OrderTree::Id) { return false; };
            ASSERT_EQ(static_cast<std::size_t>(from - model.begin()),
                      tree.partition_rank(key_of(key), none));
        }
    }
    std::mt19937 random{29};
    OrderTree tree;
    std::vector<Pair> model;
};

TEST_P(OrderTreeKeys, LeadToTheRightPlaceWhateverComesAndGoes) {
    tree.clear(true);
    OrderTree::Id last = 0;
    for (const std::size_t size : {5000u, 100u, 3000u, 0u, 500u}) {
        while (model.size() < size) put(random() % GetParam(), ++last);
        while (model.size() > size) take(random() % model.size());
        expect_model();
    }
}

TEST_P(OrderTreeKeys, AreBuiltAtOnceAndMayChangeInPlace) {
    for (OrderTree::Id id = 1; id <= 4000; ++id) model.emplace_back(random() % GetParam(), id);
    std::sort(model.begin(), model.end());
    TreeIds ids;
    std::vector<OrderTree::Key> keys;
    for (const Pair& pair : model) {
        keys.push_back(key_of(pair.first));
        ids.push_back(pair.second);
    }
    tree.clear(true);
    tree.build(ids, {}, keys);
    expect_model();
    for (std::size_t i = 0; i < model.size(); ++i) {
        model[i].first = (model[i].first + (i == 0 ? 0 : model[i - 1].first)) / 2;
        tree.set_key(model[i].second, key_of(model[i].first));
        if (i % 500 == 0) expect_model();
    }
    for (OrderTree::Id id = 4001; id <= 4300; ++id) put(random() % GetParam(), id);
    expect_model();
}

INSTANTIATE_TEST_SUITE_P(Ties, OrderTreeKeys, testing::Values(3u, 200u, 1000000u));

TEST(OrderTree, IsBuiltAtOnceAndFindsBoundaries) {
    OrderTree tree;
    const TreeIds ids = {3, 1, 4, 5, 2};
    const std::vector<std::uint8_t> hidden = {0, 1, 0, 0, 1};
    tree.build(ids, hidden);
    expect_same({ids, {1, 2}}, tree);
    EXPECT_EQ(4u, tree.partition_point([](OrderTree::Id id) { return id == 3 || id == 1; }));
    EXPECT_EQ(OrderTree::kNone, tree.partition_point([](OrderTree::Id) { return true; }));
    EXPECT_EQ(3u, tree.first());
    EXPECT_EQ(2u, tree.last());
    tree.clear();
    EXPECT_EQ(0u, tree.size());
}

TEST(KeyMap, FindsWhatIsInItThroughInsertionsAndErasures) {
    KeyMap map;
    std::vector<bool> is_in(2001, false);
    std::mt19937 random(11);
    // Few hashes, so that many share one.
    const auto hash = [](KeyMap::Id id) { return KeyMap::hash_of(id % 97); };
    for (int step = 0; step < 20000; ++step) {
        const auto id = static_cast<KeyMap::Id>(1 + random() % 2000);
        if (is_in[id]) {
            map.erase(hash(id), id);
        } else {
            map.insert(hash(id), id);
        }
        is_in[id] = !is_in[id];
    }
    std::size_t count = 0;
    for (KeyMap::Id id = 1; id <= 2000; ++id) {
        const KeyMap::Id found = map.find(hash(id), [id](KeyMap::Id one) { return one == id; });
        EXPECT_EQ(is_in[id] ? id : 0, found);
        count += is_in[id] ? 1 : 0;
    }
    EXPECT_EQ(count, map.size());
}

TEST(RowIndex, FindsKeysFarAndNearThroughInsertionsAndErasures) {
    std::mt19937 random(13);
    // Near each other, with one lower half, and anywhere.
    std::vector<RowIndex::Key> keys(1);
    for (RowIndex::Id id = 1; id <= 900; ++id) {
        const RowIndex::Key close_by = id;
        const RowIndex::Key same = RowIndex::Key{id} << 32 | 5;
        const RowIndex::Key far_away = (RowIndex::Key{random()} << 32 | random()) + (id % 2) * 1000;
        keys.push_back(id % 3 == 0 ? close_by : id % 3 == 1 ? same : far_away);
    }
    RowIndex index;
    std::vector<bool> is_in(keys.size(), false);
    for (int step = 0; step < 20000; ++step) {
        const auto id = static_cast<RowIndex::Id>(1 + random() % 900);
        if (is_in[id]) {
            index.erase(keys[id], id);
        } else {
            index.insert(keys[id], id);
        }
        is_in[id] = !is_in[id];
    }
    for (RowIndex::Id id = 1; id <= 900; ++id) {
        const RowIndex::Id found =
            index.find(keys[id], [&](RowIndex::Id one) { return keys[one] == keys[id]; });
        EXPECT_EQ(is_in[id] ? id : 0, found);
    }
    index.clear();
    EXPECT_EQ(0u, index.find(keys[3], [](RowIndex::Id) { return true; }));
}

}  // namespace
}  // namespace remapi::object
