// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "port/quick_lock.h"

namespace remapi::memory {

/// The addresses of live blocks, so that a pointer can be recognised without reading what it points
/// to (quirk Q43), each with a tag of four bits. Lives in static storage: constant-initialised,
/// never destroyed. Any thread.
class BlockSet {
public:
    static constexpr std::uintptr_t kTagBits = 15;
    static constexpr unsigned kAbsent = 16;  ///< no tag

    /// `address` is a multiple of 16 and not in the set. False when there is no memory for the
    /// entry.
    bool insert(std::uintptr_t address, unsigned tag) noexcept;
    /// The tag of an address, any; kAbsent when it is not in the set.
    unsigned find(std::uintptr_t address) noexcept;
    /// True when it was in the set: of two racing callers exactly one gets true.
    bool erase(std::uintptr_t address) noexcept;
    std::size_t size() noexcept;

private:
    static constexpr std::size_t kShards = 16;

    /// One open-addressed table with linear probing; deletion shifts back, so there are no
    /// tombstones. An entry is the complement of address and tag: a leak checker that looks for
    /// pointers must not take the set for the owner of every block.
    struct alignas(64) Shard {
        port::QuickLock lock;
        std::uintptr_t* slots = nullptr;
        std::size_t capacity = 0;  ///< zero or a power of two
        std::size_t used = 0;

        std::size_t index_of(std::uintptr_t address) const noexcept;
        bool grow() noexcept;
        void remove_at(std::size_t index) noexcept;
    };

    Shard& shard_of(std::uintptr_t address) noexcept;

    std::array<Shard, kShards> m_shards = {};
};

}  // namespace remapi::memory
