// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The command line of the spooler program.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "port/wide.h"

namespace remapi::spooler_program {

/// --profile NAME, --once, --now, --timeout SECONDS.
struct Arguments {
    String profile;                         ///< empty: the default profile
    bool once = false;                      ///< one try for each message that is due
    bool now = false;                       ///< also those whose next try lies in the future
    std::uint32_t timeout_ms = 0xFFFFFFFF;  ///< for waiting; all ones: none
};

/// The words after the program's name, taken apart; nullopt when they are not understood.
std::optional<Arguments> parse_arguments(const std::vector<String>& words);

/// One line that says how the program is called.
extern const char kUsage[];

}  // namespace remapi::spooler_program
