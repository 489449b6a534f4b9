// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Expanding and collapsing, and what a client keeps of it.
// Pages: mapi/imapitable-expandrow.md, mapi/imapitable-getcollapsestate.md
#include <algorithm>

#include "object/table/view_rows.h"

namespace remapi::object {
namespace {

constexpr std::uint32_t kStateMark = 0x53434D52;  // "RMCS"

std::uint64_t mixed_into(std::uint64_t hash, std::uint64_t value) noexcept {
    return KeyMap::hash_of(hash ^ (value + 0x9E3779B97F4A7C15u));
}

void put_u64(format::Writer& writer, std::uint64_t value) {
    writer.u32(static_cast<std::uint32_t>(value));
    writer.u32(static_cast<std::uint32_t>(value >> 32));
}

std::uint64_t take_u64(format::Reader& reader) {
    const std::uint64_t low = reader.u32();
    return low | static_cast<std::uint64_t>(reader.u32()) << 32;
}

}  // namespace

// What a heading is recognised by: its level and the values of its category.
std::uint64_t ViewRows::hash_of(Id id) const {
    const Heading& about = heading(id);
    std::uint64_t hash = about.level + 1;
    for (const SortKey& key : m_order.category_keys(about.level)) {
        const Cell* const cell = find_typed(*about.sample, key.tag);
        hash = mixed_into(hash, cell ? hash_cell(*cell) : 0);
    }
    return hash;
}

std::uint64_t ViewRows::order_hash() const {
    std::uint64_t hash = m_order.given_categories;
    for (const SSortOrder& sort : m_order.given) {
        hash = mixed_into(hash, std::uint64_t{stored_tag(sort.ulPropTag)} << 32 | sort.ulOrder);
    }
    return hash;
}

ViewRows::Id ViewRows::heading_of(BytesView instance_key) const {
    if (m_order.categories.empty()) return OrderTree::kNone;
    for (Id id = 1; id < m_entries.size(); ++id) {
        const Entry& entry = m_entries[id];
        if (entry.heading == 0) continue;
        const Cell* const key = entry.row->find(PR_INSTANCE_KEY);
        // One that lies in a collapsed category is no row of the view.
        if (equal_bytes(key->bytes(), instance_key) && m_tree.is_shown(id)) return id;
    }
    return OrderTree::kNone;
}

std::vector<ViewRows::Id> ViewRows::inside(Id of) const {
    std::vector<Id> ids;
    const std::uint32_t level = heading(of).level;
    m_tree.walk_behind(of, [&](Id id) {
        const bool is_inside = m_entries[id].heading == 0 || heading(id).level > level;
        if (is_inside) ids.push_back(id);
        return is_inside;
    });
    return ids;
}

std::size_t ViewRows::show_inside(Id of) {
    std::size_t shown = 0;
    for (const Id id : inside(of)) {
        const bool is_shown = is_child_shown(m_entries[id].parent);
        m_tree.show(id, is_shown);
        shown += is_shown ? 1 : 0;
    }
    return shown;
}

std::size_t ViewRows::expand(Id id) {
    if (heading(id).expanded) return 0;
    heading(id).expanded = true;
    refresh_heading(id);
    const std::size_t shown = show_inside(id);
    m_bookmarks.rows_shown(m_tree.shown_rank(id) + 1, shown);
    return shown;
}

std::size_t ViewRows::collapse(Id id) {
    if (!heading(id).expanded) return 0;
    heading(id).expanded = false;
    refresh_heading(id);
    const std::size_t before = m_tree.shown();
    show_inside(id);
    const std::size_t hidden = before - m_tree.shown();
    m_bookmarks.rows_hidden(m_tree.shown_rank(id) + 1, hidden);
    return hidden;
}

ViewRows::Id ViewRows::entry_named(BytesView key) const {
    if (const std::optional<RowKey> row = row_key_of(key)) {
        if (const Id id = entry_of(*row)) return id;
    }
    for (Id id = 1; id < m_entries.size(); ++id) {
        const Cell* const own =
            m_entries[id].row ? m_entries[id].row->find(PR_INSTANCE_KEY) : nullptr;
        if (own && equal_bytes(own->bytes(), key)) return id;
    }
    return OrderTree::kNone;
}

Bytes ViewRows::collapse_state(BytesView instance_key) const {
    const Id row = entry_named(instance_key);
    if (row == OrderTree::kNone) throw Error(MAPI_E_NOT_FOUND, "no row has this instance key");
    format::Writer writer;
    writer.u32(kStateMark);
    put_u64(writer, order_hash());
    const bool is_heading = m_entries[row].heading != 0;
    writer.u8(is_heading ? 1 : 0);
    put_u64(writer, is_heading ? hash_of(row) : m_entries[row].key);
    writer.u32(narrow_size(instance_key.size()));
    writer.bytes(instance_key);
    writer.u32(narrow_size(m_headings.size() - m_free_headings.size()));
    for (Id id = 1; id < m_entries.size(); ++id) {
        if (m_entries[id].heading == 0) continue;
        put_u64(writer, hash_of(id));
        writer.u8(heading(id).expanded ? 1 : 0);
    }
    return writer.take();
}

std::size_t ViewRows::set_collapse_state(BytesView state) {
    format::Reader reader(state);
    const bool is_state = reader.u32() == kStateMark;
    const std::uint64_t order = take_u64(reader);
    const bool is_heading = reader.u8() != 0;
    const std::uint64_t row = take_u64(reader);
    const BytesView key = reader.bytes(reader.u32());
    if (reader.failed() || !is_state) {
        throw Error(MAPI_E_INVALID_PARAMETER, "bytes that are no collapse state");
    }
    if (order != order_hash()) {
        throw Error(MAPI_E_UNABLE_TO_COMPLETE, "the collapse state of another sort order");
    }
    const std::uint32_t heading_count = reader.u32();
    std::vector<std::pair<std::uint64_t, bool>> states;
    while (!reader.rest().empty()) {
        const std::uint64_t hash = take_u64(reader);
        states.emplace_back(hash, reader.u8() != 0);
    }
    // What is not whole is not restored in part: the view stays as it is.
    if (reader.failed() || states.size() != heading_count) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a collapse state cut short");
    }
    std::sort(states.begin(), states.end());

    Id found = is_heading ? OrderTree::kNone : entry_named(key);
    if (found == OrderTree::kNone && !is_heading) found = entry_of(row);
    for (Id id = 1; id < m_entries.size(); ++id) {
        if (m_entries[id].heading == 0) continue;
        const std::uint64_t hash = hash_of(id);
        if (is_heading && hash == row) found = id;
        const auto known = std::lower_bound(states.begin(), states.end(), std::pair(hash, false));
        if (known == states.end() || known->first != hash) continue;
        // One by one, so that bookmarks follow.
        if (m_tree.is_shown(id)) {
            known->second ? expand(id) : collapse(id);
        } else {
            heading(id).expanded = known->second;
            refresh_heading(id);
        }
    }
    // Headings that were hidden when their turn came have their state, but what is in them not yet.
    for (const Id id : m_tree.all()) m_tree.show(id, is_child_shown(m_entries[id].parent));
    if (found == OrderTree::kNone) return m_tree.shown();
    return m_tree.shown_rank(found);
}

}  // namespace remapi::object
