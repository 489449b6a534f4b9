// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/dates.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

namespace {

constexpr std::uint64_t kSecond = 10'000'000;  // in 100 ns
constexpr int kLastYear = 30827;
constexpr int kDayMinutes = 24 * 60;

void check_texts(std::string_view text) {
    if (const auto time = format::parse_iso_date(text)) {
        require(format::iso_date(*time) == text, "an ISO date is written as it was read");
    }
    if (const auto time = format::parse_simple_mapi_date(text)) {
        require(format::simple_mapi_date(*time) == text,
                "a Simple MAPI date is written as it was read");
    }
}

void check_number(std::uint64_t time, int offset_minutes) {
    const format::Calendar at = format::to_calendar(time);
    require(at.month >= 1 && at.month <= 12 && at.day >= 1 && at.day <= 31 && at.weekday >= 0 &&
                at.weekday <= 6,
            "a file time has a month, a day and a weekday");
    const auto back = format::from_calendar(at);
    require(back.has_value() == (at.year <= kLastYear),
            "a calendar date up to 30827 is a file time");
    if (back) require(*back == time - time % kSecond, "a file time survives to the second");
    require(format::file_time_value(format::file_time_struct(time)) == time,
            "FILETIME holds 64 bits");
    require(!format::internet_date(time, offset_minutes).empty(),
            "a file time has an RFC 5322 text");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check_texts(remapi::fuzz::characters(remapi::view_bytes(data, size)));
    remapi::fuzz::Input input(data, size);
    const std::uint64_t time = input.number(8);
    const int offset = static_cast<int>(input.number(2) % (2 * kDayMinutes)) - kDayMinutes;
    check_number(time, offset);
    return 0;
}
