// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Filling a view and reading from it.
#include "object/table/view_rows.h"

#include <algorithm>

namespace remapi::object {
namespace {

constexpr std::size_t kMaximumInstances = 65536;            // of one row
constexpr std::uint32_t kManyArrivals = ~std::uint32_t{0};  // counting ends here

// Each value once, as the page has it: mapi/working-with-multivalued-columns.md
std::vector<const Cell*> unique_values(const CompactRow& row, ULONG tag) {
    std::vector<const Cell*> values;
    const Cell* const cell = row.find(tag & ~static_cast<ULONG>(MV_INSTANCE));
    if (!cell || cell->kind() != CellKind::Many) return values;
    for (const Cell& one : cell->many()) {
        const bool known = std::any_of(values.begin(), values.end(), [&](const Cell* value) {
            return compare_cells(*value, one) == 0;
        });
        if (!known) values.push_back(&one);
    }
    return values;
}

}  // namespace

void ViewRows::clear() {
    m_entries.assign(1, Entry{});
    m_free.clear();
    m_arrivals = 0;
    m_headings.clear();
    m_free_headings.clear();
    m_by_key.clear();
    m_tree.clear();
    m_bookmarks.reset();
}

void ViewRows::load(std::vector<StoredRow> rows, ViewOrder order, std::vector<ULONG> instance_tags,
                    bool has_rows) {
    clear();
    m_order = std::move(order);
    m_instance_tags = std::move(instance_tags);
    m_has_rows = has_rows;
    // Room for some more, so that the first row that comes does not move all the others.
    m_entries.reserve(rows.size() + rows.size() / 8 + 64);
    m_by_key.reserve(rows.size());
    std::vector<Id> leaves;
    leaves.reserve(rows.size());
    for (StoredRow& row : rows) {
        if (!m_instance_tags.empty()) {
            load_instances(row, leaves);
            continue;
        }
        const Id id = new_entry();
        m_entries[id].key = row.key;
        m_entries[id].row = std::move(row.row);
        m_by_key.insert(row.key, id);
        leaves.push_back(id);
    }
    arrange(std::move(leaves));
}

void ViewRows::load_instances(const StoredRow& row, std::vector<Id>& leaves) {
    std::vector<Id> instances;
    for (CompactRowPtr& instance : expanded_rows(row.key, row.row)) {
        instances.push_back(new_entry());
        m_entries[instances.back()].row = std::move(instance);
    }
    enter(row.key, instances);
    leaves.insert(leaves.end(), instances.begin(), instances.end());
}

void ViewRows::load_sorted(std::span<const RowKey> keys, ViewOrder order) {
    clear();
    m_order = std::move(order);
    m_instance_tags.clear();
    m_has_rows = false;
    std::vector<Id> ids;
    ids.reserve(keys.size());
    for (const RowKey key : keys) {
        const Id id = new_entry();
        m_entries[id].key = key;
        m_by_key.insert(key, id);
        ids.push_back(id);
    }
    m_tree.build(ids);
}

bool ViewRows::can_sort(const ViewOrder& order) const noexcept {
    return m_has_rows && m_order.categories.empty() && !order.keys.empty() &&
           m_arrivals != kManyArrivals;
}

void ViewRows::sort(ViewOrder order) {
    m_order = std::move(order);
    m_bookmarks.reset();
    // As they came rather than as they lie: rows are quickest read in the order they were made in.
    std::vector<Id> leaves;
    leaves.reserve(m_tree.size());
    for (Id id = 1; id < m_entries.size(); ++id) {
        if (m_entries[id].row) leaves.push_back(id);
    }
    const auto came_before = [this](Id a, Id b) {
        return m_entries[a].arrival < m_entries[b].arrival;
    };
    if (!std::is_sorted(leaves.begin(), leaves.end(), came_before)) {
        std::sort(leaves.begin(), leaves.end(), came_before);
    }
    arrange(std::move(leaves));
}

/// Puts leaves in the order of their keys.
std::vector<SortPrefix> ViewRows::sort_leaves(std::vector<Id>& leaves) const {
    std::vector<const CompactRow*> rows;
    rows.reserve(leaves.size());
    for (const Id id : leaves) rows.push_back(m_entries[id].row.get());
    SortedRows sorted = sort_rows(rows, m_order.keys);
    // The list of places becomes that of leaves.
    for (std::uint32_t& place : sorted.places) place = leaves[place];
    leaves.swap(sorted.places);
    return std::move(sorted.prefixes);
}

void ViewRows::arrange(std::vector<Id> leaves) {
    std::vector<SortPrefix> prefixes;
    if (!m_order.keys.empty()) prefixes = sort_leaves(leaves);
    m_tree.clear(!m_order.keys.empty() && m_order.categories.empty());
    if (m_order.categories.empty()) {
        m_tree.build(leaves, {}, prefixes);
        return;
    }
    std::vector<Id> sequence;
    arrange_level(leaves, 0, OrderTree::kNone, sequence);
    std::vector<std::uint8_t> hidden(m_entries.size(), 0);
    std::vector<std::uint8_t> hidden_in_order;
    hidden_in_order.reserve(sequence.size());
    for (const Id id : sequence) {
        const Id parent = m_entries[id].parent;
        hidden[id] = parent != OrderTree::kNone && (hidden[parent] || !heading(parent).expanded);
        hidden_in_order.push_back(hidden[id]);
    }
    m_tree.build(sequence, hidden_in_order);
    for (const Id id : sequence) {
        if (m_entries[id].heading != 0) refresh_heading(id);
    }
}

ViewRows::Id ViewRows::new_entry() {
    Id id = narrow_size(m_entries.size());
    if (m_free.empty()) {
        m_entries.emplace_back();
    } else {
        id = m_free.back();
        m_free.pop_back();
    }
    if (m_arrivals != kManyArrivals) ++m_arrivals;
    m_entries[id].arrival = m_arrivals;
    return id;
}

ViewRows::Id ViewRows::entry_of(RowKey key) const noexcept {
    return m_by_key.find(key, [&](Id id) { return m_entries[id].key == key; });
}

std::vector<ViewRows::Id> ViewRows::instances_of(RowKey key) const {
    std::vector<Id> ids;
    for (Id id = entry_of(key); id != OrderTree::kNone; id = m_entries[id].next) ids.push_back(id);
    return ids;
}

void ViewRows::enter(RowKey key, std::span<const Id> instances) {
    for (std::size_t i = 0; i < instances.size(); ++i) {
        Entry& entry = m_entries[instances[i]];
        entry.key = key;
        entry.next = i + 1 < instances.size() ? instances[i + 1] : OrderTree::kNone;
    }
    if (!instances.empty()) m_by_key.insert(key, instances.front());
}

void ViewRows::leave(RowKey key) {
    if (const Id id = entry_of(key)) m_by_key.erase(key, id);
}

std::vector<CompactRowPtr> ViewRows::expanded_rows(RowKey key, const CompactRowPtr& row) const {
    if (m_instance_tags.empty() || !row) return {row};
    std::vector<std::vector<const Cell*>> values;
    std::size_t count = 1;
    for (const ULONG tag : m_instance_tags) {
        values.push_back(unique_values(*row, tag));
        count *= std::max<std::size_t>(values.back().size(), 1);
        if (count > kMaximumInstances) {
            throw Error(MAPI_E_TOO_COMPLEX, "a row for each of too many values");
        }
    }
    const Cell* const own_key = row->find(PR_INSTANCE_KEY);
    const Bytes key_bytes = own_key ? to_bytes(own_key->bytes()) : instance_key(key).bytes();
    std::vector<CompactRowPtr> rows;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<Cell> cells(row->cells().begin(), row->cells().end());
        std::size_t rest = i;
        for (std::size_t tag = 0; tag < values.size(); ++tag) {
            if (values[tag].empty()) continue;
            Cell one = *values[tag][rest % values[tag].size()];
            one.tag = m_instance_tags[tag];
            cells.push_back(one);
            rest /= values[tag].size();
        }
        Bytes bytes = key_bytes;
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes.push_back(static_cast<std::uint8_t>(i >> shift));
        }
        cells.push_back(binary_cell(PR_INSTANCE_KEY, bytes));
        rows.push_back(CompactRow::make(cells));
    }
    return rows;
}

