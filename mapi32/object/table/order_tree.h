// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace remapi::object {

/// An order of things that the user of this class numbers from 1, each shown or hidden: a B+ tree
/// that counts both, with up to kWidth of them or of branches side by side. Everything but `build`
/// takes O(log n). Not for use from two threads at once.
class OrderTree {
public:
    using Id = std::uint32_t;
    static constexpr Id kNone = 0;
    /// Numbers that nearly all that stands in order is told apart by: they never fall from one to
    /// the next. A tree may do without.
    struct Key {
        std::uint64_t first;
        std::uint64_t second;
        std::uint64_t third;
        friend bool operator==(const Key&, const Key&) = default;
        friend bool operator<(const Key& left, const Key& right) noexcept {
            if (left.first != right.first) return left.first < right.first;
            if (left.second != right.second) return left.second < right.second;
            return left.third < right.third;
        }
    };

    std::size_t size() const noexcept { return m_size; }
    std::size_t shown() const noexcept { return m_shown; }

    /// From now on with or without keys.
    void clear(bool has_keys = false);
    /// Exactly `ids` in this order. `hidden` says for each whether it is hidden; empty: none is.
    /// `keys`: one for each in a tree with keys, otherwise none.
    void build(std::span<const Id> ids, std::span<const std::uint8_t> hidden = {},
               std::span<const Key> keys = {});
    /// Puts `id`, which is not in it, behind `previous` (kNone: first).
    void insert_after(Id previous, Id id, bool is_shown = true);
    /// Puts it before the one that has `rank` others before it (size(): last).
    void insert_at(std::size_t rank, Id id, bool is_shown = true);
    /// Puts it where partition_rank(key, before) others come before it.
    template <class Before>
    void insert_by(const Key& key, Before before, Id id) {
        insert(boundary(tested_by(key, before)), id, true, key);
    }
    void erase(Id id) noexcept;
    void show(Id id, bool is_shown) noexcept;
    /// Another key for one whose place is right for it.
    void set_key(Id id, const Key& key) noexcept;

    bool is_shown(Id id) const noexcept;
    bool has_keys() const noexcept { return m_has_keys; }
    /// How many come before `id`, and how many of them are shown.
    std::size_t rank(Id id) const noexcept { return rank_of(spot_of(id), false); }
    std::size_t shown_rank(Id id) const noexcept { return rank_of(spot_of(id), true); }
    /// The one with `rank` others, or shown others, before it. `rank` is less than size() or
    /// shown().
    Id at(std::size_t rank) const noexcept { return id_at(spot_at(rank, false)); }
    Id shown_at(std::size_t rank) const noexcept { return id_at(spot_at(rank, true)); }
    Id first() const noexcept { return m_size == 0 ? kNone : m_leaves[m_first].ids[0]; }
    Id last() const noexcept;
    Id next(Id id) const noexcept;
    Id previous(Id id) const noexcept;
    std::vector<Id> all() const;
    /// Up to `count` shown ones, from the one with `rank` shown ones before it on.
    std::vector<Id> shown_from(std::size_t rank, std::size_t count) const;
    /// Calls `use` with each one behind `id` until it answers false. It may show and hide them.
    template <class Use>
    void walk_behind(Id id, Use use) const {
        for (Spot spot = following(spot_of(id)); spot.leaf != kNoNode; spot = following(spot)) {
            if (!use(id_at(spot))) return;
        }
    }

    /// The first one that `before` does not hold for; kNone when it holds for all. It must hold for
    /// the ones in front and not for the others.
    template <class Before>
    Id partition_point(Before before) const {
        return first_from(boundary([&](const Key&, auto id) { return before(id()); }));
    }
    /// How many come before the first one behind `key`, in a tree with keys: `before` is asked only
    /// about ones with this very key.
    template <class Before>
    std::size_t partition_rank(const Key& key, Before before) const {
        return rank_of(boundary(tested_by(key, before)), false);
    }

    /// Has the processor fetch what it will be asked for soon: where `id` is, and what is around.
    void prefetch(Id id) const noexcept {
        if (id < m_leaf_of.size() && m_leaf_of[id] != kNoNode) prefetch_leaf(m_leaf_of[id]);
    }

private:
    /// Nodes and leaves are numbered, each for themselves.
    using Node = std::uint32_t;
    static constexpr Node kNoNode = ~Node{0};
    static constexpr std::uint32_t kWidth = 64;  // as many as a leaf has bits for the shown ones
    static constexpr std::uint32_t kFew = kWidth / 4;         // with less, one is to be merged
    static constexpr std::uint32_t kMerged = kWidth / 4 * 3;  // which makes so much at most
    static constexpr std::uint32_t kBuilt = kWidth / 8 * 7;   // what each has at first

