// SPDX-License-Identifier: LGPL-2.1-or-later
// Slim reader/writer locks for a Windows that has none.
#pragma once

#include "waiter.h"

namespace remapi::xp {

/// Takes the lock at once, or answers false. Readers do not overtake threads that wait.
bool try_acquire(Word* lock, bool exclusive) noexcept;

/// Takes the lock, waiting in arrival order. Not recursive.
void acquire(Word* lock, bool exclusive) noexcept;

/// Gives the lock back, and hands it to whoever waits.
void release(Word* lock, bool exclusive) noexcept;

}  // namespace remapi::xp
