// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/order_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "object/table/key_map.h"

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

}  // namespace
}  // namespace remapi::object
