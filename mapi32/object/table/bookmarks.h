// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <map>
#include <optional>

#include "abi/error.h"

namespace remapi::object {

/// The current position of a table view and its bookmarks, as row numbers that follow their rows
/// when others come and go. Not for use from two threads at once. Page:
/// mapi/imapitable-createbookmark.md
class Bookmarks {
public:
    static constexpr std::size_t kMaximum = 1024;

    std::size_t position() const noexcept { return m_position; }
    void set_position(std::size_t row) noexcept { m_position = row; }
    /// Whether there is no bookmark and nothing was read: rows may come and go without telling.
    bool is_at_start() const noexcept { return m_position == 0 && m_marks.empty(); }
    /// Forgets every bookmark; the position is the first row again.
    void reset() noexcept;

    /// A bookmark at the current position, or at `row`.
    /// Throws Error(MAPI_E_UNABLE_TO_COMPLETE) when there are kMaximum already.
    BOOKMARK create() { return create_at(m_position); }
    BOOKMARK create_at(std::size_t row);
    /// False when there is no such bookmark. The three predefined ones are left alone.
    bool free(BOOKMARK bookmark) noexcept;
    /// The row that `bookmark` stands at, of `row_count`.
    /// Answers S_OK, MAPI_W_POSITION_CHANGED when its own row is gone and it stands at the next
    /// one, or MAPI_E_INVALID_BOOKMARK.
    HRESULT resolve(BOOKMARK bookmark, std::size_t row_count, std::size_t& row) noexcept;

    /// A row was put in at `at`; there were `old_count` before.
    void row_inserted(std::size_t at, std::size_t old_count) noexcept;
    void row_erased(std::size_t at) noexcept;
    /// `count` rows were put in at `at` or taken out there, because a category was expanded or
    /// collapsed.
    void rows_shown(std::size_t at, std::size_t count) noexcept;
    void rows_hidden(std::size_t at, std::size_t count) noexcept;
    /// The bookmarks at row `from` stand at `to` now, which is the same row.
    void row_is_at(std::size_t from, std::size_t to) noexcept;
    /// Asks for every bookmark's and the position's new place, nullopt where its row is gone.
    template <class NewPlace>
    void replace(NewPlace new_place) {
        for (auto& [bookmark, mark] : m_marks) {
            const std::optional<std::size_t> place = new_place(mark.row);
            mark.row_is_gone = mark.row_is_gone || !place;
            mark.row = place.value_or(mark.row);
        }
        m_position = new_place(m_position).value_or(m_position);
    }

private:
    struct Mark {
        std::size_t row;
        bool row_is_gone;
    };
    std::map<BOOKMARK, Mark> m_marks;
    std::size_t m_position = 0;
    BOOKMARK m_last = BOOKMARK_END;
};

}  // namespace remapi::object
