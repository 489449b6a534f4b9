// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Changes of single rows.
#include <algorithm>

#include "object/table/view_rows.h"

namespace remapi::object {

std::vector<ViewRows::Event> ViewRows::change(RowKey key, const CompactRowPtr& row, bool shown,
                                              std::optional<RowKey> behind) {
    std::vector<Id> old = instances_of(key);
    std::vector<CompactRowPtr> rows;
    if (shown) rows = expanded_rows(key, row);
    if (old.empty() && rows.empty()) return {};
    if (can_stay(old, rows)) return replace_rows(old, rows);
    return move_rows(key, std::move(old), rows, behind);
}

bool ViewRows::fits_at(Id id, const CompactRow& row) const {
    const Id before = m_tree.previous(id);
    const Id after = m_tree.next(id);
    return (before == OrderTree::kNone ||
            compare_rows(m_order.keys, *m_entries[before].row, row) <= 0) &&
           (after == OrderTree::kNone ||
            compare_rows(m_order.keys, row, *m_entries[after].row) <= 0);
}

bool ViewRows::can_stay(std::span<const Id> old, std::span<const CompactRowPtr> rows) const {
    if (old.empty() || old.size() != rows.size() || m_order.has_extremes()) return false;
    if (m_order.keys.empty()) return true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (compare_rows(m_order.keys, *m_entries[old[i]].row, *rows[i]) == 0) continue;
        const bool alone = m_order.categories.empty() && rows.size() == 1;
        if (!alone || !fits_at(old[i], *rows[i])) return false;
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
        note_prefix(old[i]);
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

ViewRows::Id ViewRows::place_of(const CompactRow& row) const {
    const bool has_prefixes = m_order.categories.empty();
    const std::uint64_t prefix = sort_prefix(row, m_order.keys.front());
    // A heading comes before the rows in its category, a row behind those that are equal to it.
    const Id behind = m_tree.partition_point([&](Id id) {
        if (has_prefixes && m_prefixes[id] != prefix) return m_prefixes[id] < prefix;
        const Entry& entry = m_entries[id];
        CompactRow::prefetch(entry.row.get());
        const bool is_heading = entry.heading != 0;
        const auto keys = is_heading ? m_order.category_keys(heading(id).level)
                                     : std::span<const SortKey>(m_order.keys);
        return compare_rows(keys, compared_row(entry), row) <= 0;
    });
    if (behind != OrderTree::kNone) return m_tree.previous(behind);
    return m_tree.size() == 0 ? OrderTree::kNone : m_tree.last();
}

void ViewRows::put(Id previous, Id id, bool is_shown) {
    const std::size_t old_count = m_tree.shown();
    m_tree.insert_after(previous, id, is_shown);
    if (is_shown) m_bookmarks.row_inserted(m_tree.shown_rank(id), old_count);
}

void ViewRows::take(Id id) {
    if (m_tree.is_shown(id)) m_bookmarks.row_erased(m_tree.shown_rank(id));
    m_tree.erase(id);
    m_entries[id] = Entry{};
    m_free.push_back(id);
}

void ViewRows::insert_leaf(Id id, Id previous, Touched& touched) {
    if (m_order.categories.empty()) {
        put(previous, id, true);
        return;
    }
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

std::vector<ViewRows::Event> ViewRows::move_rows(RowKey key, std::vector<Id> old,
                                                 std::span<const CompactRowPtr> rows,
                                                 std::optional<RowKey> behind) {
    Touched touched;
    std::vector<Id> added;
    std::vector<Event> events;
    std::vector<bool> was_shown;
    for (const Id id : old) was_shown.push_back(m_tree.is_shown(id));
    Id previous = OrderTree::kNone;
    if (!old.empty()) {
        previous = old.back();
    } else if (behind) {
        const std::vector<Id> before = instances_of(*behind);
        if (!before.empty()) previous = before.back();
    }
    for (const CompactRowPtr& row : rows) {
        const Id id = new_entry();
        m_entries[id].key = key;
        m_entries[id].row = m_has_rows ? row : CompactRowPtr();
        note_prefix(id);
        if (!m_order.keys.empty()) previous = place_of(*row);
        insert_leaf(id, previous, touched);
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
    for (const Id id : touched.changed) {
        if (!m_tree.is_shown(id)) continue;
        const bool created =
            std::find(touched.created.begin(), touched.created.end(), id) != touched.created.end();
        events.push_back(event_of(created ? TABLE_ROW_ADDED : TABLE_ROW_MODIFIED, id));
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        if (!m_tree.is_shown(added[i])) continue;
        const bool modified = i < was_shown.size() && was_shown[i];
        events.push_back(event_of(modified ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED, added[i]));
    }
    return events;
}

}  // namespace remapi::object
