// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "tools/remapi/cli/arguments.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {

/// `show ID`: headers, recipients, text and the list of attachments of one message.
ExitCode show_message(const Arguments& arguments);

}  // namespace remapi::tool
