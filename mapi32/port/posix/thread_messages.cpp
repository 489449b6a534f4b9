// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/thread_messages.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "port/clock.h"
#include "port/thread.h"

namespace remapi::port {

bool ThreadWindow::open(Handler, std::uintptr_t) noexcept {
    const Lock lock(m_mutex);
    m_thread = current_thread_id();
    m_woken = false;
    return true;
}

void ThreadWindow::close() noexcept {
    const Lock lock(m_mutex);
    m_thread = 0;
    m_changed.notify_all();
}

bool ThreadWindow::alive() const noexcept {
    const std::uint64_t thread = m_thread;
    // Signal 0 is not sent; the call only tells whether the thread is there.
    return thread != 0 && ::syscall(SYS_tgkill, ::getpid(), static_cast<pid_t>(thread), 0) == 0;
}

bool ThreadWindow::wake() noexcept {
    const Lock lock(m_mutex);
    if (!alive()) return false;
    m_woken = true;
    m_changed.notify_all();
    return true;
}

Pumped ThreadWindow::pump() noexcept {
    const Lock lock(m_mutex);
    m_woken = false;
    return Pumped::All;
}

bool ThreadWindow::wait(std::uint32_t milliseconds) noexcept {
    const std::uint64_t until = steady_milliseconds() + milliseconds;
    const Lock lock(m_mutex);
    while (!m_woken && m_thread != 0) {
        const std::uint64_t now = steady_milliseconds();
        if (now >= until) return false;
        m_changed.wait_for(m_mutex, static_cast<std::uint32_t>(until - now));
    }
    return m_woken;
}

bool has_message_loops() noexcept {
    return false;
}

void run_message_loop(std::uint32_t milliseconds) noexcept {
    rest(milliseconds);
}

bool asked_to_end() noexcept {
    return false;
}

bool user_input_waits() noexcept {
    return false;
}

std::uint64_t milliseconds_without_input() noexcept {
    return std::numeric_limits<std::uint64_t>::max();
}

void use_idle_priority() noexcept {
    constexpr int kLowest = 19;
    // Of the calling thread only: on Linux nice values belong to threads.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(current_thread_id()), kLowest);
}

}  // namespace remapi::port
