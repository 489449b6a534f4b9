// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where diagnostic lines go: Wine's console under Wine, a file on Windows, standard error natively.
#pragma once

#include <string_view>

#include "port/wide.h"

namespace remapi::port {

/// Writes one line (its end included) in one piece. `file` overrides the platform's place when not
/// empty.
void write_diagnostic(std::string_view line, StringView file) noexcept;

/// Tells the person at the screen something that is no log line: a message box on PE (none in a
/// service's session), standard error natively.
void tell_person(StringView title, StringView text) noexcept;

}  // namespace remapi::port
