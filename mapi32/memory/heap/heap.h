// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Blocks and what is linked to them. See docs/decisions/0024-memory.md.
#pragma once

#include <array>

#include "memory/heap/arena.h"
#include "memory/heap/lone_blocks.h"

namespace remapi::memory {

enum class Outcome : unsigned char {
    Done,
    NoMemory,
    NotOurs,  ///< the pointer is no live block of the heap: foreign, freed or inside a block
    Linked    ///< it is one, but not a root
};

/// Root blocks, each freed with all that is linked to it. Blocks are not zeroed and are aligned to
/// kGranule. A pointer is recognised without reading what it points to. Lives in static storage:
/// constant-initialised, never destroyed. Any thread.
class Heap {
public:
    enum class Blocks {
        Pooled,  ///< slots of spans, chunks for linked ones, lone blocks for the large
        Lone     ///< each from malloc, for whoever watches malloc
    };
    /// `source` outlives the heap; null: the system.
    constexpr explicit Heap(Blocks blocks, const PageSource* source = nullptr) noexcept
        : m_is_pooled(blocks == Blocks::Pooled), m_supply(source) {}

    /// A root. NoMemory: `out` is left alone, as in all of these.
    Outcome allocate(std::size_t size, void** out) noexcept;
    /// A block linked to the root that `parent` is or is linked to. Errors: NotOurs, NoMemory.
    Outcome link(std::size_t size, void* parent, void** out) noexcept;
    /// Moves the contents of a root and what is linked to it to a root of `size` bytes, which may
    /// be the same. Errors: NotOurs, Linked, NoMemory; the root then stays as it was.
    Outcome resize(void* block, std::size_t size, void** out) noexcept;
    /// Frees a root: of several threads that free it one gets Done. Errors: NotOurs, Linked.
    Outcome free(void* block) noexcept;
    /// Roots that are live.
    std::size_t live() noexcept;

    static constexpr std::size_t kArenas = 8;

private:
    class Held;
    /// A lone block found, its arena locked; nothing found, nothing locked.
    struct Found {
        Arena* arena = nullptr;
        SlotWord* root = nullptr;
        bool is_linked = false;
    };

    Arena& lock_an_arena() noexcept;
    Arena& lock_another_arena(std::size_t own) noexcept;
    Found find_lone(std::uintptr_t address) noexcept;
    char* new_root(Arena& arena, std::size_t size) noexcept;
    char* new_lone_root(Arena& arena, std::size_t size) noexcept;
    char* new_linked(Arena& arena, SlotWord& root, std::size_t size) noexcept;
    char* link_in_new_chunk(Arena& arena, SlotWord& root, std::size_t granules) noexcept;
    char* link_lone(Arena& arena, SlotWord& root, std::size_t size) noexcept;
    SlotWord& word_of_root(char* root) noexcept;
    Chunk* drop_chunks(Arena& arena, Chunk* newest) noexcept;
    unsigned number_of(const Arena& arena) const noexcept {
        return static_cast<unsigned>(&arena - m_arenas.data());
    }

    bool m_is_pooled;
    std::array<Arena, kArenas> m_arenas;
    SpanSupply m_supply;
    LoneBlocks m_lone;
};

static_assert(Heap::kArenas <= LoneBlocks::kArenaBits + 1);

}  // namespace remapi::memory
