// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Finding one's way in the tree. Putting in and taking out: order_tree_changes.cpp
#include "object/table/order_tree.h"

#include <algorithm>
#include <bit>

namespace remapi::object {
namespace {

std::uint64_t bits_below(std::uint32_t count) noexcept {
    return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

std::uint32_t ones(std::uint64_t bits) noexcept {
    return static_cast<std::uint32_t>(std::popcount(bits));
}

// Where the bit is that has `rank` ones below it.
std::uint32_t place_of_one(std::uint64_t bits, std::size_t rank) noexcept {
    for (; rank > 0; --rank) bits &= bits - 1;
    return static_cast<std::uint32_t>(std::countr_zero(bits));
}

}  // namespace

OrderTree::Spot OrderTree::spot_of(Id id) const noexcept {
    const Node node = m_leaf_of[id];
    const Leaf& leaf = m_leaves[node];
    std::uint32_t index = 0;
    while (leaf.ids[index] != id) ++index;
    return {node, index};
}

OrderTree::Spot OrderTree::spot_at(std::size_t rank, bool shown) const noexcept {
    Node node = m_root;
    for (unsigned level = m_height; level > 0; --level) {
        const Branches& branches = m_branches[node];
        const std::uint32_t* const counts = shown ? branches.shown : branches.sizes;
        std::uint32_t index = 0;
        while (rank >= counts[index]) rank -= counts[index++];
        node = branches.children[index];
    }
    const Leaf& leaf = m_leaves[node];
    const bool all_count = !shown || leaf.shown == bits_below(leaf.count);
    return {node, all_count ? static_cast<std::uint32_t>(rank) : place_of_one(leaf.shown, rank)};
}

OrderTree::Spot OrderTree::following(Spot spot) const noexcept {
    const Leaf& leaf = m_leaves[spot.leaf];
    if (spot.index + 1 < leaf.count) return {spot.leaf, spot.index + 1};
    return {leaf.next, 0};
}

OrderTree::Id OrderTree::first_from(Spot spot) const noexcept {
    const Leaf& leaf = m_leaves[spot.leaf];
    if (spot.index < leaf.count) return leaf.ids[spot.index];
    return leaf.next == kNoNode ? kNone : m_leaves[leaf.next].ids[0];
}

void OrderTree::prefetch_leaf(Node node) const noexcept {
    constexpr std::size_t kLine = 64;
    const auto fetch = [](const void* from, std::size_t size) {
        for (std::size_t i = 0; i < size; i += kLine) {
            __builtin_prefetch(static_cast<const char*>(from) + i);
        }
    };
    if (m_has_keys) fetch(&m_keys[node], sizeof(LeafKeys));
    fetch(&m_leaves[node], sizeof(Leaf));
}

std::size_t OrderTree::rank_of(Spot spot, bool shown) const noexcept {
    const Leaf& leaf = m_leaves[spot.leaf];
    std::size_t before = shown ? ones(leaf.shown & bits_below(spot.index)) : spot.index;
    Node node = spot.leaf;
    for (Node parent = leaf.parent; parent != kNoNode; parent = m_branches[node].parent) {
        const Branches& branches = m_branches[parent];
        const std::uint32_t* const counts = shown ? branches.shown : branches.sizes;
        for (std::uint32_t i = 0; branches.children[i] != node; ++i) before += counts[i];
        node = parent;
    }
    return before;
}

bool OrderTree::is_shown(Id id) const noexcept {
    const Spot spot = spot_of(id);
    return (m_leaves[spot.leaf].shown >> spot.index & 1) != 0;
}

OrderTree::Id OrderTree::last() const noexcept {
    const Leaf& leaf = m_leaves[m_last];
    return leaf.count == 0 ? kNone : leaf.ids[leaf.count - 1];
}

OrderTree::Id OrderTree::next(Id id) const noexcept {
    const Spot spot = following(spot_of(id));
    return spot.leaf == kNoNode ? kNone : id_at(spot);
}

OrderTree::Id OrderTree::previous(Id id) const noexcept {
    const Spot spot = spot_of(id);
    if (spot.index > 0) return m_leaves[spot.leaf].ids[spot.index - 1];
    const Node before = m_leaves[spot.leaf].previous;
    return before == kNoNode ? kNone : m_leaves[before].ids[m_leaves[before].count - 1];
}

std::vector<OrderTree::Id> OrderTree::all() const {
    std::vector<Id> ids;
    ids.reserve(m_size);
    for (Node node = m_first; node != kNoNode; node = m_leaves[node].next) {
        const Leaf& leaf = m_leaves[node];
        ids.insert(ids.end(), leaf.ids, leaf.ids + leaf.count);
    }
    return ids;
}

std::vector<OrderTree::Id> OrderTree::shown_from(std::size_t rank, std::size_t count) const {
    std::vector<Id> ids;
    if (rank >= m_shown) return ids;
    count = std::min(count, m_shown - rank);
    ids.reserve(count);
    for (Spot spot = spot_at(rank, true); ids.size() < count;) {
        const Leaf& leaf = m_leaves[spot.leaf];
        for (; spot.index < leaf.count && ids.size() < count; ++spot.index) {
            if ((leaf.shown >> spot.index & 1) != 0) ids.push_back(leaf.ids[spot.index]);
        }
        spot = {leaf.next, 0};
    }
    return ids;
}

OrderTree::Id OrderTree::first_in(unsigned level, Node node) const noexcept {
    for (; level > 0; --level) node = m_branches[node].children[0];
    return m_leaves[node].ids[0];
}

OrderTree::Counts OrderTree::counts_of(unsigned level, Node node) const noexcept {
    if (level == 0) return {m_leaves[node].count, ones(m_leaves[node].shown)};
    const Branches& branches = m_branches[node];
    Counts sums{0, 0};
    for (std::uint32_t i = 0; i < branches.count; ++i) {
        sums.size += branches.sizes[i];
        sums.shown += branches.shown[i];
    }
    return sums;
}

OrderTree::Key OrderTree::first_key(unsigned level, Node node) const noexcept {
    if (level > 0) return m_branches[node].first_keys[0];
    return m_has_keys ? m_keys[node].keys[0] : Key{};
}

std::uint32_t OrderTree::index_in(Node parent, Node child) const noexcept {
    const Branches& branches = m_branches[parent];
    std::uint32_t index = 0;
    while (branches.children[index] != child) ++index;
    return index;
}

void OrderTree::clear(bool has_keys) {
    m_has_keys = has_keys;
    m_height = 0;
    m_root = m_first = m_last = 0;
    m_size = m_shown = 0;
    m_leaves.assign(1, Leaf{});
    m_keys.resize(has_keys ? 1 : 0);
    m_branches.clear();
    m_free_leaves.clear();
    m_free_branches.clear();
    m_leaf_of.assign(1, kNoNode);
}

void OrderTree::build(std::span<const Id> ids, std::span<const std::uint8_t> hidden,
                      std::span<const Key> keys) {
    clear(m_has_keys);
    if (ids.empty()) return;
    const std::size_t slots = std::size_t{*std::max_element(ids.begin(), ids.end())} + 1;
    m_leaf_of.reserve(slots + slots / 8 + kWidth);  // room for some more
    m_leaf_of.resize(slots, kNoNode);
    build_leaves(ids, hidden, keys);
    std::vector<Node> nodes(m_leaves.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i] = static_cast<Node>(i);
    while (nodes.size() > 1) build_level(m_height++, nodes);
    m_root = nodes.front();
    const Counts counts = counts_of(m_height, m_root);
    m_size = counts.size;
    m_shown = counts.shown;
    reserve_beside();
}

void OrderTree::build_leaves(std::span<const Id> ids, std::span<const std::uint8_t> hidden,
                             std::span<const Key> keys) {
    const std::size_t leaf_count = (ids.size() + kBuilt - 1) / kBuilt;
    m_leaves.resize(leaf_count);
    if (m_has_keys) m_keys.resize(leaf_count);
    for (std::size_t node = 0; node < leaf_count; ++node) {
        const std::size_t from = node * kBuilt;
        Leaf& leaf = m_leaves[node];
        leaf.count = static_cast<std::uint32_t>(std::min<std::size_t>(kBuilt, ids.size() - from));
        leaf.previous = node == 0 ? kNoNode : static_cast<Node>(node - 1);
        leaf.next = node + 1 == leaf_count ? kNoNode : static_cast<Node>(node + 1);
        leaf.shown = bits_below(leaf.count);
        for (std::uint32_t i = 0; i < leaf.count; ++i) {
            const Id id = ids[from + i];
            leaf.ids[i] = id;
            m_leaf_of[id] = static_cast<Node>(node);
            if (!hidden.empty() && hidden[from + i] != 0) leaf.shown ^= std::uint64_t{1} << i;
            if (m_has_keys) m_keys[node].keys[i] = keys[from + i];
        }
    }
    m_last = static_cast<Node>(leaf_count - 1);
}

/// Puts branches above `nodes` of a level and answers those instead.
void OrderTree::build_level(unsigned level, std::vector<Node>& nodes) {
    std::vector<Node> above;
    for (std::size_t from = 0; from < nodes.size(); from += kBuilt) {
        const Node parent = new_branches();
        const std::size_t count = std::min<std::size_t>(kBuilt, nodes.size() - from);
        m_branches[parent].count = static_cast<std::uint32_t>(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            m_branches[parent].children[i] = nodes[from + i];
            parent_of(level, nodes[from + i]) = parent;
            describe(level, parent, i);
        }
        above.push_back(parent);
    }
    nodes.swap(above);
}

}  // namespace remapi::object
