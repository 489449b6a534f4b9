// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include "port/thread.h"

namespace remapi::port {

std::uint64_t current_thread_id() noexcept {
    return GetCurrentThreadId();
}

void yield() noexcept {
    SwitchToThread();
}

}  // namespace remapi::port
