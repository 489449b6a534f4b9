// SPDX-License-Identifier: LGPL-2.1-or-later
//
// UTF-8 <-> UTF-16, pure code, the same on every platform.
#pragma once

#include "port/wide.h"

namespace remapi::port {

/// UTF-8 of `text`. A lone surrogate becomes U+FFFD.
std::string to_utf8(StringView text);

/// UTF-16 of `bytes`. Each byte that is not part of well-formed UTF-8 becomes U+FFFD.
String from_utf8(std::string_view bytes);

/// Whether `bytes` are well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view bytes) noexcept;

}  // namespace remapi::port
