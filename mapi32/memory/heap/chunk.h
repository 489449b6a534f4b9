// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "memory/heap/span.h"

namespace remapi::memory {

/// A slot full of linked blocks of one root, one behind the other; or what stands before a linked
/// block that is a lone block. In a slot one bit for each granule, behind this header, says where a
/// linked block starts. Used with the lock of the root's arena held.
struct Chunk {
    Chunk* previous;      ///< the next older one of the same root
    SlotWord* root;       ///< the word of the root
    std::uint16_t bytes;  ///< of the slot; 0: a lone block
    std::uint16_t used;   ///< of `bytes`, this header and the bits included

    /// Bytes before the first linked block of a slot.
    static constexpr std::size_t overhead(std::size_t slot_bytes) noexcept {
        return round_to_granule(kBitsOffset + (slot_bytes / kGranule + 7) / 8);
    }

    /// Makes a chunk of a slot.
    static Chunk* make(char* slot, std::size_t slot_bytes, Chunk* previous,
                       SlotWord* root) noexcept;

    std::size_t room() const noexcept { return static_cast<std::size_t>(bytes - used); }
    /// A linked block of `size` bytes, a multiple of kGranule and at most room().
    char* add(std::size_t size) noexcept {
        char* const block = reinterpret_cast<char*>(this) + used;
        bits()[used / kGranule / 8] |= bit_of(used);
        used = static_cast<std::uint16_t>(used + size);
        return block;
    }
    /// Whether a linked block starts at the address, which lies in this slot.
    bool starts_at(std::uintptr_t address) noexcept {
        const std::size_t offset = address - address_of(this);
        if (offset % kGranule != 0) return false;
        return (bits()[offset / kGranule / 8] & bit_of(offset)) != 0;
    }

private:
    static constexpr std::size_t kBitsOffset = 2 * sizeof(void*) + 2 * sizeof(std::uint16_t);

    unsigned char* bits() noexcept { return reinterpret_cast<unsigned char*>(this) + kBitsOffset; }
    static unsigned char bit_of(std::size_t offset) noexcept {
        return static_cast<unsigned char>(1u << offset / kGranule % 8);
    }
};

/// The chunk that a root's word names; null when nothing is linked to it yet.
inline Chunk* chunk_of(SlotWord word) noexcept {
    return reinterpret_cast<Chunk*>(word & ~SlotWord{kStateBits});
}
inline SlotWord root_word(Chunk* chunk) noexcept {
    return address_of(chunk) | kRootSlot;
}

}  // namespace remapi::memory