    struct Leaf {
        Node parent = kNoNode;
        Node previous = kNoNode;
        Node next = kNoNode;
        std::uint32_t count = 0;
        std::uint64_t shown = 0;  ///< a bit for each
        Id ids[kWidth];
    };
    struct LeafKeys {
        LeafKeys() noexcept {}  // those beyond its count have no value
        Key keys[kWidth];
    };
    struct Branches {
        Node parent = kNoNode;
        std::uint32_t count = 0;
        Node children[kWidth];
        std::uint32_t sizes[kWidth];
        std::uint32_t shown[kWidth];
        Key first_keys[kWidth];
    };
    struct Spot {
        Node leaf;
        std::uint32_t index;
    };
    struct Counts {
        std::uint32_t size;
        std::uint32_t shown;
    };

    Id id_at(Spot spot) const noexcept { return m_leaves[spot.leaf].ids[spot.index]; }
    Spot spot_of(Id id) const noexcept;
    Spot spot_at(std::size_t rank, bool shown) const noexcept;
    Spot following(Spot spot) const noexcept;
    /// Of a spot that may be behind the last one of its leaf.
    Id first_from(Spot spot) const noexcept;
    std::size_t rank_of(Spot spot, bool shown) const noexcept;
    void prefetch_leaf(Node node) const noexcept;
    Id first_in(unsigned level, Node node) const noexcept;

    // A node of level 0 is a leaf.
    Node& parent_of(unsigned level, Node node) noexcept;
    std::uint32_t count_of(unsigned level, Node node) const noexcept;
    Counts counts_of(unsigned level, Node node) const noexcept;
    Key first_key(unsigned level, Node node) const noexcept;
    std::uint32_t index_in(Node parent, Node child) const noexcept;
    void describe(unsigned level, Node parent, std::uint32_t index) noexcept;
    void count(Node leaf, std::int32_t size, std::int32_t shown) noexcept;
    void note_first_key(unsigned level, Node node) noexcept;

    Node new_leaf();
    Node new_branches();
    void free_node(unsigned level, Node node) noexcept;
    void reserve_beside();
    Spot make_room(Spot spot);
    void split_branches(unsigned level, Node node);
    void add_sibling(unsigned level, Node left, Node right);
    void move_upper(unsigned level, Node from, Node to, std::uint32_t first);
    void insert(Spot spot, Id id, bool is_shown, const Key& key);
    void thin_out(unsigned level, Node node) noexcept;
    bool merge_into_left(unsigned level, Node parent, std::uint32_t right_index) noexcept;
    void drop_child(unsigned level, Node parent, std::uint32_t index) noexcept;
    void drop_root() noexcept;
    void build_leaves(std::span<const Id> ids, std::span<const std::uint8_t> hidden,
                      std::span<const Key> keys);
    void build_level(unsigned level, std::vector<Node>& nodes);

    template <class Before>
    static auto tested_by(const Key& key, Before& before) {
        return [&key, &before](const Key& one, auto id) {
            return one == key ? before(id()) : one < key;
        };
    }

    /// Halves its way to the first one that `is_before`, called with a key and what finds the id,
    /// does not hold for; may be behind the last one of a leaf.
    template <class Test>
    Spot boundary(Test is_before) const {
        Node node = m_root;
        for (unsigned level = m_height; level > 0; --level) {
            const Branches& branches = m_branches[node];
            std::uint32_t low = 1;  // the first branch is gone down when nothing comes before
            std::uint32_t high = branches.count;
            while (low < high) {
                const std::uint32_t middle = (low + high) / 2;
                const Node child = branches.children[middle];
                const auto id = [&] { return first_in(level - 1, child); };
                is_before(branches.first_keys[middle], id) ? low = middle + 1 : high = middle;
            }
            node = branches.children[low - 1];
        }
        prefetch_leaf(node);
        const Leaf& leaf = m_leaves[node];
        const Key* const keys = m_has_keys ? m_keys[node].keys : nullptr;
        std::uint32_t low = 0;
        std::uint32_t high = leaf.count;
        while (low < high) {
            const std::uint32_t middle = (low + high) / 2;
            const auto id = [&] { return leaf.ids[middle]; };
            is_before(keys ? keys[middle] : Key{}, id) ? low = middle + 1 : high = middle;
        }
        return {node, low};
    }

    bool m_has_keys = false;
    unsigned m_height = 0;  ///< levels of branches above the leaves
    Node m_root = 0;
    Node m_first = 0;  ///< leaves; the first one is empty in an empty tree
    Node m_last = 0;
    std::size_t m_size = 0;
    std::size_t m_shown = 0;
    std::vector<Leaf> m_leaves = std::vector<Leaf>(1);
    std::vector<LeafKeys> m_keys;  ///< of each leaf, in a tree with keys
    std::vector<Branches> m_branches;
    std::vector<Node> m_free_leaves;
    std::vector<Node> m_free_branches;
    std::vector<Node> m_leaf_of = std::vector<Node>(1);
};

}  // namespace remapi::object
