// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/bookmarks.h"
#include "object/table/row_index.h"
#include "object/table/sort_prefix.h"
#include "object/table/table_source.h"

namespace remapi::object {

/// The rows of a view in their order, with the heading rows of categories between them, and the
/// bookmarks on them. Positions count the rows that are shown. Asks nobody and calls nobody; not
/// for use from two threads at once. Design: docs/decisions/0023-table-engine.md
class ViewRows {
public:
    using Id = OrderTree::Id;

    /// What notifications name a row by.
    struct Name {
        RowKey key = 0;
        Bytes instance_key;  ///< of heading rows and of rows for one of many values; else empty
    };
    /// What became of a shown row.
    struct Event {
        ULONG event;  ///< TABLE_ROW_..., TABLE_CHANGED
        Name name;
        std::optional<Name> prior;  ///< the shown row before it
        CompactRowPtr row;          ///< null when it is gone, or not held
        bool is_heading = false;
    };
    /// A row to be read. `row` is what the view was given of it: all, its sort keys, or nothing.
    struct Shown {
        RowKey key;
        CompactRowPtr row;
        bool is_heading;
    };

    /// Starts over with these rows in the source's order. `instance_tags`: properties with a row
    /// for each of their values.
    /// @param has_rows  whether every row comes with its cells, at least those that it is sorted
    /// by;
    ///                  must be so to sort or expand them
    void load(std::vector<StoredRow> rows, ViewOrder order, std::vector<ULONG> instance_tags,
              bool has_rows);
    /// Takes `keys` as they come: the source has sorted them by `order` itself.
    void load_sorted(std::span<const RowKey> keys, ViewOrder order);
    /// Sorts what is there anew. Only when can_sort().
    void sort(ViewOrder order);
    bool can_sort(const ViewOrder& order) const noexcept;
    /// Whether rows can be compared by the order, so that `change` may be called.
    bool can_change() const noexcept { return m_order.keys.empty() || m_has_rows; }

    /// Brings one row up to date. `row` is null when the view does not show it. `behind`: the shown
    /// row that it follows when nothing else says where it belongs. `told`: whether anybody wants
    /// to know what happened.
    /// @return what happened, in the order in which it is to be told; nothing when not `told`
    std::vector<Event> change(RowKey key, const CompactRowPtr& row, bool shown,
                              std::optional<RowKey> behind, bool told = true);

    /// Takes over the bookmarks of what was shown before.
    void adopt_bookmarks(const ViewRows& old);

    std::size_t count() const noexcept { return m_tree.shown(); }
    bool contains(RowKey key) const noexcept { return entry_of(key) != OrderTree::kNone; }
    /// Has the processor fetch what `change` will look at.
    void prefetch(RowKey key) const noexcept { m_tree.prefetch(entry_of(key)); }
    bool has_rows() const noexcept { return m_has_rows; }
    const ViewOrder& order() const noexcept { return m_order; }
    std::span<const ULONG> instance_tags() const noexcept { return m_instance_tags; }
    Bookmarks& bookmarks() noexcept { return m_bookmarks; }
    const Bookmarks& bookmarks() const noexcept { return m_bookmarks; }

    /// The shown rows from `first` up to `last`.
    std::vector<Shown> shown(std::size_t first, std::size_t last) const;
    Shown shown_at(std::size_t position) const { return shown_of(m_tree.shown_at(position)); }
    /// Where the first row for `key` is shown.
    std::optional<std::size_t> position_of(RowKey key) const;
    std::optional<Name> prior_of(std::size_t position) const;
    Name name_at(std::size_t position) const { return name_of(m_tree.shown_at(position)); }
    /// The positions outside which no row can satisfy `restriction`.
    std::pair<std::size_t, std::size_t> range_of(const Restriction& restriction) const;

    // Categories. Null and 0 stand for a key that no heading row has.
    Id heading_of(BytesView instance_key) const;
    std::size_t position_of_heading(Id heading) const { return m_tree.shown_rank(heading); }
    /// Shows or hides what is in a category; answers how many rows came or went.
    std::size_t expand(Id heading);
    std::size_t collapse(Id heading);
    /// What set_collapse_state restores: all headings, and which row `instance_key` names. Throws
    /// Error(MAPI_E_NOT_FOUND) when it names none.
    Bytes collapse_state(BytesView instance_key) const;
    /// The position of that row, or of the first shown one behind. Throws
    /// Error(MAPI_E_INVALID_PARAMETER) for bytes that are no state,
    /// Error(MAPI_E_UNABLE_TO_COMPLETE) for the state of another order.
    std::size_t set_collapse_state(BytesView state);

private:
    struct Entry {
        RowKey key = 0;
        CompactRowPtr row;
        Id next = OrderTree::kNone;    ///< the row's next instance
        Id parent = OrderTree::kNone;  ///< the heading it is in
        std::uint32_t heading = 0;     ///< 1 + the index in m_headings; 0: a leaf
        std::uint32_t arrival = 0;     ///< of two, the greater came later
    };
    struct Heading {
        std::uint64_t number = 0;  ///< what its instance key is made of
        std::uint32_t level = 0;
        std::uint32_t leaves = 0;
        std::uint32_t unread = 0;
        bool expanded = false;
        CompactRowPtr sample;  ///< some row of the category
    };
    /// What a change did to headings.
    struct Touched {
        std::vector<Id> created;
        std::vector<Id> changed;
        std::vector<Event> removed;
    };

