// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a pooled heap does with memory and address space.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

#include "memory/heap/counting_source.h"
#include "memory/heap/heap.h"

namespace remapi::memory {
namespace {

using test::CountingSource;

class PoolTest : public testing::Test {
protected:
    void SetUp() override { CountingSource::reset(); }

    static void* root(Heap& heap, std::size_t size) {
        void* block = nullptr;
        EXPECT_EQ(Outcome::Done, heap.allocate(size, &block)) << size;
        return block;
    }
    static void* linked(Heap& heap, std::size_t size, void* parent) {
        void* block = nullptr;
        EXPECT_EQ(Outcome::Done, heap.link(size, parent, &block)) << size;
        return block;
    }
    static void free(Heap& heap, void* block) { EXPECT_EQ(Outcome::Done, heap.free(block)); }

    /// Makes roots with linked blocks of many sizes and frees them all, in another order.
    static void come_and_go(Heap& heap, std::uint32_t seed) {
        std::mt19937 random(seed);
        std::vector<void*> blocks;
        for (int i = 0; i < 3000; ++i) {
            blocks.push_back(root(heap, random() % 2000));
            for (std::uint32_t n = random() % 8; n > 0; --n) {
                linked(heap, random() % 500, blocks.back());
            }
        }
        std::shuffle(blocks.begin(), blocks.end(), random);
        for (void* block : blocks) free(heap, block);
    }
};

TEST_F(PoolTest, ABlockJustFreedIsTheNextOfItsSize) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    void* const block = root(heap, 100);
    for (int i = 0; i < 1000; ++i) {
        free(heap, root(heap, 50));
        void* const again = root(heap, 100);
        free(heap, again);
        ASSERT_EQ(again, root(heap, 100));
        free(heap, again);
    }
    free(heap, block);
    EXPECT_LE(CountingSource::reserved, 2u << 20);
}

TEST_F(PoolTest, AProgramThatAllocatesAndFreesForEverNeedsNoMoreThanAtFirst) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    for (std::uint32_t seed = 0; seed < 5; ++seed) come_and_go(heap, seed);
    const std::size_t reserved = CountingSource::reserved;
    for (std::uint32_t seed = 5; seed < 25; ++seed) come_and_go(heap, seed);
    EXPECT_LE(CountingSource::reserved, reserved + reserved / 4);
    EXPECT_EQ(0u, heap.live());
}

TEST_F(PoolTest, MostOfTheMemoryOfWhatIsFreedGoesBackToTheSystem) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    std::vector<void*> blocks;
    blocks.reserve(30000);
    for (int i = 0; i < 30000; ++i) blocks.push_back(root(heap, 320));
    const std::size_t committed = CountingSource::committed;
    EXPECT_GE(committed, 30000u * 320);
    EXPECT_EQ(0u, CountingSource::decommitted);
    for (void* block : blocks) free(heap, block);
    const std::size_t kept = committed - CountingSource::decommitted;
    // The stock, a span or two that the arena keeps, the first page of each, the map.
    EXPECT_LE(kept, (SpanSupply::kStock + 2) * kSpanBytes + committed / 16 + 2 * kSpanBytes);
}

TEST_F(PoolTest, EmptySpansOfOneSizeServeAnother) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    const auto fill = [&](std::size_t size) {
        std::vector<void*> blocks;
        for (std::size_t used = 0; used < (4u << 20); used += size) {
            blocks.push_back(root(heap, size));
            std::memset(blocks.back(), 0x5A, size);
        }
        for (void* block : blocks) free(heap, block);
    };
    fill(16);
    const std::size_t reserved = CountingSource::reserved;
    for (const std::size_t size : {48, 320, 1000, 4000, 16352, 16}) fill(size);
    EXPECT_EQ(reserved, CountingSource::reserved);
}

TEST_F(PoolTest, LinkedBlocksCostLittleMoreThanTheirSize) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    void* const parent = root(heap, 8);
    for (int i = 0; i < 100000; ++i) linked(heap, 48, parent);
    EXPECT_LE(CountingSource::committed, 100000u * 48 * 11 / 10 + (1u << 20));
    free(heap, parent);
}

TEST_F(PoolTest, WithoutSpansTheBlocksComeFromMalloc) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    void* const before = root(heap, 320);
    void* const linked_before = linked(heap, 320, before);
    std::memset(linked_before, 1, 320);
    CountingSource::can_commit = false;
    std::vector<void*> blocks;
    for (int i = 0; i < 2000; ++i) {
        blocks.push_back(root(heap, 320));
        std::memset(blocks.back(), 2, 320);
        std::memset(linked(heap, 320, blocks.back()), 3, 320);
        std::memset(linked(heap, 320, before), 3, 320);
    }
    EXPECT_EQ(2001u, heap.live());
    void* resized = nullptr;
    EXPECT_EQ(Outcome::Done, heap.resize(before, 5000, &resized));
    EXPECT_EQ(Outcome::Linked, heap.free(linked_before));
    for (void* block : blocks) free(heap, block);
    CountingSource::can_commit = true;
    come_and_go(heap, 1);
    free(heap, resized);
    EXPECT_EQ(Outcome::NotOurs, heap.free(linked_before));
    EXPECT_EQ(0u, heap.live());
}

TEST_F(PoolTest, APointerIntoASpanThatWasGivenBackIsRecognisedWithoutItsMemory) {
    static constinit Heap heap(Heap::Blocks::Pooled, &CountingSource::kSource);
    std::vector<void*> blocks;
    blocks.reserve(15000);
    for (int i = 0; i < 15000; ++i) blocks.push_back(root(heap, 320));
    for (void* block : blocks) free(heap, block);
    EXPECT_GT(CountingSource::decommitted, 0u);
    void* out = nullptr;
    for (void* block : blocks) {
        ASSERT_EQ(Outcome::NotOurs, heap.free(block));
        ASSERT_EQ(Outcome::NotOurs, heap.link(1, block, &out));
    }
}

}  // namespace
}  // namespace remapi::memory
