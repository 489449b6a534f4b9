// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Dates: file times (100 ns since 1601-01-01 UTC) as calendar dates and texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "abi/mapi.h"

namespace remapi::format {

/// A point in time on the calendar, proleptic Gregorian.
struct Calendar {
    int year = 1601;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to 31
    int hour = 0;
    int minute = 0;
    int second = 0;
    int weekday = 1;  ///< 0 is Sunday; not read when converting back
};

Calendar to_calendar(std::uint64_t file_time) noexcept;
/// nullopt when a field is out of range or the year is before 1601 or after 30827.
std::optional<std::uint64_t> from_calendar(const Calendar& calendar) noexcept;

/// FILETIME and its value as one number.
std::uint64_t file_time_value(const FILETIME& time) noexcept;
FILETIME file_time_struct(std::uint64_t value) noexcept;

/// "2026-11-22T09:50:06Z".
std::string iso_date(std::uint64_t file_time);
/// Reads exactly that form.
std::optional<std::uint64_t> parse_iso_date(std::string_view text) noexcept;

/// "Sun, 22 Nov 2026 10:50:06 +0100": RFC 5322's form, at `offset_minutes` east of UTC.
std::string internet_date(std::uint64_t file_time, int offset_minutes);

/// "2026/11/22 09:50", the form of MapiMessage::lpszDateReceived, in the time the caller has
/// chosen. Page: mapi/mapimessage.md
std::string simple_mapi_date(std::uint64_t file_time);
std::optional<std::uint64_t> parse_simple_mapi_date(std::string_view text) noexcept;

}  // namespace remapi::format
