// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Time. File times are in units of 100 ns since 1601-01-01 UTC, as FILETIME counts them.
#pragma once

#include <cstdint>

namespace remapi::port {

/// The time of day, as a file time.
std::uint64_t file_time_now() noexcept;
/// Milliseconds of a clock that only goes forward; its zero means nothing.
std::uint64_t steady_milliseconds() noexcept;
/// What to add to UTC to get local time at `file_time`, in minutes.
int local_offset_minutes(std::uint64_t file_time) noexcept;

constexpr std::uint64_t kFileTimePerSecond = 10000000;
/// Seconds between 1601-01-01 and 1970-01-01.
constexpr std::uint64_t kFileTimeUnixEpochSeconds = 11644473600;

constexpr std::uint64_t file_time_from_unix(std::int64_t seconds) noexcept {
    return (static_cast<std::uint64_t>(seconds) + kFileTimeUnixEpochSeconds) * kFileTimePerSecond;
}
constexpr std::int64_t unix_from_file_time(std::uint64_t file_time) noexcept {
    return static_cast<std::int64_t>(file_time / kFileTimePerSecond) -
           static_cast<std::int64_t>(kFileTimeUnixEpochSeconds);
}

}  // namespace remapi::port
