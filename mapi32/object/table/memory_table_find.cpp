// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Page: mapi/imapitable-findrow.md
#include <algorithm>

#include "abi/guard.h"
#include "object/table/memory_table.h"

namespace remapi::object {
namespace {

constexpr std::size_t kRowsAtOnce = 64;

bool asks_subobjects(const Restriction& restriction) {
    return restriction.kind == RES_SUBRESTRICTION ||
           std::any_of(restriction.children.begin(), restriction.children.end(), asks_subobjects);
}

// Calls `look` with pieces of the range [first, last) in the direction of the search until it
// answers a position.
template <class Look>
std::optional<std::size_t> in_pieces(std::size_t first, std::size_t last, bool backward,
                                     Look look) {
    // The first one is often the right one.
    std::size_t size = 1;
    while (first < last) {
        size = std::min(last - first, size);
        const std::size_t from = backward ? last - size : first;
        if (const auto found = look(from, from + size)) return found;
        (backward ? last : first) = backward ? from : from + size;
        size = kRowsAtOnce;
    }
    return std::nullopt;
}

}  // namespace

HRESULT MemoryTable::FindRow(SRestriction* restriction, BOOKMARK origin, ULONG flags) noexcept {
    return abi::guard("IMAPITable::FindRow", [&]() -> HRESULT {
        if (!restriction) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~DIR_BACKWARD) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto ours = std::make_shared<const Restriction>(from_abi(*restriction));
        ensure_loaded();
        return find_row(ours, origin, (flags & DIR_BACKWARD) != 0);
    });
}

HRESULT MemoryTable::find_row(const std::shared_ptr<const Restriction>& restriction,
                              BOOKMARK origin, bool backward) {
    const Matcher matcher(restriction);
    const std::optional<RowKey> named = restriction->kind == RES_PROPERTY &&
                                                restriction->operation == RELOP_EQ &&
                                                restriction->tag == restriction->value.tag()
                                            ? m_source->find_index(restriction->value)
                                            : std::nullopt;
    HRESULT hr = S_OK;
    std::size_t first = 0;
    std::size_t last = 0;
    {
        const port::Lock lock(m_mutex);
        Bookmarks& bookmarks = rows().bookmarks();
        std::size_t start = 0;
        hr = bookmarks.resolve(origin, rows().count(), start);
        if (FAILED(hr)) return hr;
        // Backwards the search begins with the row before the bookmark.
        first = backward ? 0 : start;
        last = backward ? start : rows().count();
        const Position at = named ? rows().position_of(*named) : std::nullopt;
        if (at && *at >= first && *at < last) {
            bookmarks.set_position(*at);
            return hr;
        }
        // A source that cannot answer about sub-objects says so whatever else is asked.
        const bool asks = asks_subobjects(*restriction);
        if (!asks) {
            const auto range = rows().range_of(*restriction);
            first = std::max(first, range.first);
            last = std::min(last, range.second);
        }
        if (m_selected.whole && !asks) {
            const Position held = find_held(matcher, first, last, backward);
            if (!held) return MAPI_E_NOT_FOUND;
            bookmarks.set_position(*held);
            return hr;
        }
    }
    return find_asking(matcher, first, last, backward) ? hr : MAPI_E_NOT_FOUND;
}

bool MemoryTable::shown_matches(const Matcher& matcher, const ViewRows::Shown& shown,
                                const CompactRow& row, std::span<const Cell> leaf_cells) const {
    const InstanceKey made_up(shown.key);
    const std::span<const Cell> extra = shown.is_heading ? std::span<const Cell>() : leaf_cells;
    return matcher.matches(
        {&row, extra, made_up.cell()}, [&](ULONG object_tag, const Restriction& inner) {
            return !shown.is_heading && m_source->match_subobject(shown.key, object_tag, inner);
        });
}

MemoryTable::Position MemoryTable::find_held(const Matcher& matcher, std::size_t first,
                                             std::size_t last, bool backward) const {
    const std::vector<Cell> leaves = leaf_cells();
    return in_pieces(first, last, backward, [&](std::size_t from, std::size_t to) -> Position {
        const std::vector<ViewRows::Shown> piece = rows().shown(from, to);
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const std::size_t at = backward ? piece.size() - 1 - i : i;
            if (shown_matches(matcher, piece[at], *piece[at].row, leaves)) return from + at;
        }
        return std::nullopt;
    });
}

// The rows are the source's, which is asked without the lock; what is found is looked up again.
MemoryTable::Position MemoryTable::find_asking(const Matcher& matcher, std::size_t first,
                                               std::size_t last, bool backward) {
    return in_pieces(first, last, backward, [&](std::size_t from, std::size_t to) -> Position {
        Reading piece;
        {
            const port::Lock lock(m_mutex);
            piece = take(std::min(from, rows().count()), std::min(to, rows().count()));
        }
        for (std::size_t i = 0; i < piece.rows.size(); ++i) {
            const std::size_t at = backward ? piece.rows.size() - 1 - i : i;
            const ViewRows::Shown& shown = piece.rows[at];
            const bool is_held = shown.is_heading || piece.whole;
            const CompactRowPtr row = is_held ? shown.row : m_source->compact_row(shown.key);
            if (!row || !shown_matches(matcher, shown, *row, piece.leaf_cells)) continue;
            const port::Lock lock(m_mutex);
            const Position now = is_held ? Position(from + at) : rows().position_of(shown.key);
            if (!now || *now > rows().count()) continue;  // deleted since
            rows().bookmarks().set_position(*now);
            return now;
        }
        return std::nullopt;
    });
}

}  // namespace remapi::object
