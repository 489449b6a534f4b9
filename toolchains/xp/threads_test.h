// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <thread>
#include <vector>

namespace remapi::xp::test {

inline constexpr int kThreads = 8;

/// Runs `body(index)` on kThreads threads at once and waits for all of them.
template <class Body>
void on_all_threads(Body body) {
    std::vector<std::thread> threads;
    for (int index = 0; index < kThreads; ++index) threads.emplace_back(body, index);
    for (std::thread& thread : threads) thread.join();
}

/// Whether our own lock or condition variable is back in the state it started from. What the
/// system's keep in their word is their business.
inline bool looks_unused([[maybe_unused]] const void* word) {
#ifdef REMAPI_XP_FORCE_FALLBACK
    return word == nullptr;
#else
    return true;
#endif
}

}  // namespace remapi::xp::test
