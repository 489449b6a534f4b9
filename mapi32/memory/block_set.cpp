// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/block_set.h"

#include <cstdlib>

namespace remapi::memory {
namespace {

constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

}  // namespace

std::size_t BlockSet::hash(std::uintptr_t key) noexcept {
    // Fibonacci hashing: blocks are aligned, so their low bits say nothing.
    return static_cast<std::size_t>((static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ull) >>
                                    32);
}

std::size_t BlockSet::Shard::find(std::uintptr_t key) const noexcept {
    if (capacity == 0) return kAbsent;
    for (std::size_t i = hash(key) & (capacity - 1); slots[i] != 0; i = (i + 1) & (capacity - 1)) {
        if (slots[i] == key) return i;
    }
    return kAbsent;
}

bool BlockSet::Shard::grow() noexcept {
    const std::size_t wanted = capacity ? capacity * 2 : 64;
    auto* fresh = static_cast<std::uintptr_t*>(std::calloc(wanted, sizeof(std::uintptr_t)));
    if (!fresh) return false;
    for (std::size_t old = 0; old < capacity; ++old) {
        if (slots[old] == 0) continue;
        std::size_t i = hash(slots[old]) & (wanted - 1);
        while (fresh[i] != 0) i = (i + 1) & (wanted - 1);
        fresh[i] = slots[old];
    }
    std::free(slots);
    slots = fresh;
    capacity = wanted;
    return true;
}

void BlockSet::Shard::remove_at(std::size_t index) noexcept {
    const std::size_t mask = capacity - 1;
    std::size_t hole = index;
    for (std::size_t i = (index + 1) & mask; slots[i] != 0; i = (i + 1) & mask) {
        const std::size_t home = hash(slots[i]) & mask;
        if (((i - home) & mask) < ((i - hole) & mask)) continue;  // it would move before its home
        slots[hole] = slots[i];
        hole = i;
    }
    slots[hole] = 0;
    --used;
}

bool BlockSet::insert(std::uintptr_t key) noexcept {
    Shard& shard = shard_of(key);
    const port::Lock lock(shard.mutex);
    if (shard.used * 4 >= shard.capacity * 3 && !shard.grow()) return false;
    std::size_t i = hash(key) & (shard.capacity - 1);
    while (shard.slots[i] != 0) i = (i + 1) & (shard.capacity - 1);
    shard.slots[i] = key;
    ++shard.used;
    return true;
}

bool BlockSet::contains(std::uintptr_t key) noexcept {
    Shard& shard = shard_of(key);
    const port::Lock lock(shard.mutex);
    return shard.find(key) != kAbsent;
}

bool BlockSet::erase(std::uintptr_t key) noexcept {
    Shard& shard = shard_of(key);
    const port::Lock lock(shard.mutex);
    const std::size_t index = shard.find(key);
    if (index == kAbsent) return false;
    shard.remove_at(index);
    return true;
}

std::size_t BlockSet::size() noexcept {
    std::size_t total = 0;
    for (Shard& shard : m_shards) {
        const port::Lock lock(shard.mutex);
        total += shard.used;
    }
    return total;
}

}  // namespace remapi::memory
