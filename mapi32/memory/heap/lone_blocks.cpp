// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/lone_blocks.h"

#include <cstdlib>
#include <new>

namespace remapi::memory {
namespace {

// 32-bit run-time libraries align the blocks of malloc to 8 only. Elsewhere nothing is added, so
// that a block ends where a sanitizer sees its end.
constexpr std::size_t kSlack = sizeof(void*) == 4 ? kGranule - 8 : 0;

}  // namespace

LoneBlock* LoneBlocks::make(std::size_t size, unsigned tag) noexcept {
    const std::size_t total = size + sizeof(LoneBlock) + kSlack;
    if (total < size) return nullptr;
    void* const memory = std::malloc(total);
    if (!memory) return nullptr;
    const std::uintptr_t start = round_to_granule(reinterpret_cast<std::uintptr_t>(memory));
    auto* const block = new (reinterpret_cast<void*>(start)) LoneBlock{{}, kRootSlot, memory, size};
    if (m_known.insert(address_of(block->payload()), tag)) return block;
    std::free(memory);
    return nullptr;
}

void LoneBlocks::destroy_all(Chunk* newest) noexcept {
    while (newest) {
        Chunk* const previous = newest->previous;
        std::free(LoneBlock::holding(newest)->memory);
        newest = previous;
    }
}

}  // namespace remapi::memory
