// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/bookmarks.h"

#include <algorithm>

namespace remapi::object {

void Bookmarks::reset() noexcept {
    m_marks.clear();
    m_position = 0;
}

BOOKMARK Bookmarks::create() {
    if (m_marks.size() >= kMaximum) throw Error(MAPI_E_UNABLE_TO_COMPLETE, "too many bookmarks");
    m_marks[++m_last] = {m_position, false};
    return m_last;
}

bool Bookmarks::free(BOOKMARK bookmark) noexcept {
    return bookmark <= BOOKMARK_END || m_marks.erase(bookmark) == 1;
}

HRESULT Bookmarks::resolve(BOOKMARK bookmark, std::size_t row_count, std::size_t& row) noexcept {
    switch (bookmark) {
        case BOOKMARK_BEGINNING:
            row = 0;
            return S_OK;
        case BOOKMARK_CURRENT:
            row = std::min(m_position, row_count);
            return S_OK;
        case BOOKMARK_END:
            row = row_count;
            return S_OK;
        default:
            break;
    }
    const auto found = m_marks.find(bookmark);
    if (found == m_marks.end()) return MAPI_E_INVALID_BOOKMARK;
    Mark& mark = found->second;
    row = std::min(mark.row, row_count);
    const bool changed = mark.row_is_gone;
    mark.row_is_gone = false;  // told once; from now on it stands for the row it was moved to
    return changed ? MAPI_W_POSITION_CHANGED : S_OK;
}

void Bookmarks::row_inserted(std::size_t at, std::size_t old_count) noexcept {
    // Before the first row and behind the last one are places of their own: a client that waits
    // there shall read the new row.
    if (m_position > at || (m_position == at && at != 0 && at < old_count)) ++m_position;
    for (auto& [bookmark, mark] : m_marks) {
        if (mark.row > at || (mark.row == at && at < old_count)) ++mark.row;
    }
}

void Bookmarks::row_erased(std::size_t at) noexcept {
    if (m_position > at) --m_position;
    for (auto& [bookmark, mark] : m_marks) {
        if (mark.row == at) mark.row_is_gone = true;
        if (mark.row > at) --mark.row;
    }
}

void Bookmarks::row_moved(std::size_t from, std::size_t to, std::size_t count) noexcept {
    // Whoever waits behind the last row goes on waiting there.
    const auto follow = [&](std::size_t row) {
        if (row >= count) return row;
        if (row > from) --row;
        return row >= to ? row + 1 : row;
    };
    for (auto& [bookmark, mark] : m_marks) mark.row = mark.row == from ? to : follow(mark.row);
    if (m_position != 0 && m_position != from) m_position = follow(m_position);
}

}  // namespace remapi::object
