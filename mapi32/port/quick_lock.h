// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>

namespace remapi::port {

/// A lock for sections of some dozen instructions: without contention an exchange and a store. Who
/// finds it taken spins for a moment, then lets other threads run. Neither fair nor recursive.
/// For objects with static storage too: constant-initialised, nothing to destroy.
class QuickLock {
public:
    void lock() noexcept {
        if (!try_lock()) wait();
    }
    bool try_lock() noexcept { return !m_taken.exchange(true, std::memory_order_acquire); }
    void unlock() noexcept { m_taken.store(false, std::memory_order_release); }

private:
    void wait() noexcept;
    bool free_at_last() noexcept { return !m_taken.load(std::memory_order_relaxed) && try_lock(); }

    std::atomic<bool> m_taken = false;
};

}  // namespace remapi::port
