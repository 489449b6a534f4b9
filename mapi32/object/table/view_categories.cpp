// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Heading rows. Page: mapi/sorting-and-categorization.md
#include <algorithm>

#include "object/table/view_rows.h"

namespace remapi::object {
namespace {

// The second half of every heading's instance key; a row's own keys do not look like this.
constexpr std::uint8_t kHeadingMark[] = {'H', 'e', 'a', 'd', 'i', 'n', 'g', 0x1A};

Bytes heading_key(std::uint64_t number) {
    Bytes key;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        key.push_back(static_cast<std::uint8_t>(number >> shift));
    }
    key.insert(key.end(), std::begin(kHeadingMark), std::end(kHeadingMark));
    return key;
}

bool is_unread(const CompactRow& row) noexcept {
    const Cell* const flags = find_typed(row, PR_MESSAGE_FLAGS);
    return flags && (flags->number & MSGFLAG_READ) == 0;
}

bool is_before(const Cell* left, const Cell* right, bool descending) noexcept {
    if (!left || !right) return left != nullptr && right == nullptr;
    const int difference = compare_cells(*left, *right);
    return descending ? difference > 0 : difference < 0;
}

}  // namespace

ViewRows::Id ViewRows::new_heading(std::size_t level, Id parent, CompactRowPtr sample) {
    std::uint32_t index = 0;
    if (m_free_headings.empty()) {
        m_headings.emplace_back();
        index = narrow_size(m_headings.size());
    } else {
        index = m_free_headings.back();
        m_free_headings.pop_back();
    }
    const Id id = new_entry();
    m_entries[id].heading = index;
    m_entries[id].parent = parent;
    Heading& heading = m_headings[index - 1];
    heading = Heading{};
    heading.number = ++m_last_heading;
    heading.level = static_cast<std::uint32_t>(level);
    heading.expanded = level < m_order.expanded;
    heading.sample = std::move(sample);
    return id;
}

void ViewRows::free_heading(Id id) {
    const std::uint32_t index = m_entries[id].heading;
    take(id);
    m_headings[index - 1] = Heading{};
    m_free_headings.push_back(index);
}

void ViewRows::refresh_heading(Id id) {
    const Heading& about = heading(id);
    std::vector<Cell> cells;
    for (const SortKey& key : m_order.category_keys(about.level)) {
        if (const Cell* const cell = find_typed(*about.sample, key.tag)) cells.push_back(*cell);
    }
    const Bytes key = heading_key(about.number);
    cells.push_back(number_cell(PR_CONTENT_COUNT, about.leaves));
    cells.push_back(number_cell(PR_CONTENT_UNREAD, about.unread));
    cells.push_back(binary_cell(PR_INSTANCE_KEY, key));
    cells.push_back(number_cell(PR_DEPTH, about.level));
    cells.push_back(number_cell(
        PR_ROW_TYPE, static_cast<std::int64_t>(about.expanded ? TBL_EXPANDED_CATEGORY
                                                              : TBL_COLLAPSED_CATEGORY)));
    m_entries[id].row = CompactRow::make(cells);
}

bool ViewRows::is_heading_changed(Id id) const {
    const CompactRowPtr& row = m_entries[id].row;
    if (!row) return true;
    return row->find(PR_CONTENT_COUNT)->number != heading(id).leaves ||
           row->find(PR_CONTENT_UNREAD)->number != heading(id).unread;
}

bool ViewRows::is_child_shown(Id parent) const noexcept {
    return parent == OrderTree::kNone || (m_tree.is_shown(parent) && heading(parent).expanded);
}

// The deepest category that both `row` and the entry before its place are in.
ViewRows::Id ViewRows::parent_for(const CompactRow& row, Id previous) const {
    if (previous == OrderTree::kNone) return OrderTree::kNone;
    Id id = m_entries[previous].heading != 0 ? previous : m_entries[previous].parent;
    while (id != OrderTree::kNone) {
        const Heading& about = heading(id);
        if (compare_rows(m_order.category_keys(about.level), *about.sample, row) == 0) return id;
        id = m_entries[id].parent;
    }
    return OrderTree::kNone;
}

ViewRows::Id ViewRows::open_category(const CompactRowPtr& row, Id& previous, Touched& touched) {
    Id parent = parent_for(*row, previous);
    std::size_t level = parent == OrderTree::kNone ? 0 : heading(parent).level + std::size_t{1};
    for (; level < m_order.categories.size(); ++level) {
        const Id id = new_heading(level, parent, row);
        put(previous, id, is_child_shown(parent));
        touched.created.push_back(id);
        parent = previous = id;
    }
    return parent;
}

void ViewRows::count_leaf(Id parent, const CompactRow& row, bool more, Touched& touched) {
    const std::uint32_t unread = is_unread(row) ? 1 : 0;
    std::vector<Id> chain;
    for (; parent != OrderTree::kNone; parent = m_entries[parent].parent) {
        Heading& about = heading(parent);
        about.leaves = more ? about.leaves + 1 : about.leaves - 1;
        about.unread = more ? about.unread + unread : about.unread - unread;
        chain.push_back(parent);
    }
    // Told from the outermost in.
    for (auto id = chain.rbegin(); id != chain.rend(); ++id) {
        const auto known = std::find(touched.changed.begin(), touched.changed.end(), *id);
        if (known == touched.changed.end()) touched.changed.push_back(*id);
    }
}

