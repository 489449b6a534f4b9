// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "memory/buffer.h"

namespace remapi::object {

/// The allocation routines that a caller of CreateIProp or the like handed over, which all that is
/// given to clients comes from. They are called without a lock.
class CallerMemory {
public:
    CallerMemory(ALLOCATEBUFFER* allocate_routine, ALLOCATEMORE* more_routine,
                 FREEBUFFER* free_routine) noexcept
        : m_allocate(allocate_routine), m_more(more_routine), m_free(free_routine) {}

    /// A block of `bytes`, not zeroed. Throws Error with what the routine answered.
    void* allocate(std::size_t bytes) const;
    /// The same, linked to `root`.
    void* link(void* root, std::size_t bytes) const;
    void free(void* block) const noexcept { m_free(block); }

    /// Copies of what MAPI's own memory holds, each in blocks of the caller's. Null stays null.
    SPropTagArray* tags(std::span<const ULONG> tags) const;
    SPropProblemArray* problems(const SPropProblemArray* problems) const;
    MAPINAMEID** names(std::span<MAPINAMEID* const> names) const;

private:
    ALLOCATEBUFFER* m_allocate;
    ALLOCATEMORE* m_more;
    FREEBUFFER* m_free;
};

}  // namespace remapi::object
