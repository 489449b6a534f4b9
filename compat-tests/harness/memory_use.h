// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstddef>

namespace remapi::test {

/// Bytes that this process keeps for itself: committed on Windows, resident natively. 0 when the
/// system does not tell.
std::size_t memory_in_use();

/// The most that it ever was, of the same kind.
std::size_t peak_memory();

}  // namespace remapi::test
