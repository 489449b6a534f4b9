// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Threads of our own. Each is joined before its module may be unloaded or its owner released, or
// detached by a module that is pinned.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <functional>

namespace remapi::port {

/// A joinable thread. Joins in the destructor.
class Thread {
public:
    Thread() = default;
    ~Thread() { join(); }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    /// Starts `body` on a new thread. False when the system has no room for one.
    bool start(std::function<void()> body);
    /// Waits for the end of the body; does nothing when none runs.
    void join() noexcept;
    /// Lets the body go on by itself; the module that it is in must be pinned.
    void detach() noexcept;
    bool running() const noexcept { return m_running; }

private:
    pthread_t m_thread = {};
    bool m_running = false;
};

/// A number that tells the calling thread from every other live one of the process.
std::uint64_t current_thread_id() noexcept;

/// Lets another thread run, when one is ready. For back-off only, like `rest`.
void yield() noexcept;

/// Lets the calling thread rest. For back-off only: nothing may be synchronised by it.
void rest(std::uint32_t milliseconds) noexcept;

}  // namespace remapi::port
