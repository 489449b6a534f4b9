// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The commands of `remapi`. Each takes its parsed words and answers with an exit code, or throws
// Failure.
#pragma once

#include <span>

#include "tools/remapi/cli/arguments.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {

/// One command as the help shows it.
struct Command {
    const char* name;      ///< "send", "profile create"
    const char* operands;  ///< "NAME", "[FOLDER]", empty for none
    const char* summary;
    std::span<const OptionSpec> options;
    ExitCode (*run)(const Arguments&);
};

std::span<const Command> profile_commands();
std::span<const Command> mail_commands();
std::span<const Command> queue_commands();
std::span<const Command> setup_commands();

}  // namespace remapi::tool
