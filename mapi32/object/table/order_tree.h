// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace remapi::object {

/// An order of things that the user of this class numbers from 1, each shown or hidden: a
/// weight-balanced tree that counts both. Everything but `build` takes O(log n). Not for use from
/// two threads at once.
class OrderTree {
public:
    using Id = std::uint32_t;
    static constexpr Id kNone = 0;

    std::size_t size() const noexcept { return m_nodes[m_root].size; }
    std::size_t shown() const noexcept { return m_nodes[m_root].shown; }

    void clear() noexcept;
    /// Exactly `ids` in this order. `hidden` says for each whether it is hidden; empty: none is.
    void build(std::span<const Id> ids, std::span<const std::uint8_t> hidden = {});
    /// Puts `id`, which is not in it, behind `previous` (kNone: first).
    void insert_after(Id previous, Id id, bool is_shown = true);
    /// Puts it before the one that has `rank` others before it (size(): last).
    void insert_at(std::size_t rank, Id id, bool is_shown = true);
    void erase(Id id) noexcept;
    void show(Id id, bool is_shown) noexcept;

    bool is_shown(Id id) const noexcept { return m_nodes[id].is_shown; }
    /// How many come before `id`, and how many of them are shown.
    std::size_t rank(Id id) const noexcept;
    std::size_t shown_rank(Id id) const noexcept;
    /// The one with `rank` others, or shown others, before it. `rank` is less than size() or
    /// shown().
    Id at(std::size_t rank) const noexcept;
    Id shown_at(std::size_t rank) const noexcept;
    Id first() const noexcept;
    Id last() const noexcept;
    Id next(Id id) const noexcept;
    Id previous(Id id) const noexcept;
    std::vector<Id> all() const;

    /// The first one that `before` does not hold for; kNone when it holds for all. It must hold for
    /// the ones in front and not for the others.
    template <class Before>
    Id partition_point(Before before) const {
        Id found = kNone;
        for (Id id = m_root; id != kNone;) {
            if (before(id)) {
                id = m_nodes[id].right;
            } else {
                found = id;
                id = m_nodes[id].left;
            }
        }
        return found;
    }

private:
    struct Node {
        Id left = kNone;
        Id right = kNone;
        Id parent = kNone;
        std::uint32_t size = 0;
        std::uint32_t shown = 0;
        bool is_shown = false;
    };

    void reserve(Id id);
    Id build_range(std::span<const Id> ids, std::span<const std::uint8_t> hidden, Id parent);
    void link(Id parent, bool left, Id id);
    void replace_child(Id parent, Id old_child, Id new_child) noexcept;
    void update(Id id) noexcept;
    void update_upwards(Id id) noexcept;
    Id rotate(Id id, bool left) noexcept;
    Id balanced(Id id) noexcept;
    std::size_t weight(Id id) const noexcept { return std::size_t{m_nodes[id].size} + 1; }

    std::vector<Node> m_nodes = std::vector<Node>(1);  ///< [kNone] is an empty tree
    Id m_root = kNone;
};

}  // namespace remapi::object
