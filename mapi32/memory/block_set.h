// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "port/mutex.h"

namespace remapi::memory {

/// A block's address as a number: the set never reads what it points to.
inline std::uintptr_t address_of(const void* block) noexcept {
    return reinterpret_cast<std::uintptr_t>(block);
}

/// The addresses of all live blocks, so that a pointer can be recognised without reading what it
/// points to (quirk Q43). Lives in static storage: constant-initialised, never destroyed. Any
/// thread.
class BlockSet {
public:
    /// False when there is no memory for the entry.
    bool insert(std::uintptr_t key) noexcept;
    bool contains(std::uintptr_t key) noexcept;
    /// True when it was in the set: of two racing callers exactly one gets true.
    bool erase(std::uintptr_t key) noexcept;
    std::size_t size() noexcept;

private:
    static constexpr std::size_t kShards = 64;

    /// One open-addressed table with linear probing; deletion shifts back, so there are no
    /// tombstones.
    struct alignas(64) Shard {
        port::StaticMutex mutex;
        std::uintptr_t* slots = nullptr;
        std::size_t capacity = 0;  ///< zero or a power of two
        std::size_t used = 0;

        std::size_t find(std::uintptr_t key) const noexcept;
        bool grow() noexcept;
        void remove_at(std::size_t index) noexcept;
    };

    static std::size_t hash(std::uintptr_t key) noexcept;
    Shard& shard_of(std::uintptr_t key) noexcept {
        return m_shards[hash(key) >> 8 & (kShards - 1)];
    }

    std::array<Shard, kShards> m_shards = {};
};

}  // namespace remapi::memory
