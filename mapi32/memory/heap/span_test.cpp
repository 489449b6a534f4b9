// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/span.h"

#include <gtest/gtest.h>

#include <vector>

#include "memory/heap/chunk.h"

namespace remapi::memory {
namespace {

TEST(SizeClass, EverySizeGetsTheSmallestSlotThatHoldsIt) {
    for (std::size_t size = 0; size <= kLargestSlot; ++size) {
        const unsigned size_class = class_for(size);
        ASSERT_LT(size_class, kSizeClasses);
        ASSERT_GE(slot_bytes_of(size_class), size);
        ASSERT_TRUE(size_class == 0 || slot_bytes_of(size_class - 1) < size) << size;
    }
}

TEST(SizeClass, ASlotIsAtMostAQuarterLargerThanWhatIsInIt) {
    for (std::size_t size = 8 * kGranule; size <= kLargestSlot; size += kGranule) {
        EXPECT_LE(slot_bytes_of(class_for(size)), size + size / 4) << size;
    }
}

TEST(SpanLayout, SlotsFillASpanAndEveryAddressIsFoundInItsOwn) {
    alignas(kGranule) static char memory[kSpanBytes];
    Span& span = *new (memory) Span;
    for (unsigned size_class = 0; size_class < kSizeClasses; ++size_class) {
        span.divide(size_class);
        const std::size_t count = span.layout.slot_count;
        const std::size_t bytes = span.layout.slot_bytes;
        EXPECT_EQ(slot_bytes_of(size_class), bytes);
        EXPECT_GE(span.slot_address(0), reinterpret_cast<char*>(&span.word(count)));
        EXPECT_EQ(0, (span.slot_address(0) - memory) % static_cast<std::ptrdiff_t>(kGranule));
        EXPECT_LE(span.slot_address(count), memory + kSpanBytes);
        EXPECT_GT(span.slot_address(count + 1) + sizeof(SlotWord) + kGranule, memory + kSpanBytes);
        for (std::size_t slot = 0; slot < count; ++slot) {
            const std::uintptr_t start = address_of(span.slot_address(slot));
            ASSERT_EQ(slot, span.slot_of(start));
            ASSERT_EQ(slot, span.slot_of(start + bytes - 1));
        }
        EXPECT_GE(span.slot_of(address_of(memory)), count) << "the header";
        EXPECT_GE(span.slot_of(address_of(span.slot_address(0)) - 1), count);
        EXPECT_GE(span.slot_of(address_of(span.slot_address(count))), count);
    }
}

TEST(SpanLayout, SlotsComeBackInTheOppositeOrder) {
    alignas(kGranule) static char memory[kSpanBytes];
    Span& span = *new (memory) Span;
    span.divide(class_for(1000));
    std::vector<char*> slots;
    while (!span.is_full()) slots.push_back(span.take(kRootSlot));
    EXPECT_EQ(std::size_t{span.layout.slot_count}, slots.size());
    for (char* slot : slots) span.put(span.slot_of(address_of(slot)));
    EXPECT_EQ(0, span.live);
    for (; !slots.empty(); slots.pop_back()) EXPECT_EQ(slots.back(), span.take(kRootSlot));
}

TEST(Chunk, KnowsWhereItsLinkedBlocksStart) {
    for (unsigned size_class = class_for(128); size_class < kSizeClasses; ++size_class) {
        const std::size_t bytes = slot_bytes_of(size_class);
        std::vector<std::uint64_t> memory(bytes / sizeof(std::uint64_t), ~std::uint64_t{0});
        SlotWord root = kRootSlot;
        Chunk* const chunk =
            Chunk::make(reinterpret_cast<char*>(memory.data()), bytes, nullptr, &root);
        std::vector<bool> starts(bytes, false);
        for (std::size_t size = kGranule; chunk->room() >= size; size += kGranule) {
            char* const block = chunk->add(size);
            starts[address_of(block) - address_of(chunk)] = true;
            std::fill(block, block + size, '\xFF');
        }
        while (chunk->room() > 0) {
            starts[address_of(chunk->add(kGranule)) - address_of(chunk)] = true;
        }
        for (std::size_t i = 0; i < bytes; ++i) {
            ASSERT_EQ(starts[i], chunk->starts_at(address_of(chunk) + i)) << bytes << ' ' << i;
        }
    }
}

}  // namespace
}  // namespace remapi::memory
