// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <optional>

#include "port/wide.h"
#include "tools/remapi/doctor/doctor.h"

namespace remapi::tool {

/// The library and the files that belong beside it. False when the library cannot be loaded.
bool examine_library(Findings& findings);
/// The profiles, and the one that is named or the default one. Its server is examined too.
/// @returns whether it is worth while to log on with it
bool examine_profiles(Findings& findings, const std::optional<String>& profile);
/// Logs on, opens the store and looks at what waits in its queue.
void examine_queue(Findings& findings, const std::optional<String>& profile);
/// Connects to an SMTP server, and asks it what it offers unless it speaks TLS from the first byte.
void examine_server(Findings& findings, const String& host, unsigned port, const String& security);

}  // namespace remapi::tool
