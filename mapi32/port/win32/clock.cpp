// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/clock.h"

#include <windows.h>

#include <atomic>

namespace remapi::port {
namespace {

std::uint64_t joined(const FILETIME& time) noexcept {
    return (static_cast<std::uint64_t>(time.dwHighDateTime) << 32) | time.dwLowDateTime;
}

/// From here on a difference means a minute back rather than 49 days ahead.
constexpr std::uint32_t kLongestRace = 0xFFFF0000;

/// The count of milliseconds when last asked for. It extends GetTickCount, which starts again at 0
/// every 49 days, to 64 bits: GetTickCount64 came with Vista, and on XP the performance counter may
/// jump back when a thread moves to another core.
constinit std::atomic<std::uint64_t> g_last_count = 0;

}  // namespace

std::uint64_t file_time_now() noexcept {
    FILETIME now = {};
    GetSystemTimeAsFileTime(&now);
    return joined(now);
}

std::uint64_t steady_milliseconds() noexcept {
    std::uint64_t last = g_last_count.load(std::memory_order_acquire);
    for (;;) {
        const std::uint32_t ahead = GetTickCount() - static_cast<std::uint32_t>(last);
        // Another thread asked between our two reads: its answer is the later one.
        if (ahead > kLongestRace && last != 0) return last;
        const std::uint64_t now = last + ahead;
        if (g_last_count.compare_exchange_weak(last, now, std::memory_order_acq_rel)) return now;
    }
}

int local_offset_minutes(std::uint64_t file_time) noexcept {
    FILETIME utc = {};
    utc.dwLowDateTime = static_cast<DWORD>(file_time);
    utc.dwHighDateTime = static_cast<DWORD>(file_time >> 32);
    SYSTEMTIME utc_parts = {};
    SYSTEMTIME local_parts = {};
    FILETIME whole_utc = {};
    FILETIME local = {};
    // Both go through the same parts, which count milliseconds only.
    if (!FileTimeToSystemTime(&utc, &utc_parts) ||
        !SystemTimeToTzSpecificLocalTime(nullptr, &utc_parts, &local_parts) ||
        !SystemTimeToFileTime(&utc_parts, &whole_utc) ||
        !SystemTimeToFileTime(&local_parts, &local)) {
        return 0;
    }
    const auto difference = static_cast<std::int64_t>(joined(local) - joined(whole_utc));
    return static_cast<int>(difference / static_cast<std::int64_t>(kFileTimePerSecond * 60));
}

}  // namespace remapi::port