    void clear();
    Id new_entry();
    Id entry_of(RowKey key) const noexcept;
    std::vector<Id> instances_of(RowKey key) const;
    void enter(RowKey key, std::span<const Id> instances);
    void leave(RowKey key);
    std::vector<CompactRowPtr> expanded_rows(RowKey key, const CompactRowPtr& row) const;
    const CompactRow& compared_row(const Entry& entry) const noexcept;
    void arrange(std::vector<Id> leaves);
    void load_instances(const StoredRow& row, std::vector<Id>& leaves);
    std::vector<SortPrefix> sort_leaves(std::vector<Id>& leaves) const;
    const Cell* extreme_in(std::span<const Id> leaves, const Category::Extreme& extreme) const;

    Id change_plain(RowKey key, const CompactRowPtr& row, Id old, std::optional<RowKey> behind);
    bool fits_at(Id id, const CompactRow& row) const;
    Id behind_of(std::optional<RowKey> behind) const;
    std::vector<Event> change_instances(RowKey key, const CompactRowPtr& row, bool shown,
                                        std::optional<RowKey> behind);
    bool can_stay(std::span<const Id> old, std::span<const CompactRowPtr> rows) const;
    std::vector<Event> replace_rows(std::span<const Id> old, std::span<const CompactRowPtr> rows);
    std::vector<Event> move_rows(RowKey key, std::vector<Id> old,
                                 std::span<const CompactRowPtr> rows, std::optional<RowKey> behind);
    void append_events(std::span<const std::pair<Id, bool>> told, std::vector<Event>& events) const;
    Id before(Id behind) const noexcept;
    void put_in_place(const RowPlace& place, Id id);
    Id place_among_headings(const CompactRow& row) const;
    void insert_leaf(Id id, Id previous, Touched& touched);
    void erase_leaf(Id id, Touched& touched);
    void put(Id previous, Id id, bool is_shown);
    void was_put(Id id, std::size_t old_count);
    void take(Id id);
    Event event_of(ULONG event, Id id) const;
    Name name_of(Id id) const;
    Shown shown_of(Id id) const;
    std::optional<Name> prior_of_entry(Id id) const;

    // Headings.
    Heading& heading(Id id) noexcept { return m_headings[m_entries[id].heading - 1]; }
    const Heading& heading(Id id) const noexcept { return m_headings[m_entries[id].heading - 1]; }
    Id new_heading(std::size_t level, Id parent, CompactRowPtr sample);
    void free_heading(Id id);
    void refresh_heading(Id id);
    bool is_child_shown(Id parent) const noexcept;
    Id parent_for(const CompactRow& row, Id previous) const;
    Id open_category(const CompactRowPtr& row, Id& previous, Touched& touched);
    bool is_heading_changed(Id id) const;
    void count_leaf(Id parent, const CompactRow& row, bool more, Touched& touched);
    void arrange_level(std::span<const Id> leaves, std::size_t level, Id parent,
                       std::vector<Id>& sequence);
    std::vector<std::span<const Id>> groups_of(std::span<const Id> leaves, std::size_t level) const;
    std::vector<Event> rearrange();
    std::vector<Id> inside(Id heading) const;
    std::size_t show_inside(Id heading);
    std::uint64_t hash_of(Id id) const;
    std::uint64_t order_hash() const;
    Id entry_named(BytesView instance_key) const;

    ViewOrder m_order;
    std::vector<ULONG> m_instance_tags;
    bool m_has_rows = false;
    std::vector<Entry> m_entries = std::vector<Entry>(1);
    std::vector<Id> m_free;
    std::uint32_t m_arrivals = 0;
    std::vector<Heading> m_headings;
    std::vector<std::uint32_t> m_free_headings;
    std::uint64_t m_last_heading = 0;
    RowIndex m_by_key;
    OrderTree m_tree;  ///< with sort_prefix for keys where there is an order without categories
    Bookmarks m_bookmarks;
};

}  // namespace remapi::object
