// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>
#include <atomic>

#include "memory/heap/size_class.h"
#include "port/pages.h"

namespace remapi::memory {

class Arena;

/// What a slot holds, in its lowest two bits: of a free slot the number of the next one, of a root
/// the chunk that its linked blocks are put into, of a chunk nothing.
using SlotWord = std::uintptr_t;
enum SlotState : SlotWord { kFreeSlot = 0, kRootSlot = 1, kChunkSlot = 2, kStateBits = 3 };

inline std::uintptr_t address_of(const void* block) noexcept {
    return reinterpret_cast<std::uintptr_t>(block);
}

inline constexpr std::size_t kSpanBytes = port::kReserveBytes;

/// How a span is divided for a size class.
struct SpanLayout {
    std::uint32_t slot_bytes;
    std::uint32_t reciprocal;  ///< 2^32 / slot_bytes, rounded up: divides any offset exactly
    std::uint16_t slot_count;
    std::uint16_t first_slot;  ///< offset in the span
};

/// 64 KiB of slots of one size. This header stands at its start, the words of the slots behind it,
/// then the slots, of which nothing is kept in the blocks themselves. Everything but `arena`
/// belongs to who holds the lock of that arena, or, without one, of the supply.
struct Span {
    std::atomic<Arena*> arena = nullptr;  ///< changes under that arena's lock
    Span* next = nullptr;
    Span* previous = nullptr;
    SpanLayout layout = {};
    std::uint16_t size_class = 0;
    std::uint16_t used_before = 0;  ///< slots from here on were never handed out
    std::uint16_t first_free = 0;   ///< number of a slot that came back, from 1; 0: none
    std::uint16_t live = 0;

    static Span* around(const void* inside) noexcept {
        return reinterpret_cast<Span*>(address_of(inside) & ~std::uintptr_t{kSpanBytes - 1});
    }
    /// Divides the span anew; nothing in it is live.
    void divide(unsigned new_class) noexcept;

    bool is_full() const noexcept { return live == layout.slot_count; }
    SlotWord& word(std::size_t slot) noexcept {
        return reinterpret_cast<SlotWord*>(this + 1)[slot];
    }
    char* slot_address(std::size_t slot) noexcept {
        return reinterpret_cast<char*>(this) + layout.first_slot + slot * layout.slot_bytes;
    }
    /// The slot that the address lies in; one that was never handed out when it lies in none.
    std::size_t slot_of(std::uintptr_t address) const noexcept {
        const std::uintptr_t offset = address - address_of(this) - layout.first_slot;
        if (offset >= kSpanBytes) return layout.slot_count;
        return static_cast<std::size_t>(std::uint64_t{offset} * layout.reciprocal >> 32);
    }

    /// A free slot, in `state` from now on. The span is not full.
    char* take(SlotState state) noexcept {
        std::size_t slot = used_before;
        if (first_free != 0) {
            slot = first_free - 1u;
            first_free = static_cast<std::uint16_t>(word(slot) >> 2);
        } else {
            ++used_before;
        }
        word(slot) = state;
        ++live;
        return slot_address(slot);
    }
    void put(std::size_t slot) noexcept {
        word(slot) = SlotWord{first_free} << 2 | kFreeSlot;
        first_free = static_cast<std::uint16_t>(slot + 1);
        --live;
    }
};

inline constexpr SpanLayout layout_of(unsigned size_class) noexcept {
    const std::size_t bytes = slot_bytes_of(size_class);
    std::size_t count = (kSpanBytes - sizeof(Span)) / (bytes + sizeof(SlotWord));
    std::size_t first = round_to_granule(sizeof(Span) + count * sizeof(SlotWord));
    if (first + count * bytes > kSpanBytes) {
        --count;
        first = round_to_granule(sizeof(Span) + count * sizeof(SlotWord));
    }
    return {static_cast<std::uint32_t>(bytes),
            static_cast<std::uint32_t>((std::uint64_t{1} << 32) / bytes + 1),
            static_cast<std::uint16_t>(count), static_cast<std::uint16_t>(first)};
}

inline constexpr auto kSpanLayouts = [] {
    std::array<SpanLayout, kSizeClasses> layouts = {};
    for (unsigned i = 0; i < kSizeClasses; ++i) layouts[i] = layout_of(i);
    return layouts;
}();

inline void Span::divide(unsigned new_class) noexcept {
    layout = kSpanLayouts[new_class];
    size_class = static_cast<std::uint16_t>(new_class);
    used_before = first_free = live = 0;
}

}  // namespace remapi::memory
