// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whether a text that a stranger's pointer names can be read as far as somebody will.
#pragma once

#include <cstddef>

#include "port/wide.h"

namespace remapi::port {

/// Whether `text` can be read up to its terminating zero or for `limit` units, whichever comes
/// first. Null cannot; a limit of 0 asks for nothing and can. Another thread may change the answer.
bool can_read_text(const char* text, std::size_t limit) noexcept;
bool can_read_text(const WideChar* text, std::size_t limit) noexcept;

}  // namespace remapi::port
