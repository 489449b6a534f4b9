// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/cpu.h"

#include <windows.h>

#include <atomic>

namespace remapi::port {

bool has_wide_registers() noexcept {
    enum : int { Unknown, Absent, Present };
    static constinit std::atomic<int> known = Unknown;
    int state = known.load(std::memory_order_relaxed);
    if (state == Unknown) {
        state = IsProcessorFeaturePresent(PF_XMMI64_INSTRUCTIONS_AVAILABLE) ? Present : Absent;
        known.store(state, std::memory_order_relaxed);
    }
    return state == Present;
}

}  // namespace remapi::port
