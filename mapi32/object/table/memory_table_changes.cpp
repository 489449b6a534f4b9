// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What changes of the source mean for a view, and telling its sinks.
#include <algorithm>

#include "abi/guard.h"
#include "object/props/abi_value.h"
#include "object/table/memory_table.h"
#include "object/table/row_writer.h"

namespace remapi::object {

void MemoryTable::on_rows_changed(std::span<const RowChange> changes) noexcept {
    abi::guard("table notification", [&]() -> HRESULT {
        std::vector<Notice> notices;
        for (const RowChange& change : changes) on_row_changed(change, notices);
        const bool is_plain = changes.size() > TableSource::kManyChanges ||
                              std::any_of(notices.begin(), notices.end(), [](const Notice& notice) {
                                  return notice.event.event == TABLE_CHANGED;
                              });
        if (notices.empty()) return S_OK;
        if (is_plain) {
            tell_plain(TABLE_CHANGED, S_OK);
        } else {
            tell(notices);
        }
        return S_OK;
    });
}

void MemoryTable::on_row_changed(const RowChange& change, std::vector<Notice>& notices) {
    Applied applied;
    do {
        bool loaded = false;
        {
            const port::Lock lock(m_mutex);
            loaded = m_loaded;
            applied.wanted = loaded && rows().can_change() ? m_wanted : nullptr;
            applied.epoch = m_epoch;
            applied.has_place =
                loaded && (!m_wanted->order.keys.empty() || rows().contains(change.key));
            rows().prefetch(change.key);
        }
        if (!applied.wanted) {
            loaded ? apply_reselected(change, notices) : apply_unloaded(change, notices);
            return;
        }
    } while (!apply(change, applied, notices));
}

std::optional<RowKey> MemoryTable::shown_before(RowKey key) {
    std::optional<RowKey> before = m_source->row_before(key);
    while (before) {
        {
            const port::Lock lock(m_mutex);
            if (rows().contains(*before)) return before;
        }
        before = m_source->row_before(*before);
    }
    return std::nullopt;
}

/// False: it is to be done again, because the view or the row is another one by now.
bool MemoryTable::apply(const RowChange& change, const Applied& to, std::vector<Notice>& notices) {
    const CompactRowPtr row =
        change.event == TABLE_ROW_DELETED ? nullptr : m_source->compact_row(change.key);
    const bool shown = row_matches(change.key, row, to.wanted->matcher.get());
    std::optional<RowKey> behind;
    if (shown && !to.has_place) behind = shown_before(change.key);
    {
        const port::Lock lock(m_mutex);
        if (!m_loaded) return true;  // selected anew when needed, with this row as it is then
        if (m_epoch != to.epoch || !rows().can_change()) return false;
        const CompactRowPtr held = m_selected.whole ? row : held_part(row, *to.wanted);
        const bool told = m_subscriptions.wanted(fnevTableModified);
        for (ViewRows::Event& event : rows().change(change.key, held, shown, behind, told)) {
            notices.push_back({std::move(event), change.index});
        }
        ++m_generation;
        if (!m_selected.stored) return true;
    }
    // Somebody else may have changed the row again and been here first.
    return !row || m_source->compact_row(change.key) == row;
}

// The source itself has sorted the rows: it is asked where they are now.
void MemoryTable::apply_reselected(const RowChange& change, std::vector<Notice>& notices) {
    bool was_shown = false;
    {
        const port::Lock lock(m_mutex);
        was_shown = rows().contains(change.key);
        m_loaded = false;
        ++m_generation;
    }
    if (!m_subscriptions.wanted(fnevTableModified) && change.event == TABLE_ROW_MODIFIED &&
        !was_shown) {
        return;
    }
    SharedWanted wanted;
    std::uint64_t seen = 0;
    {
        const port::Lock lock(m_mutex);
        wanted = m_wanted;
        seen = m_generation;
    }
    Selection selection = select(*wanted);
    const port::Lock lock(m_mutex);
    if (m_generation != seen) return;
    selection.rows.adopt_bookmarks(rows());
    m_selected = std::move(selection);
    m_loaded = true;
    const auto position = rows().position_of(change.key);
    if (!was_shown && !position) return;
    const ULONG event = !was_shown ? TABLE_ROW_ADDED
                        : position ? TABLE_ROW_MODIFIED
                                   : TABLE_ROW_DELETED;
    notices.push_back(
        {{event, {change.key, {}}, position ? rows().prior_of(*position) : std::nullopt, {}, false},
         change.index});
}

// What the view showed before is not known.
void MemoryTable::apply_unloaded(const RowChange& change, std::vector<Notice>& notices) {
    {
        const port::Lock lock(m_mutex);
        ++m_generation;  // a selection under way must be made anew
    }
    if (!m_subscriptions.wanted(fnevTableModified)) return;
    ensure_loaded();
    const port::Lock lock(m_mutex);
    const auto position = rows().position_of(change.key);
    if (change.event == TABLE_ROW_DELETED) {
        notices.push_back(
            {{change.event, {change.key, {}}, std::nullopt, {}, false}, change.index});
    } else if (position) {
        notices.push_back({{change.event, rows().name_at(*position), rows().prior_of(*position),
                            rows().shown_at(*position).row, false},
                           change.index});
    }
}

PropValue MemoryTable::index_of(const ViewRows::Name& name) {
    if (!name.instance_key.empty()) return PropValue(PR_INSTANCE_KEY, name.instance_key);
    return m_source->index_of(name.key);
}

void MemoryTable::tell(std::span<const Notice> notices) {
    if (!m_subscriptions.wanted(fnevTableModified)) return;
    Reading reading;
    {
        const port::Lock lock(m_mutex);
        reading = take(0, 0);
    }
    for (const Notice& notice : notices) tell(notice, reading);
}

void MemoryTable::tell(const Notice& notice, const Reading& reading) {
    const ViewRows::Event& event = notice.event;
    const bool is_own = event.name.instance_key.empty();
    const PropValue index = is_own ? notice.index : index_of(event.name);
    const PropValue prior = event.prior ? index_of(*event.prior) : PropValue();
    auto block = Buffer<NOTIFICATION>::allocate();
    block->ulEventType = fnevTableModified;
    TABLE_NOTIFICATION& table = block->info.tab;
    table.ulTableEvent = event.event;
    pack_into(&table.propIndex, std::span(&index, 1), block.get());
    pack_into(&table.propPrior, std::span(&prior, 1), block.get());
    CompactRowPtr row;
    if (event.event != TABLE_ROW_DELETED) {
        const bool is_held = event.row && (event.is_heading || reading.whole);
        row = is_held ? event.row : m_source->compact_row(event.name.key);
    }
    if (row) {
        const InstanceKey made_up(event.name.key);
        std::span<const Cell> extra;
        if (!event.is_heading) extra = reading.leaf_cells;
        table.row.lpProps = block.link<SPropValue>(reading.columns.size());
        RowWriter(memory::routines(), reading.columns, m_flags)
            .write_linked({row.get(), extra, made_up.cell()}, table.row.lpProps, block.get());
        table.row.cValues = narrow_size(reading.columns.size());
    }
    m_subscriptions.deliver(block[0]);
}

void MemoryTable::tell_plain(ULONG table_event, HRESULT hr) {
    auto block = Buffer<NOTIFICATION>::allocate();
    block->ulEventType = fnevTableModified;
    block->info.tab.ulTableEvent = table_event;
    block->info.tab.hResult = hr;
    block->info.tab.propIndex.ulPropTag = PR_NULL;
    block->info.tab.propPrior.ulPropTag = PR_NULL;
    m_subscriptions.deliver(block[0]);
}

void MemoryTable::tell_done(ULONG flags, ULONG table_event) {
    if ((flags & TBL_ASYNC) != 0) tell_plain(table_event, S_OK);
}

void MemoryTable::on_reload() noexcept {
    abi::guard("table notification", [&]() -> HRESULT {
        {
            const port::Lock lock(m_mutex);
            m_loaded = false;
            m_selected = Selection();
            ++m_generation;
            ++m_epoch;
        }
        tell_plain(TABLE_RELOAD, S_OK);
        return S_OK;
    });
}

}  // namespace remapi::object
