// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "tools/remapi/cli/arguments.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {

/// `send --to ...`: one MAPISendMailW call with the policy "send", as a program makes it.
ExitCode send_message(const Arguments& arguments);

}  // namespace remapi::tool
