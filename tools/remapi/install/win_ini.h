// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "tools/remapi/install/file_changes.h"

namespace remapi::tool {

/// Puts the [Mail] flags into `win_ini` (below the root of `changes`). What it looked like
/// afterwards is noted in the folder `state`.
void install_mail_flags(FileChanges& changes, const String& root, const String& win_ini,
                        const String& state);

/// Lets the undo of `changes` put back the file as it was; when somebody changed it since, as they
/// left it, without our flags.
void prepare_mail_flags_undo(FileChanges& changes, const String& root, const String& win_ini,
                             const String& state);

}  // namespace remapi::tool
