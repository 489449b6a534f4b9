// SPDX-License-Identifier: LGPL-2.1-or-later
// A thread that waits in a lock's or a condition variable's queue.
#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>

namespace remapi::xp {

/// The one pointer-sized word that a lock or a condition variable consists of.
using Word = std::uintptr_t;

inline Word load(const Word* word) noexcept {
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

inline void store(Word* word, Word value) noexcept {
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

inline bool replace(Word* word, Word expected, Word desired) noexcept {
    return __atomic_compare_exchange_n(word, &expected, desired, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

/// One entry of a queue. It lies on the waiting thread's stack; from the moment it is taken out of
/// the queue until wake() has run it belongs to the thread that took it out.
class Waiter {
public:
    explicit Waiter(bool wants_exclusive) noexcept;
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Blocks until wake(). Answers false when `timeout_ms` has passed first.
    bool wait(DWORD timeout_ms) noexcept;

    /// Lets the thread go on. `this` may be gone when it returns.
    void wake() noexcept;

    Waiter* next = nullptr;
    Waiter* tail = this;       ///< the queue's last entry; valid in the first one only
    std::intptr_t owners = 0;  ///< who holds the lock: -1 one writer, else readers; likewise
    const bool exclusive;

private:
    bool poll(DWORD timeout_ms) noexcept;

    HANDLE m_event;  ///< null when the system had none to give: then m_woken is polled
    LONG m_woken = 0;
};

/// Spins, then yields, then sleeps, for as long as another thread takes.
class Backoff {
public:
    void pause() noexcept;

private:
    unsigned m_rounds = 0;
};

}  // namespace remapi::xp