/// The least or greatest cell of a property among some rows.
const Cell* ViewRows::extreme_in(std::span<const Id> leaves,
                                 const Category::Extreme& extreme) const {
    const Cell* best = nullptr;
    for (const Id id : leaves) {
        const Cell* const cell = find_typed(*m_entries[id].row, extreme.tag);
        if (!cell) continue;
        const int difference = best ? compare_cells(*cell, *best) : 0;
        if (!best || (extreme.greatest ? difference > 0 : difference < 0)) best = cell;
    }
    return best;
}

std::vector<std::span<const ViewRows::Id>> ViewRows::groups_of(std::span<const Id> leaves,
                                                               std::size_t level) const {
    const auto keys = m_order.category_keys(level);
    std::vector<std::span<const Id>> groups;
    for (std::size_t first = 0; first < leaves.size();) {
        std::size_t last = first + 1;
        const CompactRow& sample = *m_entries[leaves[first]].row;
        while (last < leaves.size() &&
               compare_rows(keys, sample, *m_entries[leaves[last]].row) == 0) {
            ++last;
        }
        groups.push_back(leaves.subspan(first, last - first));
        first = last;
    }
    const Category& category = m_order.categories[level];
    if (!category.extreme) return groups;
    const std::size_t first_key = level == 0 ? 0 : m_order.categories[level - 1].key_end;
    const bool descending = m_order.keys[first_key].descending;
    std::vector<std::pair<const Cell*, std::span<const Id>>> by_extreme;
    for (const auto& group : groups) {
        by_extreme.emplace_back(extreme_in(group, *category.extreme), group);
    }
    std::stable_sort(by_extreme.begin(), by_extreme.end(), [&](const auto& a, const auto& b) {
        return is_before(a.first, b.first, descending);
    });
    groups.clear();
    for (const auto& [cell, group] : by_extreme) groups.push_back(group);
    return groups;
}

void ViewRows::arrange_level(std::span<const Id> leaves, std::size_t level, Id parent,
                             std::vector<Id>& sequence) {
    if (level == m_order.categories.size()) {
        for (const Id id : leaves) m_entries[id].parent = parent;
        sequence.insert(sequence.end(), leaves.begin(), leaves.end());
        return;
    }
    for (const auto& group : groups_of(leaves, level)) {
        const Id id = new_heading(level, parent, m_entries[group.front()].row);
        heading(id).leaves = narrow_size(group.size());
        for (const Id leaf : group) heading(id).unread += is_unread(*m_entries[leaf].row) ? 1 : 0;
        sequence.push_back(id);
        arrange_level(group, level + 1, id, sequence);
    }
}

// Where categories stand depends on what is in them: they are put together anew, each keeping its
// number and state.
std::vector<ViewRows::Event> ViewRows::rearrange() {
    struct Kept {
        std::uint64_t number;
        bool expanded;
    };
    std::vector<std::pair<std::uint64_t, Kept>> kept;
    std::vector<std::pair<bool, std::uint64_t>> old_rows;  // whether a heading, number or entry
    std::vector<Id> leaves;
    std::vector<Id> headings;
    for (const Id id : m_tree.all()) {
        const bool is_heading = m_entries[id].heading != 0;
        if (m_tree.is_shown(id)) {
            old_rows.emplace_back(is_heading, is_heading ? heading(id).number : id);
        }
        (is_heading ? headings : leaves).push_back(id);
        if (is_heading)
            kept.emplace_back(hash_of(id), Kept{heading(id).number, heading(id).expanded});
    }
    for (const Id id : headings) {
        m_entries[id] = Entry{};
        m_free.push_back(id);
    }
    m_headings.clear();
    m_free_headings.clear();
    std::sort(kept.begin(), kept.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const std::size_t expanded = std::exchange(m_order.expanded, m_order.categories.size());
    arrange(std::move(leaves));
    m_order.expanded = expanded;
    std::vector<std::pair<std::pair<bool, std::uint64_t>, Id>> now;
    for (const Id id : m_tree.all()) {
        if (m_entries[id].heading == 0) {
            now.push_back({{false, id}, id});
            continue;
        }
        const std::uint64_t hash = hash_of(id);
        const auto found = std::lower_bound(
            kept.begin(), kept.end(), hash,
            [](const auto& one, std::uint64_t value) { return one.first < value; });
        const bool known = found != kept.end() && found->first == hash;
        if (known) heading(id).number = found->second.number;
        heading(id).expanded = known ? found->second.expanded : heading(id).level < expanded;
        refresh_heading(id);
        now.push_back({{true, heading(id).number}, id});
    }
    for (const Id id : m_tree.all()) m_tree.show(id, is_child_shown(m_entries[id].parent));
    std::sort(now.begin(), now.end());
    m_bookmarks.replace([&](std::size_t position) -> std::optional<std::size_t> {
        if (position >= old_rows.size()) return position;
        const auto found = std::lower_bound(
            now.begin(), now.end(), old_rows[position],
            [](const auto& one, const auto& wanted) { return one.first < wanted; });
        const bool there = found != now.end() && found->first == old_rows[position] &&
                           m_tree.is_shown(found->second);
        if (!there) return std::nullopt;
        return m_tree.shown_rank(found->second);
    });
    return {{TABLE_CHANGED, {}, std::nullopt, {}, false}};
}

}  // namespace remapi::object
