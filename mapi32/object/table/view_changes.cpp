// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Changes of single rows.
#include <algorithm>
#include <map>

#include "object/table/view_rows.h"

namespace remapi::object {

std::vector<ViewRows::Event> ViewRows::change(RowKey key, const CompactRowPtr& row, bool shown,
                                              std::optional<RowKey> behind, bool told) {
    if (!m_order.categories.empty() || !m_instance_tags.empty()) {
        std::vector<Event> events = change_instances(key, row, shown, behind);
        if (!told) events.clear();
        return events;
    }
    const Id old = entry_of(key);
    std::vector<Event> events;
    if (shown) {
        const Id id = change_plain(key, row, old, behind);
        const ULONG event = old == OrderTree::kNone ? TABLE_ROW_ADDED : TABLE_ROW_MODIFIED;
        if (told) events.push_back(event_of(event, id));
    } else if (old != OrderTree::kNone) {
        if (told) events.push_back({TABLE_ROW_DELETED, name_of(old), std::nullopt, {}, false});
        leave(key);
        take(old);
    }
    return events;
}

// Without categories and rows for one of many values a row is one entry, and shown.
ViewRows::Id ViewRows::change_plain(RowKey key, const CompactRowPtr& row, Id old,
                                    std::optional<RowKey> behind) {
    std::optional<RowPlace> place;
    if (!m_order.keys.empty()) place.emplace(m_order.keys, *row);
    const SortPrefix prefix = place ? place->prefix() : SortPrefix{};
    if (old != OrderTree::kNone && (!place || fits_at(old, *row))) {
        if (m_has_rows) m_entries[old].row = row;
        m_tree.set_key(old, prefix);
        return old;
    }
    const Id id = new_entry();
    m_entries[id].key = key;
    if (m_has_rows) m_entries[id].row = row;
    place ? put_in_place(*place, id) : put(behind_of(behind), id, true);
    if (old != OrderTree::kNone) {
        m_bookmarks.row_is_at(m_tree.shown_rank(old), m_tree.shown_rank(id));
        leave(key);
        take(old);
    }
    m_by_key.insert(key, id);
    return id;
}

bool ViewRows::fits_at(Id id, const CompactRow& row) const {
    const Id before = m_tree.previous(id);
    const Id after = m_tree.next(id);
    return (before == OrderTree::kNone ||
            compare_rows(m_order.keys, *m_entries[before].row, row) <= 0) &&
           (after == OrderTree::kNone ||
            compare_rows(m_order.keys, row, *m_entries[after].row) <= 0);
}

ViewRows::Id ViewRows::behind_of(std::optional<RowKey> behind) const {
    if (!behind) return OrderTree::kNone;
    const std::vector<Id> instances = instances_of(*behind);
    return instances.empty() ? OrderTree::kNone : instances.back();
}

std::vector<ViewRows::Event> ViewRows::change_instances(RowKey key, const CompactRowPtr& row,
                                                        bool shown, std::optional<RowKey> behind) {
    std::vector<Id> old = instances_of(key);
    std::vector<CompactRowPtr> rows;
    if (shown) rows = expanded_rows(key, row);
    if (old.empty() && rows.empty()) return {};
    if (can_stay(old, rows)) return replace_rows(old, rows);
    return move_rows(key, std::move(old), rows, behind);
}

bool ViewRows::can_stay(std::span<const Id> old, std::span<const CompactRowPtr> rows) const {
    if (old.empty() || old.size() != rows.size() || m_order.has_extremes()) return false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (compare_rows(m_order.keys, *m_entries[old[i]].row, *rows[i]) != 0) return false;
    }
    return true;
}

std::vector<ViewRows::Event> ViewRows::replace_rows(std::span<const Id> old,
                                                    std::span<const CompactRowPtr> rows) {
    Touched touched;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Entry& entry = m_entries[old[i]];
        if (entry.parent != OrderTree::kNone) {
            count_leaf(entry.parent, *entry.row, false, touched);
            count_leaf(entry.parent, *rows[i], true, touched);
        }
        // A view that holds no rows does not begin to.
        if (entry.row) entry.row = rows[i];
    }
    std::vector<Event> events;
    for (const Id id : touched.changed) {
        if (!is_heading_changed(id)) continue;
        refresh_heading(id);
        if (m_tree.is_shown(id)) events.push_back(event_of(TABLE_ROW_MODIFIED, id));
    }
    for (const Id id : old) {
        if (m_tree.is_shown(id)) events.push_back(event_of(TABLE_ROW_MODIFIED, id));
    }
    return events;
}

ViewRows::Event ViewRows::event_of(ULONG event, Id id) const {
    const Entry& entry = m_entries[id];
    return {event, name_of(id), prior_of_entry(id), entry.row, entry.heading != 0};
}

/// The entry in front of `behind`, or the last one.
ViewRows::Id ViewRows::before(Id behind) const noexcept {
    return behind == OrderTree::kNone ? m_tree.last() : m_tree.previous(behind);
}

// A row comes behind those that are equal to it.
void ViewRows::put_in_place(const RowPlace& place, Id id) {
    const std::size_t old_count = m_tree.shown();
    m_tree.insert_by(
        place.prefix(), [&](Id one) { return place.compare(m_entries[one].row.get()) <= 0; }, id);
    was_put(id, old_count);
}

