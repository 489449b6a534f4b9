// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/block_set.h"

#include <cstdlib>

#include "port/mutex.h"

namespace remapi::memory {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::uintptr_t address_in(std::uintptr_t entry) noexcept {
    return ~entry & ~BlockSet::kTagBits;
}

std::size_t hash(std::uintptr_t address) noexcept {
    // Fibonacci hashing: blocks are aligned, so their low bits say nothing.
    return static_cast<std::size_t>((static_cast<std::uint64_t>(address) * 0x9E3779B97F4A7C15ull) >>
                                    32);
}

}  // namespace

BlockSet::Shard& BlockSet::shard_of(std::uintptr_t address) noexcept {
    return m_shards[hash(address) >> 8 & (kShards - 1)];
}

std::size_t BlockSet::Shard::index_of(std::uintptr_t address) const noexcept {
    if (capacity == 0) return kNowhere;
    const std::size_t mask = capacity - 1;
    for (std::size_t i = hash(address) & mask; slots[i] != 0; i = (i + 1) & mask) {
        if (address_in(slots[i]) == address) return i;
    }
    return kNowhere;
}

bool BlockSet::Shard::grow() noexcept {
    const std::size_t wanted = capacity ? capacity * 2 : 64;
    auto* fresh = static_cast<std::uintptr_t*>(std::calloc(wanted, sizeof(std::uintptr_t)));
    if (!fresh) return false;
    for (std::size_t old = 0; old < capacity; ++old) {
        if (slots[old] == 0) continue;
        std::size_t i = hash(address_in(slots[old])) & (wanted - 1);
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
        const std::size_t home = hash(address_in(slots[i])) & mask;
        if (((i - home) & mask) < ((i - hole) & mask)) continue;  // it would move before its home
        slots[hole] = slots[i];
        hole = i;
    }
    slots[hole] = 0;
    --used;
}

bool BlockSet::insert(std::uintptr_t address, unsigned tag) noexcept {
    Shard& shard = shard_of(address);
    const port::Lock lock(shard.lock);
    if (shard.used * 4 >= shard.capacity * 3 && !shard.grow()) return false;
    std::size_t i = hash(address) & (shard.capacity - 1);
    while (shard.slots[i] != 0) i = (i + 1) & (shard.capacity - 1);
    shard.slots[i] = ~(address | tag);
    ++shard.used;
    return true;
}

unsigned BlockSet::find(std::uintptr_t address) noexcept {
    Shard& shard = shard_of(address);
    const port::Lock lock(shard.lock);
    const std::size_t index = shard.index_of(address);
    if (index == kNowhere) return kAbsent;
    return static_cast<unsigned>(~shard.slots[index] & kTagBits);
}

bool BlockSet::erase(std::uintptr_t address) noexcept {
    Shard& shard = shard_of(address);
    const port::Lock lock(shard.lock);
    const std::size_t index = shard.index_of(address);
    if (index == kNowhere) return false;
    shard.remove_at(index);
    return true;
}

std::size_t BlockSet::size() noexcept {
    std::size_t total = 0;
    for (Shard& shard : m_shards) {
        const port::Lock lock(shard.lock);
        total += shard.used;
    }
    return total;
}

}  // namespace remapi::memory
