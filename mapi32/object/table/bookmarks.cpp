// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/bookmarks.h"

#include <algorithm>

namespace remapi::object {

void Bookmarks::reset() noexcept {
    m_marks.clear();
    m_position = 0;
}

BOOKMARK Bookmarks::create_at(std::size_t row) {
    if (m_marks.size() >= kMaximum) throw Error(MAPI_E_UNABLE_TO_COMPLETE, "too many bookmarks");
    m_marks[++m_last] = {row, false};
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

void Bookmarks::rows_shown(std::size_t at, std::size_t count) noexcept {
    if (m_position >= at) m_position += count;
    for (auto& [bookmark, mark] : m_marks) {
        if (mark.row >= at) mark.row += count;
    }
}

void Bookmarks::rows_hidden(std::size_t at, std::size_t count) noexcept {
    // What is hidden stands at the next visible row.
    const auto follow = [&](std::size_t row) {
        if (row < at) return row;
        return row < at + count ? at : row - count;
    };
    for (auto& [bookmark, mark] : m_marks) {
        if (mark.row >= at && mark.row < at + count) mark.row_is_gone = true;
        mark.row = follow(mark.row);
    }
    m_position = follow(m_position);
}

void Bookmarks::row_is_at(std::size_t from, std::size_t to) noexcept {
    for (auto& [bookmark, mark] : m_marks) {
        if (mark.row == from) mark.row = to;
    }
}

}  // namespace remapi::object
