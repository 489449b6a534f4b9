// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a person sees: lines, aligned columns, progress.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "port/mutex.h"
#include "port/thread.h"
#include "port/wide.h"

namespace remapi::tool {

/// One line of standard output.
void print_line(std::string_view utf8);
/// One line of standard error, with the program's name before it.
void print_complaint(std::string_view utf8);

/// UTF-8 of `text` as it may stand within a line: control characters, that a message's sender could
/// misuse, become spaces.
std::string one_line(StringView text);
/// The same between quotation marks.
std::string quoted_line(StringView text);

/// `file_time` (100 ns since 1601 UTC) as "2026-01-31 23:59" in local time.
std::string local_time(std::uint64_t file_time);
/// The same as "2026-01-31T22:59:00Z", for scripts.
std::string utc_time(std::uint64_t file_time);

/// Rows of texts under headings, each column as wide as its widest text.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> headings) { m_rows.push_back(std::move(headings)); }
    void add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }
    bool empty() const noexcept { return m_rows.size() == 1; }
    /// The lines, without blanks at their ends.
    std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

/// What goes on now, on standard error when that is a terminal: shown from the second second on,
/// with the time that it takes, and cleared at the end.
class Progress {
public:
    explicit Progress(std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Shows `detail` behind what goes on. Any thread.
    void update(std::string detail);

private:
    void show();

    port::Mutex m_mutex;  ///< guards what follows
    port::Condition m_changed;
    std::string m_what;
    std::string m_detail;
    bool m_done = false;
    port::Thread m_thread;
};

}  // namespace remapi::tool
