// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A source of pages for tests: the system's, counted, and failing when a test wants it to.
#pragma once

#include <atomic>

#include "memory/heap/page_source.h"
#include "port/pages.h"

namespace remapi::memory::test {

struct CountingSource {
    static inline std::atomic<std::size_t> reserved = 0;     ///< bytes
    static inline std::atomic<std::size_t> committed = 0;    ///< bytes
    static inline std::atomic<std::size_t> decommitted = 0;  ///< bytes
    static inline std::size_t largest_reservation = SIZE_MAX;
    static inline bool can_commit = true;

    /// Every test starts with it.
    static void reset() {
        reserved = committed = decommitted = 0;
        largest_reservation = SIZE_MAX;
        can_commit = true;
    }

    static void* reserve(std::size_t size) noexcept {
        if (size > largest_reservation) return nullptr;
        reserved += size;
        return port::reserve_pages(size);
    }
    static bool commit(void* start, std::size_t size) noexcept {
        if (!can_commit) return false;
        committed += size;
        return port::commit_pages(start, size);
    }
    static void decommit(void* start, std::size_t size) noexcept {
        decommitted += size;
        port::decommit_pages(start, size);
    }
    static constexpr PageSource kSource = {reserve, commit, decommit};
};

}  // namespace remapi::memory::test
