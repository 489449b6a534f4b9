// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <map>

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
    /// Forgets every bookmark; the position is the first row again.
    void reset() noexcept;

    /// A bookmark at the current position.
    /// Throws Error(MAPI_E_UNABLE_TO_COMPLETE) when there are kMaximum already.
    BOOKMARK create();
    /// False when there is no such bookmark. The three predefined ones are left alone.
    bool free(BOOKMARK bookmark) noexcept;
    /// The row that `bookmark` stands at, of `row_count`.
    /// Answers S_OK, MAPI_W_POSITION_CHANGED when its own row is gone and it stands at the next
    /// one, or MAPI_E_INVALID_BOOKMARK.
    HRESULT resolve(BOOKMARK bookmark, std::size_t row_count, std::size_t& row) noexcept;

    /// A row was put in at `at`; there were `old_count` before.
    void row_inserted(std::size_t at, std::size_t old_count) noexcept;
    void row_erased(std::size_t at) noexcept;
    /// A row was taken out at `from` and put in at `to`, as counted without it.
    void row_moved(std::size_t from, std::size_t to, std::size_t count) noexcept;

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
