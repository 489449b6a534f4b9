// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/quick_lock.h"

#include "port/thread.h"

namespace remapi::port {
namespace {

constexpr int kSpins = 100;
constexpr int kYields = 20;

void pause_processor() noexcept {
#if defined(__i386__) || defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

}  // namespace

void QuickLock::wait() noexcept {
    for (int i = 0; i < kSpins; ++i) {
        pause_processor();
        if (free_at_last()) return;
    }
    for (int i = 0; i < kYields; ++i) {
        yield();
        if (free_at_last()) return;
    }
    // The holder may be of lower priority than every thread that is ready: yielding never runs it.
    do {
        rest(1);
    } while (!free_at_last());
}

}  // namespace remapi::port