// A heading comes before the rows in its category.
ViewRows::Id ViewRows::place_among_headings(const CompactRow& row) const {
    return before(m_tree.partition_point([&](Id id) {
        const Entry& entry = m_entries[id];
        const bool is_heading = entry.heading != 0;
        const auto keys = is_heading ? m_order.category_keys(heading(id).level)
                                     : std::span<const SortKey>(m_order.keys);
        return compare_rows(keys, compared_row(entry), row) <= 0;
    }));
}

void ViewRows::put(Id previous, Id id, bool is_shown) {
    const std::size_t old_count = m_tree.shown();
    m_tree.insert_after(previous, id, is_shown);
    if (is_shown) was_put(id, old_count);
}

void ViewRows::was_put(Id id, std::size_t old_count) {
    if (!m_bookmarks.is_at_start()) m_bookmarks.row_inserted(m_tree.shown_rank(id), old_count);
}

void ViewRows::take(Id id) {
    const bool all_shown = m_tree.shown() == m_tree.size();
    if (!m_bookmarks.is_at_start() && (all_shown || m_tree.is_shown(id))) {
        m_bookmarks.row_erased(m_tree.shown_rank(id));
    }
    m_tree.erase(id);
    m_entries[id] = Entry{};
    m_free.push_back(id);
}

void ViewRows::insert_leaf(Id id, Id previous, Touched& touched) {
    if (m_order.categories.empty()) return put(previous, id, true);
    const CompactRowPtr row = m_entries[id].row;
    const Id parent = open_category(row, previous, touched);
    m_entries[id].parent = parent;
    put(previous, id, is_child_shown(parent));
    count_leaf(parent, *row, true, touched);
}

void ViewRows::erase_leaf(Id id, Touched& touched) {
    Id parent = m_entries[id].parent;
    if (parent != OrderTree::kNone) count_leaf(parent, *m_entries[id].row, false, touched);
    take(id);
    while (parent != OrderTree::kNone && heading(parent).leaves == 0) {
        const Id above = m_entries[parent].parent;
        if (m_tree.is_shown(parent)) {
            touched.removed.push_back({TABLE_ROW_DELETED, name_of(parent), std::nullopt, {}, true});
        }
        std::erase(touched.changed, parent);
        free_heading(parent);
        parent = above;
    }
}

/// From the top down, so that each names a row before it that has its place already.
void ViewRows::append_events(std::span<const std::pair<Id, bool>> told,
                             std::vector<Event>& events) const {
    std::map<std::size_t, std::pair<Id, bool>> by_place;
    for (const auto& one : told) {
        if (m_tree.is_shown(one.first)) by_place.emplace(m_tree.shown_rank(one.first), one);
    }
    for (const auto& [place, one] : by_place) {
        events.push_back(event_of(one.second ? TABLE_ROW_ADDED : TABLE_ROW_MODIFIED, one.first));
    }
}

std::vector<ViewRows::Event> ViewRows::move_rows(RowKey key, std::vector<Id> old,
                                                 std::span<const CompactRowPtr> rows,
                                                 std::optional<RowKey> behind) {
    Touched touched;
    std::vector<Id> added;
    std::vector<Event> events;
    std::vector<bool> was_shown;
    for (const Id id : old) was_shown.push_back(m_tree.is_shown(id));
    Id previous = old.empty() ? behind_of(behind) : old.back();
    for (const CompactRowPtr& row : rows) {
        const Id id = new_entry();
        m_entries[id].key = key;
        m_entries[id].row = m_has_rows ? row : CompactRowPtr();
        if (m_tree.has_keys()) {
            put_in_place(RowPlace(m_order.keys, *row), id);
        } else {
            if (!m_order.keys.empty()) previous = place_among_headings(*row);
            insert_leaf(id, previous, touched);
        }
        previous = id;
        added.push_back(id);
    }
    leave(key);
    for (std::size_t i = 0; i < old.size(); ++i) {
        const bool is_shown = i < added.size() && m_tree.is_shown(added[i]);
        if (was_shown[i] && is_shown) {
            m_bookmarks.row_is_at(m_tree.shown_rank(old[i]), m_tree.shown_rank(added[i]));
        }
        if (was_shown[i] && !is_shown) {
            events.push_back({TABLE_ROW_DELETED, name_of(old[i]), std::nullopt, {}, false});
        }
        erase_leaf(old[i], touched);
    }
    enter(key, added);
    if (m_order.has_extremes()) return rearrange();

    events.insert(events.end(), touched.removed.begin(), touched.removed.end());
    std::erase_if(touched.changed, [this](Id id) { return !is_heading_changed(id); });
    for (const Id id : touched.changed) refresh_heading(id);  // all, as one may name another
    std::vector<std::pair<Id, bool>> told;                    // and whether it is new
    for (const Id id : touched.changed) {
        told.emplace_back(id, std::find(touched.created.begin(), touched.created.end(), id) !=
                                  touched.created.end());
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        told.emplace_back(added[i], i >= was_shown.size() || !was_shown[i]);
    }
    append_events(told, events);
    return events;
}

}  // namespace remapi::object
