// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/order_tree.h"

namespace remapi::object {
namespace {

// Of two siblings the heavier is at most kHeavy times the lighter; a single rotation helps when the
// inner grandchild is less than kInner times the outer one (Hirai and Yamamoto: 3 and 2 suffice).
constexpr std::size_t kHeavy = 3;
constexpr std::size_t kInner = 2;

}  // namespace

void OrderTree::clear() noexcept {
    m_nodes.resize(1);
    m_root = kNone;
}

void OrderTree::reserve(Id id) {
    if (id >= m_nodes.size()) m_nodes.resize(std::size_t{id} + 1);
}

void OrderTree::build(std::span<const Id> ids, std::span<const std::uint8_t> hidden) {
    Id greatest = kNone;
    for (const Id id : ids) greatest = id > greatest ? id : greatest;
    m_nodes.reserve(ids.size() + ids.size() / 8 + 64);  // room for some more
    reserve(greatest);
    m_root = build_range(ids, hidden, kNone);
}

OrderTree::Id OrderTree::build_range(std::span<const Id> ids, std::span<const std::uint8_t> hidden,
                                     Id parent) {
    if (ids.empty()) return kNone;
    const std::size_t middle = ids.size() / 2;
    const bool all_shown = hidden.empty();
    const Id id = ids[middle];
    Node& node = m_nodes[id];
    node.parent = parent;
    node.is_shown = all_shown || hidden[middle] == 0;
    node.left = build_range(ids.first(middle), all_shown ? hidden : hidden.first(middle), id);
    node.right =
        build_range(ids.subspan(middle + 1), all_shown ? hidden : hidden.subspan(middle + 1), id);
    update(id);
    return id;
}

void OrderTree::link(Id parent, bool left, Id id) {
    m_nodes[id].parent = parent;
    if (parent == kNone) {
        m_root = id;
    } else {
        (left ? m_nodes[parent].left : m_nodes[parent].right) = id;
    }
    update_upwards(id);
}

void OrderTree::insert_after(Id previous, Id id, bool is_shown) {
    reserve(id);
    m_nodes[id] = Node{};
    m_nodes[id].is_shown = is_shown;
    Id place = previous == kNone ? m_root : m_nodes[previous].right;
    if (place == kNone) {
        link(previous, false, id);
        return;
    }
    while (m_nodes[place].left != kNone) place = m_nodes[place].left;
    link(place, true, id);
}

void OrderTree::insert_at(std::size_t rank, Id id, bool is_shown) {
    insert_after(rank == 0 ? kNone : at(rank - 1), id, is_shown);
}

void OrderTree::replace_child(Id parent, Id old_child, Id new_child) noexcept {
    if (parent == kNone) {
        m_root = new_child;
    } else if (m_nodes[parent].left == old_child) {
        m_nodes[parent].left = new_child;
    } else {
        m_nodes[parent].right = new_child;
    }
    if (new_child != kNone) m_nodes[new_child].parent = parent;
}

void OrderTree::erase(Id id) noexcept {
    const Node node = m_nodes[id];
    Id changed = node.parent;
    if (node.left == kNone || node.right == kNone) {
        replace_child(node.parent, id, node.left != kNone ? node.left : node.right);
    } else {
        Id heir = node.right;
        while (m_nodes[heir].left != kNone) heir = m_nodes[heir].left;
        changed = m_nodes[heir].parent == id ? heir : m_nodes[heir].parent;
        if (changed != heir) {
            replace_child(changed, heir, m_nodes[heir].right);
            m_nodes[heir].right = node.right;
            m_nodes[node.right].parent = heir;
        }
        m_nodes[heir].left = node.left;
        m_nodes[node.left].parent = heir;
        replace_child(node.parent, id, heir);
    }
    m_nodes[id] = Node{};
    if (changed != kNone) update_upwards(changed);
}

void OrderTree::show(Id id, bool is_shown) noexcept {
    if (m_nodes[id].is_shown == is_shown) return;
    m_nodes[id].is_shown = is_shown;
    for (; id != kNone; id = m_nodes[id].parent) update(id);
}

void OrderTree::update(Id id) noexcept {
    Node& node = m_nodes[id];
    const Node& left = m_nodes[node.left];
    const Node& right = m_nodes[node.right];
    node.size = 1 + left.size + right.size;
    node.shown = (node.is_shown ? 1u : 0u) + left.shown + right.shown;
}

void OrderTree::update_upwards(Id id) noexcept {
    while (id != kNone) {
        update(id);
        id = m_nodes[balanced(id)].parent;
    }
}

OrderTree::Id OrderTree::rotate(Id id, bool left) noexcept {
    const Id child = left ? m_nodes[id].right : m_nodes[id].left;
    const Id inner = left ? m_nodes[child].left : m_nodes[child].right;
    replace_child(m_nodes[id].parent, id, child);
    (left ? m_nodes[child].left : m_nodes[child].right) = id;
    (left ? m_nodes[id].right : m_nodes[id].left) = inner;
    m_nodes[id].parent = child;
    if (inner != kNone) m_nodes[inner].parent = id;
    update(id);
    update(child);
    return child;
}

OrderTree::Id OrderTree::balanced(Id id) noexcept {
    const Id left = m_nodes[id].left;
    const Id right = m_nodes[id].right;
    if (weight(right) > kHeavy * weight(left)) {
        if (weight(m_nodes[right].left) >= kInner * weight(m_nodes[right].right)) {
            rotate(right, false);
        }
        return rotate(id, true);
    }
    if (weight(left) > kHeavy * weight(right)) {
        if (weight(m_nodes[left].right) >= kInner * weight(m_nodes[left].left)) rotate(left, true);
        return rotate(id, false);
    }
    return id;
}

std::size_t OrderTree::rank(Id id) const noexcept {
    std::size_t before = m_nodes[m_nodes[id].left].size;
    for (Id parent = m_nodes[id].parent; parent != kNone; parent = m_nodes[id = parent].parent) {
        if (m_nodes[parent].right == id) before += 1 + m_nodes[m_nodes[parent].left].size;
    }
    return before;
}

std::size_t OrderTree::shown_rank(Id id) const noexcept {
    std::size_t before = m_nodes[m_nodes[id].left].shown;
    for (Id parent = m_nodes[id].parent; parent != kNone; parent = m_nodes[id = parent].parent) {
        if (m_nodes[parent].right != id) continue;
        before += (m_nodes[parent].is_shown ? 1u : 0u) + m_nodes[m_nodes[parent].left].shown;
    }
    return before;
}

OrderTree::Id OrderTree::at(std::size_t rank) const noexcept {
    Id id = m_root;
    for (;;) {
        const Node& node = m_nodes[id];
        const std::size_t before = m_nodes[node.left].size;
        if (rank == before) return id;
        id = rank < before ? node.left : node.right;
        if (rank > before) rank -= before + 1;
    }
}

OrderTree::Id OrderTree::shown_at(std::size_t rank) const noexcept {
    Id id = m_root;
    for (;;) {
        const Node& node = m_nodes[id];
        const std::size_t before = m_nodes[node.left].shown;
        if (rank < before) {
            id = node.left;
            continue;
        }
        if (rank == before && node.is_shown) return id;
        rank -= before + (node.is_shown ? 1 : 0);
        id = node.right;
    }
}

OrderTree::Id OrderTree::first() const noexcept {
    Id id = m_root;
    while (m_nodes[id].left != kNone) id = m_nodes[id].left;
    return id;
}

OrderTree::Id OrderTree::last() const noexcept {
    Id id = m_root;
    while (m_nodes[id].right != kNone) id = m_nodes[id].right;
    return id;
}

OrderTree::Id OrderTree::next(Id id) const noexcept {
    if (m_nodes[id].right != kNone) {
        id = m_nodes[id].right;
        while (m_nodes[id].left != kNone) id = m_nodes[id].left;
        return id;
    }
    Id parent = m_nodes[id].parent;
    while (parent != kNone && m_nodes[parent].right == id) parent = m_nodes[id = parent].parent;
    return parent;
}

OrderTree::Id OrderTree::previous(Id id) const noexcept {
    if (m_nodes[id].left != kNone) {
        id = m_nodes[id].left;
        while (m_nodes[id].right != kNone) id = m_nodes[id].right;
        return id;
    }
    Id parent = m_nodes[id].parent;
    while (parent != kNone && m_nodes[parent].left == id) parent = m_nodes[id = parent].parent;
    return parent;
}

std::vector<OrderTree::Id> OrderTree::all() const {
    std::vector<Id> ids;
    ids.reserve(size());
    for (Id id = first(); id != kNone; id = next(id)) ids.push_back(id);
    return ids;
}

}  // namespace remapi::object
