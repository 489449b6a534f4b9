// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Finding the rows that a view shows.
#include <algorithm>

#include "object/table/memory_table.h"

namespace remapi::object {

std::vector<ULONG> MemoryTable::instance_tags_for(std::span<const ULONG> columns,
                                                  const ViewOrder& order) const {
    std::vector<ULONG> tags;
    const auto add = [&tags](ULONG tag) {
        if ((PROP_TYPE(tag) & MVI_FLAG) != MVI_FLAG) return;
        const bool known = std::any_of(tags.begin(), tags.end(), [tag](ULONG other) {
            return PROP_ID(other) == PROP_ID(tag);
        });
        if (!known) tags.push_back(stored_tag(tag));
    };
    for (const ULONG column : columns) add(column);
    for (const SortKey& key : order.keys) add(key.tag);
    return tags;
}

bool MemoryTable::row_matches(RowKey key, const CompactRowPtr& row, const Matcher* matcher) {
    if (!row) return false;
    if (!matcher) return true;
    const InstanceKey made_up(key);
    const RowView view{row.get(), {}, made_up.cell()};
    return matcher->matches(view, [&](ULONG object_tag, const Restriction& inner) {
        return m_source->match_subobject(key, object_tag, inner);
    });
}

CompactRowPtr MemoryTable::held_part(const CompactRowPtr& row, const Wanted& wanted) const {
    if (!row || !wanted.instance_tags.empty()) return row;
    std::vector<Cell> cells;
    const auto add = [&](ULONG tag) {
        if (const Cell* const cell = row->find(tag)) cells.push_back(*cell);
    };
    for (const SortKey& key : wanted.order.keys) add(key.tag);
    for (const Category& category : wanted.order.categories) {
        if (category.extreme) add(category.extreme->tag);
    }
    add(PR_MESSAGE_FLAGS);
    add(PR_INSTANCE_KEY);
    return CompactRow::make(cells);
}

std::vector<StoredRow> MemoryTable::select_asked(const Wanted& wanted) {
    const std::vector<RowKey> keys = m_source->keys();
    const bool holds = !wanted.order.keys.empty() || !wanted.instance_tags.empty();
    std::vector<StoredRow> rows;
    rows.reserve(keys.size());
    for (const RowKey key : keys) {
        CompactRowPtr held;
        if (holds || wanted.matcher) {
            const CompactRowPtr row = m_source->compact_row(key);
            if (!row_matches(key, row, wanted.matcher.get())) continue;
            if (holds) held = held_part(row, wanted);
        }
        rows.push_back({key, std::move(held)});
    }
    return rows;
}

MemoryTable::Selection MemoryTable::select(const Wanted& wanted) {
    Selection selection;
    if (auto stored = m_source->stored_rows()) {
        if (wanted.matcher) {
            std::size_t ahead = 0;
            std::erase_if(*stored, [&](const StoredRow& row) {
                constexpr std::size_t kAhead = 8;
                if (ahead + kAhead < stored->size()) {
                    CompactRow::prefetch((*stored)[ahead + kAhead].row.get());
                }
                ++ahead;
                return !row_matches(row.key, row.row, wanted.matcher.get());
            });
        }
        selection.rows.load(std::move(*stored), wanted.order, wanted.instance_tags, true);
        selection.whole = selection.stored = true;
        return selection;
    }
    const bool plain = wanted.order.categories.empty() && wanted.instance_tags.empty();
    if (plain) {
        if (const auto keys = m_source->select(wanted.restriction.get(), wanted.order.keys)) {
            selection.rows.load_sorted(*keys, wanted.order);
            return selection;
        }
    }
    const bool holds = !wanted.order.keys.empty() || !wanted.instance_tags.empty();
    selection.rows.load(select_asked(wanted), wanted.order, wanted.instance_tags, holds);
    selection.whole = !wanted.instance_tags.empty();
    return selection;
}

void MemoryTable::ensure_loaded() {
    for (;;) {
        SharedWanted wanted;
        std::uint64_t seen = 0;
        {
            const port::Lock lock(m_mutex);
            if (m_loaded) return;
            wanted = m_wanted;
            seen = m_generation;
        }
        Selection selection;
        try {
            selection = select(*wanted);
        } catch (...) {
            const port::Lock lock(m_mutex);
            if (m_generation == seen) m_status = m_status_on_failure;
            throw;
        }
        const port::Lock lock(m_mutex);
        if (m_generation != seen) continue;  // changed while the source was asked
        m_selected = std::move(selection);
        m_loaded = true;
        m_status = TBLSTAT_COMPLETE;
        return;
    }
}

void MemoryTable::start_over(Wanted wanted, bool later, ULONG status_on_failure) {
    // What the rows cannot be filtered or sorted by fails here, and the view stays as it was.
    std::uint64_t before = 0;
    {
        const port::Lock lock(m_mutex);
        before = m_generation;
    }
    Selection selection;
    if (!later) selection = select(wanted);
    auto shared = std::make_shared<const Wanted>(std::move(wanted));
    const port::Lock lock(m_mutex);
    m_wanted.swap(shared);
    m_selected = std::move(selection);
    m_loaded = !later && m_generation == before;
    m_status = TBLSTAT_COMPLETE;
    m_status_on_failure = status_on_failure;
    ++m_generation;
    ++m_epoch;
}

}  // namespace remapi::object
