// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

/// The whole program. `words` are the command line without the program's name.
/// @returns one of ExitCode's numbers
int run(const std::vector<String>& words);

}  // namespace remapi::tool
