// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/program/arguments.h"

namespace remapi::spooler_program {
namespace {

constexpr std::uint32_t kLongestTimeoutSeconds = 4000000;  // fits into 32 bits of milliseconds

std::optional<std::uint32_t> milliseconds(StringView seconds) {
    if (seconds.empty()) return std::nullopt;
    std::uint32_t number = 0;
    for (const WideChar digit : seconds) {
        if (digit < '0' || digit > '9' || number > kLongestTimeoutSeconds / 10) return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (number > kLongestTimeoutSeconds) return std::nullopt;
    return number * 1000;
}

}  // namespace

const char kUsage[] = "usage: [--profile NAME] [--once] [--now] [--timeout SECONDS]\n";

std::optional<Arguments> parse_arguments(const std::vector<String>& words) {
    Arguments result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const String& word = words[i];
        const bool has_value = i + 1 < words.size();
        if (word == REMAPI_W("--once")) {
            result.once = true;
        } else if (word == REMAPI_W("--now")) {
            result.now = true;
        } else if (word == REMAPI_W("--profile") && has_value) {
            result.profile = words[++i];
        } else if (word == REMAPI_W("--timeout") && has_value) {
            const auto timeout = milliseconds(words[++i]);
            if (!timeout) return std::nullopt;
            result.timeout_ms = *timeout;
        } else {
            return std::nullopt;
        }
    }
    return result;
}

}  // namespace remapi::spooler_program
