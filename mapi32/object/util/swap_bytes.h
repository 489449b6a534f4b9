// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// Reverses the bytes of each of `count` 32-bit numbers. Null, and a count that is not positive,
/// do nothing. They may be misaligned.
void swap_longs(void* numbers, int count) noexcept;
/// The same for 16-bit numbers.
void swap_words(void* numbers, int count) noexcept;

}  // namespace remapi::object
