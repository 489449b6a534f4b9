// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

#include "port/wide.h"

namespace remapi::internet {

/// Why `address` cannot stand in an SMTP command, as the end of a sentence; empty when it can.
/// Looks at form only: one @ at the least, something on both sides, no control characters, no
/// spaces and angle brackets outside quotes, RFC 5321's lengths.
std::string problem_of_address(StringView address);

/// `address` as it goes into an SMTP command: UTF-8, white space at both ends dropped, the domain
/// in its ASCII form.
std::string envelope_address(StringView address);

/// Whether a server must know SMTPUTF8 (RFC 6531) to take this address: its local part is beyond
/// ASCII.
bool needs_smtputf8(std::string_view envelope_address) noexcept;

}  // namespace remapi::internet
