// SPDX-License-Identifier: LGPL-2.1-or-later
// A 64-bit millisecond count made from the 32-bit one.
#pragma once

#include <windows.h>

namespace remapi::xp {

/// The count that `tick_count_32` continues into 64 bits. `last` holds the highest answer so far
/// and is shared by all threads; it starts at 0 and must be asked at least once in 49.7 days.
/// The answers of one process never go back; those of two processes need not agree.
template <class TickCount32>
ULONGLONG extend_tick_count(LONGLONG* last, TickCount32 tick_count_32) noexcept {
    for (;;) {
        const LONGLONG before = InterlockedCompareExchange64(last, 0, 0);
        // Read after `before`, so never less than the tick `before` was made from.
        const DWORD elapsed = tick_count_32() - static_cast<DWORD>(before);
        if (elapsed == 0) return static_cast<ULONGLONG>(before);
        const LONGLONG now = before + elapsed;
        if (InterlockedCompareExchange64(last, now, before) == before) {
            return static_cast<ULONGLONG>(now);
        }
    }
}

}  // namespace remapi::xp
