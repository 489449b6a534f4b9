// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/dates.h"

#include <cstdio>

#include "port/clock.h"

namespace remapi::format {
namespace {

constexpr std::uint64_t kSecondsPerDay = 86400;
constexpr int kFirstYear = 1601;
constexpr int kLastYear = 30827;  // the last that FILETIME functions of Windows accept
constexpr const char* kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_leap(int year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month) noexcept {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// Days from 1601-01-01 to the first day of `year`.
std::int64_t days_before(int year) noexcept {
    const std::int64_t years = year - kFirstYear;
    return years * 365 + years / 4 - years / 100 + years / 400;
}

// Reads `digits` decimal digits off the front of `text`; false when they are not there.
bool take_number(std::string_view& text, std::size_t digits, int& number) noexcept {
    if (text.size() < digits) return false;
    number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, char expected) noexcept {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

Calendar to_calendar(std::uint64_t file_time) noexcept {
    const std::uint64_t seconds = file_time / port::kFileTimePerSecond;
    auto days = static_cast<std::int64_t>(seconds / kSecondsPerDay);
    const auto rest = static_cast<int>(seconds % kSecondsPerDay);

    Calendar calendar;
    calendar.weekday = static_cast<int>((days + 1) % 7);  // 1601-01-01 was a Monday
    calendar.year = kFirstYear + static_cast<int>(days / 366);
    while (days_before(calendar.year + 1) <= days) ++calendar.year;
    days -= days_before(calendar.year);
    calendar.month = 1;
    while (days >= days_in_month(calendar.year, calendar.month)) {
        days -= days_in_month(calendar.year, calendar.month++);
    }
    calendar.day = static_cast<int>(days) + 1;
    calendar.hour = rest / 3600;
    calendar.minute = rest / 60 % 60;
    calendar.second = rest % 60;
    return calendar;
}

std::optional<std::uint64_t> from_calendar(const Calendar& calendar) noexcept {
    const bool valid = calendar.year >= kFirstYear && calendar.year <= kLastYear &&
                       calendar.month >= 1 && calendar.month <= 12 && calendar.day >= 1 &&
                       calendar.day <= days_in_month(calendar.year, calendar.month) &&
                       calendar.hour >= 0 && calendar.hour < 24 && calendar.minute >= 0 &&
                       calendar.minute < 60 && calendar.second >= 0 && calendar.second < 60;
    if (!valid) return std::nullopt;
    std::int64_t days = days_before(calendar.year) + calendar.day - 1;
    for (int month = 1; month < calendar.month; ++month)
        days += days_in_month(calendar.year, month);
    const std::uint64_t seconds =
        static_cast<std::uint64_t>(days) * kSecondsPerDay +
        static_cast<std::uint64_t>(calendar.hour * 3600 + calendar.minute * 60 + calendar.second);
    return seconds * port::kFileTimePerSecond;
}

std::uint64_t file_time_value(const FILETIME& time) noexcept {
    return static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}

FILETIME file_time_struct(std::uint64_t value) noexcept {
    FILETIME time;
    time.dwLowDateTime = static_cast<DWORD>(value);
    time.dwHighDateTime = static_cast<DWORD>(value >> 32);
    return time;
}

std::string iso_date(std::uint64_t file_time) {
    const Calendar at = to_calendar(file_time);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.day,
                  at.hour, at.minute, at.second);
    return text;
}

std::optional<std::uint64_t> parse_iso_date(std::string_view text) noexcept {
    Calendar at;
    const bool valid =
        take_number(text, 4, at.year) && take(text, '-') && take_number(text, 2, at.month) &&
        take(text, '-') && take_number(text, 2, at.day) && take(text, 'T') &&
        take_number(text, 2, at.hour) && take(text, ':') && take_number(text, 2, at.minute) &&
        take(text, ':') && take_number(text, 2, at.second) && take(text, 'Z') && text.empty();
    return valid ? from_calendar(at) : std::nullopt;
}

std::string internet_date(std::uint64_t file_time, int offset_minutes) {
    const auto shift = static_cast<std::int64_t>(offset_minutes) * 60 *
                       static_cast<std::int64_t>(port::kFileTimePerSecond);
    const Calendar at = to_calendar(file_time + static_cast<std::uint64_t>(shift));
    const int distance = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    char text[120];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d",
                  kWeekdays[at.weekday], at.day, kMonths[at.month - 1], at.year, at.hour, at.minute,
                  at.second, offset_minutes < 0 ? '-' : '+', distance / 60, distance % 60);
    return text;
}

std::string simple_mapi_date(std::uint64_t file_time) {
    const Calendar at = to_calendar(file_time);
    char text[80];
    std::snprintf(text, sizeof text, "%04d/%02d/%02d %02d:%02d", at.year, at.month, at.day, at.hour,
                  at.minute);
    return text;
}

std::optional<std::uint64_t> parse_simple_mapi_date(std::string_view text) noexcept {
    Calendar at;
    const bool valid = take_number(text, 4, at.year) && take(text, '/') &&
                       take_number(text, 2, at.month) && take(text, '/') &&
                       take_number(text, 2, at.day) && take(text, ' ') &&
                       take_number(text, 2, at.hour) && take(text, ':') &&
                       take_number(text, 2, at.minute) && text.empty();
    return valid ? from_calendar(at) : std::nullopt;
}

}  // namespace remapi::format
