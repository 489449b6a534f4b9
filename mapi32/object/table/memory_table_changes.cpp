// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What changes of the source mean for a view, and telling its sinks.
#include <algorithm>

#include "abi/guard.h"
#include "object/props/abi_value.h"
#include "object/table/memory_table.h"
#include "object/table/row_order.h"

namespace remapi::object {
namespace {

std::optional<std::size_t> index_in(std::span<const RowKey> keys, RowKey key) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    if (found == keys.end()) return std::nullopt;
    return static_cast<std::size_t>(found - keys.begin());
}

std::optional<RowKey> prior_of(std::span<const RowKey> keys, std::optional<std::size_t> at) {
    if (!at || *at == 0) return std::nullopt;
    return keys[*at - 1];
}

}  // namespace

void MemoryTable::on_row_changed(ULONG event, RowKey key, const PropValue& index) noexcept {
    abi::guard("table notification", [&]() -> HRESULT {
        const RowPtr row = event == TABLE_ROW_DELETED ? nullptr : m_source->row(key);
        std::optional<Change> change;
        while (!change) {
            if (picture().loaded) {
                change = try_change(key, row);
            } else {
                change = first_change(event, key);
            }
        }
        if (change->event != 0) notify(*change, key, row, index);
        return S_OK;
    });
}

MemoryTable::Change MemoryTable::first_change(ULONG event, RowKey key) {
    {
        const port::Lock lock(m_mutex);
        ++m_generation;  // a selection under way must be made anew
    }
    if (!m_subscriptions.wanted(fnevTableModified)) return {};
    ensure_loaded();
    if (event == TABLE_ROW_DELETED) return {event, std::nullopt};
    const Picture now = picture();
    const std::optional<std::size_t> at = index_in(now.keys, key);
    return at ? Change{event, prior_of(now.keys, at)} : Change{};
}

std::optional<MemoryTable::Change> MemoryTable::try_change(RowKey key, const RowPtr& row) {
    Picture seen = picture();
    if (!seen.loaded) return std::nullopt;
    const std::optional<std::size_t> old_place = index_in(seen.keys, key);
    const std::size_t old_count = seen.keys.size();
    if (old_place) seen.keys.erase(seen.keys.begin() + static_cast<std::ptrdiff_t>(*old_place));
    std::optional<std::size_t> place;
    if (row_matches(*m_source, key, row, seen.restriction.get())) {
        place = place_of(*m_source, seen.keys, seen.order, key, *row);
        seen.keys.insert(seen.keys.begin() + static_cast<std::ptrdiff_t>(*place), key);
    }
    if (!old_place && !place) return Change{};

    Change change;
    change.event = !old_place ? TABLE_ROW_ADDED : place ? TABLE_ROW_MODIFIED : TABLE_ROW_DELETED;
    change.prior = prior_of(seen.keys, place);

    const port::Lock lock(m_mutex);
    if (m_generation != seen.generation) return std::nullopt;
    ++m_generation;
    m_keys = std::move(seen.keys);
    if (old_place && place) {
        m_bookmarks.row_moved(*old_place, *place, old_count);
    } else if (place) {
        m_bookmarks.row_inserted(*place, old_count);
    } else {
        m_bookmarks.row_erased(*old_place);
    }
    return change;
}

void MemoryTable::notify(const Change& change, RowKey key, const RowPtr& row,
                         const PropValue& index) {
    if (!m_subscriptions.wanted(fnevTableModified)) return;
    std::vector<ULONG> columns;
    {
        const port::Lock lock(m_mutex);
        columns = m_columns;
    }
    const PropValue prior = change.prior ? m_source->index_of(*change.prior) : PropValue();
    std::vector<PropValue> values;
    if (row && change.event != TABLE_ROW_DELETED) values = slots(key, *row, columns);

    auto block = Buffer<NOTIFICATION>::allocate();
    block->ulEventType = fnevTableModified;
    TABLE_NOTIFICATION& table = block->info.tab;
    table.ulTableEvent = change.event;
    pack_into(&table.propIndex, std::span(&index, 1), block.get());
    pack_into(&table.propPrior, std::span(&prior, 1), block.get());
    if (!values.empty()) {
        table.row.cValues = narrow_size(values.size());
        table.row.lpProps = block.link<SPropValue>(values.size());
        pack_into(table.row.lpProps, values, block.get());
    }
    m_subscriptions.deliver(block[0]);
}

void MemoryTable::on_reload() noexcept {
    abi::guard("table notification", [&]() -> HRESULT {
        {
            const port::Lock lock(m_mutex);
            m_loaded = false;
            m_keys.clear();
            m_bookmarks.reset();
            ++m_generation;
        }
        auto block = Buffer<NOTIFICATION>::allocate();
        block->ulEventType = fnevTableModified;
        block->info.tab.ulTableEvent = TABLE_RELOAD;
        block->info.tab.propIndex.ulPropTag = PR_NULL;
        block->info.tab.propPrior.ulPropTag = PR_NULL;
        m_subscriptions.deliver(block[0]);
        return S_OK;
    });
}

}  // namespace remapi::object
