// SPDX-License-Identifier: LGPL-2.1-or-later
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "port/thread.h"

namespace remapi::port {

std::uint64_t current_thread_id() noexcept {
    return static_cast<std::uint64_t>(::syscall(SYS_gettid));
}

void yield() noexcept {
    ::sched_yield();
}

}  // namespace remapi::port