const CompactRow& ViewRows::compared_row(const Entry& entry) const noexcept {
    return entry.heading != 0 ? *m_headings[entry.heading - 1].sample : *entry.row;
}

ViewRows::Shown ViewRows::shown_of(Id id) const {
    const Entry& entry = m_entries[id];
    return {entry.key, entry.row, entry.heading != 0};
}

std::vector<ViewRows::Shown> ViewRows::shown(std::size_t first, std::size_t last) const {
    std::vector<Shown> rows;
    if (first >= last) return rows;
    const std::vector<Id> ids = m_tree.shown_from(first, last - first);
    for (const Id id : ids) __builtin_prefetch(&m_entries[id]);
    // Rows lie anywhere in memory: while one is read, the next ones are on their way.
    constexpr std::size_t kAhead = 8;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size() + kAhead; ++i) {
        if (i < ids.size()) CompactRow::prefetch(m_entries[ids[i]].row.get());
        if (i >= kAhead) rows.push_back(shown_of(ids[i - kAhead]));
    }
    return rows;
}

std::optional<std::size_t> ViewRows::position_of(RowKey key) const {
    const Id id = entry_of(key);
    if (id == OrderTree::kNone || !m_tree.is_shown(id)) return std::nullopt;
    return m_tree.shown_rank(id);
}

void ViewRows::adopt_bookmarks(const ViewRows& old) {
    m_bookmarks = old.m_bookmarks;
    m_bookmarks.replace([&](std::size_t position) -> std::optional<std::size_t> {
        if (position >= old.count()) return count();
        return position_of(old.shown_at(position).key);
    });
}

ViewRows::Name ViewRows::name_of(Id id) const {
    const Entry& entry = m_entries[id];
    Name name{entry.key, {}};
    if (entry.heading != 0 || !m_instance_tags.empty()) {
        const Cell* const own = entry.row ? entry.row->find(PR_INSTANCE_KEY) : nullptr;
        if (own) name.instance_key = to_bytes(own->bytes());
    }
    return name;
}

std::optional<ViewRows::Name> ViewRows::prior_of(std::size_t position) const {
    if (position == 0) return std::nullopt;
    return name_of(m_tree.shown_at(position - 1));
}

std::optional<ViewRows::Name> ViewRows::prior_of_entry(Id id) const {
    return prior_of(m_tree.shown_rank(id));
}

}  // namespace remapi::object
