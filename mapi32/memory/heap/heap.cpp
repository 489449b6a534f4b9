// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/heap.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace remapi::memory {
namespace {

/// What the first linked block of a root gets at least.
constexpr std::size_t kSmallestChunk = 128;
/// Larger linked blocks get a slot of their own, so that what is left of a chunk is not wasted.
constexpr std::size_t kLargestShared = kLargestSlot / 4;

/// A number of the calling thread that costs nothing: where its stack is. Two threads may have the
/// same one, and a thread may change it.
std::size_t thread_number() noexcept {
    const auto stack = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    return static_cast<std::uint32_t>(stack >> 20) * 0x9E3779B1u >> 29;
}
static_assert(Heap::kArenas == 8, "thread_number answers three bits");

/// Puts `chunk` behind the newest one of its root, or makes it the newest when there is none.
void put_behind_newest(SlotWord& root, Chunk* chunk) noexcept {
    if (Chunk* newest = chunk_of(root)) {
        chunk->previous = std::exchange(newest->previous, chunk);
    } else {
        chunk->previous = nullptr;
        root = root_word(chunk);
    }
}

}  // namespace

/// What a pointer turned out to be, true for as long as this holds the lock of the arena.
class Heap::Held {
public:
    [[gnu::always_inline]] Held(Heap& heap, void* block) noexcept {
        const std::uintptr_t address = address_of(block);
        if (Span* const around = heap.m_supply.find(address)) {
            find_in(*around, address);
        } else {
            const Found lone = heap.find_lone(address);
            arena = lone.arena;
            root = lone.root;
            is_linked = lone.is_linked;
        }
    }
    ~Held() { unlock(); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    void unlock() noexcept {
        if (arena) std::exchange(arena, nullptr)->unlock();
    }

    Arena* arena = nullptr;
    SlotWord* root = nullptr;  ///< of the block or of what it is linked to; null: no block of ours
    Span* span = nullptr;      ///< of a root in a slot, with its slot
    std::size_t slot = 0;
    bool is_linked = false;

private:
    void lock_arena_of(const Span& around) noexcept;
    void find_in(Span& around, std::uintptr_t address) noexcept;
};

/// Locks nothing when the span is in no arena.
inline void Heap::Held::lock_arena_of(const Span& around) noexcept {
    while (Arena* const candidate = around.arena.load(std::memory_order_acquire)) {
        candidate->lock();
        if (around.arena.load(std::memory_order_relaxed) == candidate) [[likely]] {
            arena = candidate;
            return;
        }
        candidate->unlock();
    }
}

inline void Heap::Held::find_in(Span& around, std::uintptr_t address) noexcept {
    lock_arena_of(around);
    if (!arena) return;
    const std::size_t number = around.slot_of(address);
    if (number >= around.used_before) return;
    SlotWord& word = around.word(number);
    char* const start = around.slot_address(number);
    const SlotWord state = word & kStateBits;
    if (state == kRootSlot && address_of(start) == address) {
        root = &word;
        span = &around;
        slot = number;
    } else if (state == kChunkSlot) {
        Chunk* const chunk = reinterpret_cast<Chunk*>(start);
        is_linked = chunk->starts_at(address);
        if (is_linked) root = chunk->root;
    }
}

Heap::Found Heap::find_lone(std::uintptr_t address) noexcept {
    unsigned tag = m_lone.find(address);
    while (tag != BlockSet::kAbsent) {
        Arena& arena = m_arenas[tag & LoneBlocks::kArenaBits];
        arena.lock();
        const unsigned now = m_lone.find(address);
        if (now == tag) {
            LoneBlock* const block = LoneBlock::before(reinterpret_cast<void*>(address));
            const bool is_linked = (tag & LoneBlocks::kLinked) != 0;
            return {&arena, is_linked ? block->chunk.root : &block->word, is_linked};
        }
        arena.unlock();
        tag = now;
    }
    return {};
}

inline Arena& Heap::lock_an_arena() noexcept {
    const std::size_t own = thread_number();
    if (m_arenas[own].try_lock()) [[likely]]
        return m_arenas[own];
    return lock_another_arena(own);
}

Arena& Heap::lock_another_arena(std::size_t own) noexcept {
    for (std::size_t i = 1; i < kArenas; ++i) {
        Arena& arena = m_arenas[(own + i) % kArenas];
        if (arena.try_lock()) return arena;
    }
    m_arenas[own].lock();
    return m_arenas[own];
}

inline char* Heap::new_root(Arena& arena, std::size_t size) noexcept {
    if (size <= kLargestSlot && m_is_pooled) [[likely]] {
        if (char* const slot = arena.take(m_supply, class_for(size), kRootSlot)) {
            ++arena.live_roots;
            return slot;
        }
    }
    return new_lone_root(arena, size);
}

char* Heap::new_lone_root(Arena& arena, std::size_t size) noexcept {
    LoneBlock* const block = m_lone.make(size, number_of(arena));
    if (!block) return nullptr;
    ++arena.live_roots;
    return block->payload();
}

SlotWord& Heap::word_of_root(char* root) noexcept {
    Span* const span = m_supply.find(address_of(root));
    return span ? span->word(span->slot_of(address_of(root))) : LoneBlock::before(root)->word;
}

Outcome Heap::allocate(std::size_t size, void** out) noexcept {
    Arena& arena = lock_an_arena();
    char* const block = new_root(arena, size);
    arena.unlock();
    if (!block) return Outcome::NoMemory;
    *out = block;
    return Outcome::Done;
}

Outcome Heap::link(std::size_t size, void* parent, void** out) noexcept {
    const Held held(*this, parent);
    if (!held.root) return Outcome::NotOurs;
    char* const block = new_linked(*held.arena, *held.root, size);
    if (!block) return Outcome::NoMemory;
    *out = block;
    return Outcome::Done;
}

inline char* Heap::new_linked(Arena& arena, SlotWord& root, std::size_t size) noexcept {
    if (size <= kLargestSlot && m_is_pooled) [[likely]] {
        const std::size_t granules = round_to_granule(std::max<std::size_t>(size, 1));
        Chunk* const newest = chunk_of(root);
        if (newest && newest->room() >= granules) [[likely]]
            return newest->add(granules);
        if (char* const block = link_in_new_chunk(arena, root, granules)) return block;
    }
    return link_lone(arena, root, size);
}

/// A chunk twice as large as the one before it, so that the number of chunks stays small, or just
/// as large as the block when that is a large one. Null when no slot is large enough or to be had.
char* Heap::link_in_new_chunk(Arena& arena, SlotWord& root, std::size_t granules) noexcept {
    Chunk* const newest = chunk_of(root);
    std::size_t wanted = granules + kGranule;
    if (granules <= kLargestShared) {
        const std::size_t doubled = newest ? newest->bytes * std::size_t{2} : 0;
        wanted = std::max({wanted, doubled, kSmallestChunk});
    }
    unsigned size_class = class_for(std::min(wanted, kLargestSlot));
    while (slot_bytes_of(size_class) - Chunk::overhead(slot_bytes_of(size_class)) < granules) {
        if (++size_class == kSizeClasses) return nullptr;
    }
    char* const slot = arena.take(m_supply, size_class, kChunkSlot);
    if (!slot) return nullptr;
    Chunk* const chunk = Chunk::make(slot, slot_bytes_of(size_class), newest, &root);
    if (granules <= kLargestShared) {
        root = root_word(chunk);
    } else {
        put_behind_newest(root, chunk);
    }
    return chunk->add(granules);
}

char* Heap::link_lone(Arena& arena, SlotWord& root, std::size_t size) noexcept {
    LoneBlock* const block = m_lone.make(size, number_of(arena) | LoneBlocks::kLinked);
    if (!block) return nullptr;
    block->chunk.root = &root;
    put_behind_newest(root, &block->chunk);
    return block->payload();
}

Outcome Heap::resize(void* block, std::size_t size, void** out) noexcept {
    Held held(*this, block);
    if (!held.root) return Outcome::NotOurs;
    if (held.is_linked) return Outcome::Linked;
    if (held.span && size <= kLargestSlot && class_for(size) == held.span->size_class) {
        *out = block;
        return Outcome::Done;
    }
    Arena& arena = *held.arena;
    char* const fresh = new_root(arena, size);
    if (!fresh) return Outcome::NoMemory;
    SlotWord& word = word_of_root(fresh);
    word = *held.root;
    for (Chunk* chunk = chunk_of(word); chunk; chunk = chunk->previous) chunk->root = &word;
    --arena.live_roots;
    *out = fresh;
    if (held.span) {
        std::memcpy(fresh, block, std::min<std::size_t>(held.span->layout.slot_bytes, size));
        arena.put(m_supply, *held.span, held.slot);
        return Outcome::Done;
    }
    // Forgotten, the old block is nobody's but ours; copying it may take long and needs no lock.
    LoneBlock* const old = LoneBlock::before(block);
    m_lone.forget(*old);
    held.unlock();
    std::memcpy(fresh, block, std::min(old->size, size));
    old->chunk.previous = nullptr;
    LoneBlocks::destroy_all(&old->chunk);
    return Outcome::Done;
}

/// Frees the chunks of a root; those that are lone blocks are only forgotten and answered.
Chunk* Heap::drop_chunks(Arena& arena, Chunk* newest) noexcept {
    Chunk* lone = nullptr;
    while (newest) {
        Chunk* const previous = newest->previous;
        if (newest->bytes != 0) {
            Span* const span = Span::around(newest);
            arena.put(m_supply, *span, span->slot_of(address_of(newest)));
        } else {
            m_lone.forget(*LoneBlock::holding(newest));
            newest->previous = std::exchange(lone, newest);
        }
        newest = previous;
    }
    return lone;
}

Outcome Heap::free(void* block) noexcept {
    Held held(*this, block);
    if (!held.root) return Outcome::NotOurs;
    if (held.is_linked) return Outcome::Linked;
    Arena& arena = *held.arena;
    Chunk* lone = nullptr;
    if (Chunk* const newest = chunk_of(*held.root)) lone = drop_chunks(arena, newest);
    if (held.span) [[likely]] {
        arena.put(m_supply, *held.span, held.slot);
    } else {
        LoneBlock* const root = LoneBlock::before(block);
        m_lone.forget(*root);
        root->chunk.previous = std::exchange(lone, &root->chunk);
    }
    --arena.live_roots;
    held.unlock();
    if (lone) LoneBlocks::destroy_all(lone);
    return Outcome::Done;
}

std::size_t Heap::live() noexcept {
    std::size_t total = 0;
    for (Arena& arena : m_arenas) {
        arena.lock();
        total += arena.live_roots;
        arena.unlock();
    }
    return total;
}

}  // namespace remapi::memory
