// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "tools/remapi/cli/arguments.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {

/// `profile create NAME ...`: checks everything that can be checked before it makes the profile,
/// and removes the profile again when a later step fails.
ExitCode create_profile(const Arguments& arguments);

}  // namespace remapi::tool
