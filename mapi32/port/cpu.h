// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the processor can do beyond what this build requires of it.
#pragma once

namespace remapi::port {

/// Whether code that was compiled for 16-byte registers may run. Only the 32-bit PE build has such
/// code in a few files and runs on processors without them.
bool has_wide_registers() noexcept;

}  // namespace remapi::port
