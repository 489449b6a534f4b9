// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/retry_policy.h"

#include <algorithm>

#include "config/config.h"
#include "port/clock.h"

namespace remapi::spi {
namespace {

constexpr ULONG kMostDoublings = 20;

constexpr std::uint64_t seconds(std::uint64_t count) noexcept {
    return count * port::kFileTimePerSecond;
}

}  // namespace

RetryPolicy RetryPolicy::configured() {
    return {config::get_number("spooler.retry-first"), config::get_number("spooler.retry-last")};
}

std::uint64_t RetryPolicy::next_try(std::uint64_t now, std::uint64_t submitted, ULONG tries,
                                    ULONG at_least) const {
    const ULONG doublings = std::min(tries > 0 ? tries - 1 : 0, kMostDoublings);
    const std::uint64_t wait = std::uint64_t{first_seconds} << doublings;
    std::uint64_t next = now + seconds(std::max<std::uint64_t>(wait, at_least));
    const std::uint64_t end = submitted + seconds(last_seconds);
    if (submitted != 0 && end > now) next = std::min(next, end);
    return next;
}

bool RetryPolicy::gives_up(std::uint64_t now, std::uint64_t submitted, ULONG tries) const {
    if (submitted != 0) return now >= submitted + seconds(last_seconds);
    // The waiting times before the tries were first_seconds, twice that, and so on.
    const std::uint64_t waited =
        (std::uint64_t{first_seconds} << std::min(tries > 0 ? tries - 1 : 0, kMostDoublings)) -
        first_seconds;
    return tries > kMostDoublings || waited >= last_seconds;
}

}  // namespace remapi::spi
