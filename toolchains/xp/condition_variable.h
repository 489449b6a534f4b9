// SPDX-License-Identifier: LGPL-2.1-or-later
// Condition variables for a Windows that has none.
#pragma once

#include "waiter.h"

namespace remapi::xp {

/// What sleep_on() gives up while it waits, and takes again before it returns.
struct HeldLock {
    void (*release)(void* lock) noexcept;
    void (*acquire)(void* lock) noexcept;
    void* lock;
};

/// Waits until woken. Answers false when `timeout_ms` has passed first. A wake_*() called after
/// `held` was released by this call is never missed.
bool sleep_on(Word* condition, const HeldLock& held, DWORD timeout_ms) noexcept;

/// Wakes the thread that has waited longest, if any.
void wake_one(Word* condition) noexcept;

/// Wakes every thread that waits.
void wake_all(Word* condition) noexcept;

}  // namespace remapi::xp
