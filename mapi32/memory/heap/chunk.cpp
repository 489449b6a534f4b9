// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/chunk.h"

#include <cstring>
#include <new>

namespace remapi::memory {

Chunk* Chunk::make(char* slot, std::size_t slot_bytes, Chunk* previous, SlotWord* root) noexcept {
    const std::size_t first = overhead(slot_bytes);
    auto* const chunk = new (slot) Chunk{previous, root, static_cast<std::uint16_t>(slot_bytes),
                                         static_cast<std::uint16_t>(first)};
    std::memset(chunk->bits(), 0, first - kBitsOffset);
    return chunk;
}

}  // namespace remapi::memory
