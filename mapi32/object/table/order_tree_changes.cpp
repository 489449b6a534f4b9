// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Putting in and taking out. What is full is split in two; what is nearly empty is put together
// with what stands beside it, so that no two siblings are.
#include <algorithm>
#include <bit>

#include "object/table/order_tree.h"

namespace remapi::object {
namespace {

std::uint64_t bit(std::uint32_t index) noexcept {
    return std::uint64_t{1} << index;
}

template <class T>
void open_gap(T* values, std::uint32_t count, std::uint32_t index) noexcept {
    std::copy_backward(values + index, values + count, values + count + 1);
}

template <class T>
void close_gap(T* values, std::uint32_t count, std::uint32_t index) noexcept {
    std::copy(values + index + 1, values + count, values + index);
}

/// Room for `more` without moving everything each time.
template <class T>
void reserve_more(std::vector<T>& values, std::size_t more) {
    if (values.capacity() - values.size() >= more) return;
    values.reserve(std::max(values.capacity() * 2, values.size() + more));
}

}  // namespace

OrderTree::Node& OrderTree::parent_of(unsigned level, Node node) noexcept {
    return level == 0 ? m_leaves[node].parent : m_branches[node].parent;
}

std::uint32_t OrderTree::count_of(unsigned level, Node node) const noexcept {
    return level == 0 ? m_leaves[node].count : m_branches[node].count;
}

/// Writes down at `parent` what its child, a node of `level`, holds.
void OrderTree::describe(unsigned level, Node parent, std::uint32_t index) noexcept {
    Branches& branches = m_branches[parent];
    const Node child = branches.children[index];
    const Counts counts = counts_of(level, child);
    branches.sizes[index] = counts.size;
    branches.shown[index] = counts.shown;
    branches.first_keys[index] = first_key(level, child);
}

void OrderTree::count(Node leaf, std::int32_t size, std::int32_t shown) noexcept {
    const auto size_more = static_cast<std::uint32_t>(size);  // wraps around for less
    const auto shown_more = static_cast<std::uint32_t>(shown);
    Node node = leaf;
    for (Node parent = m_leaves[leaf].parent; parent != kNoNode; parent = m_branches[node].parent) {
        const std::uint32_t index = index_in(parent, node);
        m_branches[parent].sizes[index] += size_more;
        m_branches[parent].shown[index] += shown_more;
        node = parent;
    }
    m_size += static_cast<std::size_t>(std::int64_t{size});
    m_shown += static_cast<std::size_t>(std::int64_t{shown});
}

void OrderTree::note_first_key(unsigned level, Node node) noexcept {
    if (!m_has_keys) return;
    const Key key = first_key(level, node);
    for (Node parent = parent_of(level, node); parent != kNoNode;
         parent = m_branches[node].parent) {
        const std::uint32_t index = index_in(parent, node);
        m_branches[parent].first_keys[index] = key;
        if (index > 0) return;
        node = parent;
    }
}

OrderTree::Node OrderTree::new_leaf() {
    if (!m_free_leaves.empty()) {
        const Node node = m_free_leaves.back();
        m_free_leaves.pop_back();
        m_leaves[node] = Leaf{};
        return node;
    }
    m_leaves.emplace_back();
    if (m_has_keys) m_keys.emplace_back().keys[0] = {};
    return static_cast<Node>(m_leaves.size() - 1);
}

OrderTree::Node OrderTree::new_branches() {
    if (!m_free_branches.empty()) {
        const Node node = m_free_branches.back();
        m_free_branches.pop_back();
        m_branches[node] = Branches{};
        return node;
    }
    m_branches.emplace_back();
    return static_cast<Node>(m_branches.size() - 1);
}

void OrderTree::free_node(unsigned level, Node node) noexcept {
    (level == 0 ? m_free_leaves : m_free_branches).push_back(node);  // reserve_beside made room
}

/// Room for what goes along with nodes, so that taking out cannot fail.
void OrderTree::reserve_beside() {
    if (m_has_keys) m_keys.reserve(m_leaves.capacity());
    m_free_leaves.reserve(m_leaves.capacity());
    m_free_branches.reserve(m_branches.capacity());
}

/// The same spot where there is room for one more.
OrderTree::Spot OrderTree::make_room(Spot spot) {
    if (m_leaves[spot.leaf].count < kWidth) return spot;
    // All that can fail comes first.
    const std::size_t levels = m_height + std::size_t{1};
    reserve_more(m_leaves, 1);
    reserve_more(m_branches, levels);
    reserve_beside();

    const Node right = new_leaf();
    // What grows at its end leaves full leaves behind.
    const bool at_the_end = spot.leaf == m_last && spot.index == kWidth;
    const std::uint32_t kept = at_the_end ? kWidth : kWidth / 2;
    move_upper(0, spot.leaf, right, kept);
    add_sibling(0, spot.leaf, right);
    if (spot.index < kept || (spot.index == kept && !at_the_end)) return spot;
    return {right, spot.index - kept};
}

/// Moves what stands from `first` on to a node behind.
void OrderTree::move_upper(unsigned level, Node from, Node to, std::uint32_t first) {
    if (level > 0) {
        Branches& source = m_branches[from];
        Branches& target = m_branches[to];
        const std::uint32_t at = target.count;
        const std::uint32_t moved = source.count - first;
        std::copy_n(source.children + first, moved, target.children + at);
        std::copy_n(source.sizes + first, moved, target.sizes + at);
        std::copy_n(source.shown + first, moved, target.shown + at);
        std::copy_n(source.first_keys + first, moved, target.first_keys + at);
        for (std::uint32_t i = 0; i < moved; ++i) {
            parent_of(level - 1, target.children[at + i]) = to;
        }
        source.count = first;
        target.count += moved;
        return;
    }
    Leaf& source = m_leaves[from];
    Leaf& target = m_leaves[to];
    const std::uint32_t at = target.count;
    const std::uint32_t moved = source.count - first;
    if (moved == 0) return;
    std::copy_n(source.ids + first, moved, target.ids + at);
    if (m_has_keys) std::copy_n(m_keys[from].keys + first, moved, m_keys[to].keys + at);
    for (std::uint32_t i = 0; i < moved; ++i) m_leaf_of[target.ids[at + i]] = to;
    target.shown |= (source.shown >> first) << at;
    source.shown &= bit(first) - 1;
    source.count = first;
    target.count += moved;
}

void OrderTree::split_branches(unsigned level, Node node) {
    const Node right = new_branches();
    move_upper(level, node, right, kWidth / 2);
    add_sibling(level, node, right);
}

/// Enters `right`, which holds what `left` held last, behind it.
void OrderTree::add_sibling(unsigned level, Node left, Node right) {
    if (level == 0) {
        Leaf& before = m_leaves[left];
        Leaf& behind = m_leaves[right];
        behind.previous = left;
        behind.next = before.next;
        before.next = right;
        (behind.next == kNoNode ? m_last : m_leaves[behind.next].previous) = right;
    }
    if (parent_of(level, left) == kNoNode) {
        const Node root = new_branches();
        m_branches[root].count = 1;
        m_branches[root].children[0] = left;
        parent_of(level, left) = m_root = root;
        ++m_height;
    }
    if (m_branches[parent_of(level, left)].count == kWidth) {
        split_branches(level + 1, parent_of(level, left));
    }
    const Node parent = parent_of(level, left);
    Branches& branches = m_branches[parent];
    const std::uint32_t index = index_in(parent, left) + 1;
    open_gap(branches.children, branches.count, index);
    open_gap(branches.sizes, branches.count, index);
    open_gap(branches.shown, branches.count, index);
    open_gap(branches.first_keys, branches.count, index);
    ++branches.count;
    branches.children[index] = right;
    parent_of(level, right) = parent;
    describe(level, parent, index - 1);
    describe(level, parent, index);
}

void OrderTree::insert(Spot spot, Id id, bool is_shown, const Key& key) {
    if (id >= m_leaf_of.size()) m_leaf_of.resize(std::size_t{id} + 1, kNoNode);
    const auto [node, index] = make_room(spot);
    Leaf& leaf = m_leaves[node];
    open_gap(leaf.ids, leaf.count, index);
    leaf.ids[index] = id;
    if (m_has_keys) {
        open_gap(m_keys[node].keys, leaf.count, index);
        m_keys[node].keys[index] = key;
    }
    const std::uint64_t below = leaf.shown & (bit(index) - 1);
    leaf.shown = below | (leaf.shown & ~(bit(index) - 1)) << 1 | (is_shown ? bit(index) : 0);
    ++leaf.count;
    m_leaf_of[id] = node;
    count(node, 1, is_shown ? 1 : 0);
    if (index == 0) note_first_key(0, node);
}

void OrderTree::insert_after(Id previous, Id id, bool is_shown) {
    if (previous == kNone) {
        insert({m_first, 0}, id, is_shown, {});
    } else {
        const Spot spot = spot_of(previous);
        insert({spot.leaf, spot.index + 1}, id, is_shown, {});
    }
}

void OrderTree::insert_at(std::size_t rank, Id id, bool is_shown) {
    if (rank < m_size) {
        insert(spot_at(rank, false), id, is_shown, {});
    } else {
        insert({m_last, m_leaves[m_last].count}, id, is_shown, {});
    }
}

void OrderTree::erase(Id id) noexcept {
    const auto [node, index] = spot_of(id);
    Leaf& leaf = m_leaves[node];
    const bool was_shown = (leaf.shown & bit(index)) != 0;
    close_gap(leaf.ids, leaf.count, index);
    if (m_has_keys) close_gap(m_keys[node].keys, leaf.count, index);
    const std::uint64_t below = bit(index) - 1;
    leaf.shown = (leaf.shown & below) | (leaf.shown >> 1 & ~below);
    --leaf.count;
    m_leaf_of[id] = kNoNode;
    count(node, -1, was_shown ? -1 : 0);
    if (index == 0 && leaf.count > 0) note_first_key(0, node);
    if (leaf.count < kFew) thin_out(0, node);
}

void OrderTree::show(Id id, bool is_shown) noexcept {
    const auto [node, index] = spot_of(id);
    Leaf& leaf = m_leaves[node];
    if (((leaf.shown & bit(index)) != 0) == is_shown) return;
    leaf.shown ^= bit(index);
    count(node, 0, is_shown ? 1 : -1);
}

void OrderTree::set_key(Id id, const Key& key) noexcept {
    if (!m_has_keys) return;
    const auto [node, index] = spot_of(id);
    m_keys[node].keys[index] = key;
    if (index == 0) note_first_key(0, node);
}

/// Puts a node that holds little together with the one beside it, if both fit.
void OrderTree::thin_out(unsigned level, Node node) noexcept {
    const Node parent = parent_of(level, node);
    if (parent == kNoNode) {
        if (level > 0 && m_branches[node].count == 1) drop_root();
        return;
    }
    const std::uint32_t index = index_in(parent, node);
    if (count_of(level, node) == 0) {
        drop_child(level, parent, index);
        if (index == 0 && m_branches[parent].count > 0) note_first_key(level + 1, parent);
    } else {
        const bool merged =
            (index + 1 < m_branches[parent].count && merge_into_left(level, parent, index + 1)) ||
            (index > 0 && merge_into_left(level, parent, index));
        if (!merged) return;
    }
    if (m_branches[parent].count < kFew) thin_out(level + 1, parent);
}

bool OrderTree::merge_into_left(unsigned level, Node parent, std::uint32_t right_index) noexcept {
    const Node left = m_branches[parent].children[right_index - 1];
    const Node right = m_branches[parent].children[right_index];
    if (count_of(level, left) + count_of(level, right) > kMerged) return false;
    move_upper(level, right, left, 0);
    describe(level, parent, right_index - 1);
    drop_child(level, parent, right_index);
    return true;
}

void OrderTree::drop_child(unsigned level, Node parent, std::uint32_t index) noexcept {
    Branches& branches = m_branches[parent];
    const Node child = branches.children[index];
    if (level == 0) {
        const Leaf& leaf = m_leaves[child];
        (leaf.previous == kNoNode ? m_first : m_leaves[leaf.previous].next) = leaf.next;
        (leaf.next == kNoNode ? m_last : m_leaves[leaf.next].previous) = leaf.previous;
    }
    close_gap(branches.children, branches.count, index);
    close_gap(branches.sizes, branches.count, index);
    close_gap(branches.shown, branches.count, index);
    close_gap(branches.first_keys, branches.count, index);
    --branches.count;
    free_node(level, child);
}

void OrderTree::drop_root() noexcept {
    while (m_height > 0 && m_branches[m_root].count == 1) {
        const Node child = m_branches[m_root].children[0];
        free_node(m_height, m_root);
        m_root = child;
        parent_of(--m_height, m_root) = kNoNode;
    }
}

}  // namespace remapi::object
