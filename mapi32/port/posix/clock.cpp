// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/clock.h"

#include <ctime>

namespace remapi::port {

std::uint64_t file_time_now() noexcept {
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return file_time_from_unix(now.tv_sec) + static_cast<std::uint64_t>(now.tv_nsec) / 100;
}

std::uint64_t steady_milliseconds() noexcept {
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000 +
           static_cast<std::uint64_t>(now.tv_nsec) / 1000000;
}

int local_offset_minutes(std::uint64_t file_time) noexcept {
    const std::time_t time = unix_from_file_time(file_time);
    std::tm local = {};
    ::tzset();  // localtime_r alone need not notice TZ
    if (!::localtime_r(&time, &local)) return 0;
    return static_cast<int>(local.tm_gmtoff / 60);
}

}  // namespace remapi::port
