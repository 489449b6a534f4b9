// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "memory/heap/block_set.h"
#include "memory/heap/chunk.h"

namespace remapi::memory {

/// Stands before a block that malloc made for it alone: larger than any slot, in a heap without
/// slots, or because no span was to be had.
struct alignas(kGranule) LoneBlock {
    Chunk chunk;    ///< of a linked block: its place among its root's chunks
    SlotWord word;  ///< of a root
    void* memory;   ///< what malloc answered
    std::size_t size;

    static LoneBlock* before(void* payload) noexcept {
        return static_cast<LoneBlock*>(payload) - 1;
    }
    /// The block that `chunk` is a member of.
    static LoneBlock* holding(Chunk* chunk) noexcept { return reinterpret_cast<LoneBlock*>(chunk); }
    char* payload() noexcept { return reinterpret_cast<char*>(this + 1); }
};

/// The lone blocks of a heap. Any thread.
class LoneBlocks {
public:
    static constexpr unsigned kLinked = 8;
    static constexpr unsigned kArenaBits = 7;

    /// A block of `size` bytes, known from now on by `tag`: the number of its arena, with kLinked
    /// for a linked block. Its word is a root's. Null when there is no memory.
    LoneBlock* make(std::size_t size, unsigned tag) noexcept;
    /// The tag of a block's payload; BlockSet::kAbsent for any other address. A tag changes only
    /// with the lock of the arena that it names held.
    unsigned find(std::uintptr_t address) noexcept {
        return address % kGranule == 0 ? m_known.find(address) : BlockSet::kAbsent;
    }
    /// Takes a block out of those that are known.
    void forget(LoneBlock& block) noexcept { m_known.erase(address_of(block.payload())); }
    /// Gives the memory of a forgotten block back, and of the chunks that it names as previous.
    static void destroy_all(Chunk* newest) noexcept;

private:
    BlockSet m_known;
};

}  // namespace remapi::memory
