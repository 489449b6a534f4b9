// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <string>

#include "tools/remapi/commands/commands.h"

namespace remapi::tool {

/// Calls `visit` for each command, in the order of the help.
void for_each_command(const std::function<void(const Command&)>& visit);

void print_help();
void print_help_to_error();
void print_command_help(const Command& command);
/// "remapi 0.1.0"
std::string version_line();

}  // namespace remapi::tool
