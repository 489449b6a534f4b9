// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/output.h"

#include <algorithm>
#include <cstdio>

#include "port/clock.h"
#include "port/utf.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

/// Days since 1970-01-01 to year, month, day (proleptic Gregorian calendar).
void civil_from_days(std::int64_t days, int& year, unsigned& month, unsigned& day) {
    days += 719468;  // from 0000-03-01
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto day_of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted_month = (5 * day_of_year + 2) / 153;
    day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    year = static_cast<int>(year_of_era + era * 400) + (month <= 2 ? 1 : 0);
}

std::string formatted_time(std::int64_t unix_seconds, bool for_scripts) {
    constexpr std::int64_t kDay = 86400;
    std::int64_t days = unix_seconds / kDay;
    std::int64_t seconds = unix_seconds % kDay;
    if (seconds < 0) {
        seconds += kDay;
        --days;
    }
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    civil_from_days(days, year, month, day);
    const int hour = static_cast<int>(seconds / 3600);
    const int minute = static_cast<int>(seconds / 60 % 60);
    char text[64] = {};
    if (for_scripts) {
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", year, month, day, hour,
                      minute, static_cast<int>(seconds % 60));
    } else {
        std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d", year, month, day, hour,
                      minute);
    }
    return text;
}

/// The columns that a terminal gives to a text, one for each code point.
std::size_t width(std::string_view utf8) noexcept {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace

void print_line(std::string_view utf8) {
    print(std::string(utf8) + "\n");
}

void print_complaint(std::string_view utf8) {
    print_error("remapi: " + std::string(utf8) + "\n");
}

std::string one_line(StringView text) {
    String clean(text);
    for (WideChar& unit : clean) {
        if (unit < 0x20 || (unit >= 0x7F && unit < 0xA0)) unit = ' ';
    }
    return port::to_utf8(clean);
}

std::string quoted_line(StringView text) {
    std::string result = "\"";
    return result.append(one_line(text)).append("\"");
}

std::string local_time(std::uint64_t file_time) {
    if (file_time == 0) return "";
    return formatted_time(
        port::unix_from_file_time(file_time) + port::local_offset_minutes(file_time) * 60, false);
}

std::string utc_time(std::uint64_t file_time) {
    return file_time == 0 ? "" : formatted_time(port::unix_from_file_time(file_time), true);
}

std::string TextTable::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : m_rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string result;
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            line.append(widths[i] - width(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + "\n";
    }
    return result;
}

Progress::Progress(std::string what) : m_what(std::move(what)) {
    if (error_is_terminal()) m_thread.start([this] { show(); });
}

Progress::~Progress() {
    {
        const port::Lock lock(m_mutex);
        m_done = true;
        m_changed.notify_all();
    }
    m_thread.join();
}

void Progress::update(std::string detail) {
    const port::Lock lock(m_mutex);
    m_detail = std::move(detail);
}

void Progress::show() {
    const std::uint64_t start = port::steady_milliseconds();
    bool shown = false;
    const port::Lock lock(m_mutex);
    while (!m_done) {
        m_changed.wait_for(m_mutex, 1000);
        const std::uint64_t seconds = (port::steady_milliseconds() - start) / 1000;
        if (m_done || seconds == 0) continue;
        print_error("\r\x1B[K" + m_what + " ... " + std::to_string(seconds) + " s  " + m_detail);
        shown = true;
    }
    if (shown) print_error("\r\x1B[K");
}

}  // namespace remapi::tool
