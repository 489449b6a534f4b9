// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What every heap does, whether its blocks are pooled or lone.
#include "memory/heap/heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <vector>

namespace remapi::memory {
namespace {

constinit Heap g_pooled(Heap::Blocks::Pooled);
constinit Heap g_lone(Heap::Blocks::Lone);

/// Below and above what a slot, a shared chunk and a page hold.
constexpr std::array<std::size_t, 19> kSizes = {0,     1,     15,    16,    17,    100,  320,
                                                1000,  3000,  4080,  4096,  5000,  8000, 16000,
                                                16336, 16352, 16353, 70000, 300000};

bool is_filled(const void* block, std::size_t size, std::size_t value) {
    const auto* bytes = static_cast<const unsigned char*>(block);
    return std::all_of(bytes, bytes + size, [value](unsigned char byte) {
        return byte == static_cast<unsigned char>(value);
    });
}

class HeapTest : public testing::TestWithParam<Heap*> {
protected:
    void TearDown() override { EXPECT_EQ(0u, heap.live()); }

    void* root(std::size_t size) {
        void* block = nullptr;
        EXPECT_EQ(Outcome::Done, heap.allocate(size, &block)) << size;
        return block;
    }
    void* linked(std::size_t size, void* parent) {
        void* block = nullptr;
        EXPECT_EQ(Outcome::Done, heap.link(size, parent, &block)) << size;
        return block;
    }
    /// Whether it is a root or a linked block.
    bool is_live(void* block) {
        void* more = nullptr;
        return heap.link(1, block, &more) == Outcome::Done;
    }

    Heap& heap = *GetParam();
};

INSTANTIATE_TEST_SUITE_P(OfEitherKind, HeapTest, testing::Values(&g_pooled, &g_lone),
                         [](const auto& kind) {
                             return kind.param == &g_pooled ? "Pooled" : "Lone";
                         });

TEST_P(HeapTest, BlocksOfEverySizeAreAlignedDistinctAndWritable) {
    std::vector<std::pair<void*, std::size_t>> blocks;
    void* const parent = root(1);
    for (int round = 0; round < 20; ++round) {
        for (const std::size_t size : kSizes) {
            for (const bool is_linked : {false, true}) {
                void* const block = is_linked ? linked(size, parent) : root(size);
                EXPECT_EQ(0u, address_of(block) % 16) << size;
                std::memset(block, static_cast<int>(blocks.size()), size);
                blocks.emplace_back(block, size);
            }
        }
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        EXPECT_TRUE(is_filled(blocks[i].first, blocks[i].second, i)) << i;
        EXPECT_EQ(i % 2 ? Outcome::Linked : Outcome::Done, heap.free(blocks[i].first)) << i;
    }
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, WhatIsLinkedDiesWithItsRootHoweverItIsLinked) {
    for (const std::size_t root_size : {std::size_t{40}, std::size_t{100000}}) {
        std::vector<void*> blocks = {root(root_size)};
        for (int i = 0; i < 300; ++i) {
            for (const std::size_t size : kSizes) {
                if (size > 20000 && i % 20 != 0) continue;
                void* const parent = blocks[blocks.size() * 7 / 11];
                blocks.push_back(linked(size, parent));
            }
        }
        for (void* block : blocks) ASSERT_TRUE(is_live(block));
        EXPECT_EQ(1u, heap.live());
        EXPECT_EQ(Outcome::Done, heap.free(blocks.front()));
        for (void* block : blocks) {
            ASSERT_FALSE(is_live(block));
            ASSERT_EQ(Outcome::NotOurs, heap.free(block));
        }
    }
}

TEST_P(HeapTest, ManyLinkedBlocksKeepTheirContents) {
    void* const parent = root(8);
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < 20000; ++i) {
        blocks.push_back(linked(i % 50, blocks.empty() ? parent : blocks.back()));
        std::memset(blocks.back(), static_cast<int>(i), i % 50);
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        ASSERT_TRUE(is_filled(blocks[i], i % 50, i)) << i;
    }
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, EmptyBlocksAreDistinctBlocks) {
    void* const one = root(0);
    void* const other = root(0);
    void* const first = linked(0, one);
    void* const second = linked(0, one);
    EXPECT_EQ(4u, (std::set<void*>{one, other, first, second}.size()));
    EXPECT_EQ(Outcome::Done, heap.free(one));
    EXPECT_EQ(Outcome::Done, heap.free(other));
}

TEST_P(HeapTest, ALinkedBlockIsNotFreedOnItsOwn) {
    void* const parent = root(8);
    for (const std::size_t size : kSizes) {
        void* const block = linked(size, parent);
        EXPECT_EQ(Outcome::Linked, heap.free(block));
        std::memset(block, 1, size);
        EXPECT_TRUE(is_live(block));
    }
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, APointerIntoABlockOrBesideItIsNoBlock) {
    void* const parent = root(8);
    for (const std::size_t size : {std::size_t{64}, std::size_t{3000}, std::size_t{50000}}) {
        for (void* const block : {root(size), linked(size, parent)}) {
            char* const start = static_cast<char*>(block);
            for (const std::ptrdiff_t offset : {-32, -16, -8, -1, 1, 8, 16, 32, 48}) {
                // What lies at a distance that other blocks may have is not asked for.
                if (size == 64 && (offset < -8 || offset > 16)) continue;
                EXPECT_EQ(Outcome::NotOurs, heap.free(start + offset)) << size << ' ' << offset;
                EXPECT_FALSE(is_live(start + offset)) << size << ' ' << offset;
            }
            const bool was_root = heap.free(block) == Outcome::Done;
            EXPECT_NE(was_root, is_live(block));
        }
    }
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, ForeignPointersAreNotRead) {
    void* const parent = root(8);
    int local = 0;
    static int in_storage = 0;
    std::vector<int> on_the_heap(1000);
    void* const nowhere[] = {reinterpret_cast<void*>(std::uintptr_t{16}),
                             reinterpret_cast<void*>(UINTPTR_MAX - 15),
                             reinterpret_cast<void*>(UINTPTR_MAX / 2 - 15),
                             reinterpret_cast<void*>(UINTPTR_MAX / 3),
                             &local,
                             &in_storage,
                             on_the_heap.data(),
                             &heap,
                             static_cast<char*>(parent) - 4096,
                             reinterpret_cast<void*>(address_of(parent) ^ 0x40000000)};
    for (void* pointer : nowhere) {
        void* out = &local;
        EXPECT_EQ(Outcome::NotOurs, heap.free(pointer)) << pointer;
        EXPECT_EQ(Outcome::NotOurs, heap.link(8, pointer, &out)) << pointer;
        EXPECT_EQ(Outcome::NotOurs, heap.resize(pointer, 8, &out)) << pointer;
        EXPECT_EQ(&local, out);
    }
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, SizesThatOverflowAreOutOfMemory) {
    void* const parent = root(8);
    for (std::size_t less = 0; less < 24; ++less) {
        void* out = this;
        EXPECT_EQ(Outcome::NoMemory, heap.allocate(SIZE_MAX - less, &out));
        EXPECT_EQ(Outcome::NoMemory, heap.link(SIZE_MAX - less, parent, &out));
        EXPECT_EQ(Outcome::NoMemory, heap.resize(parent, SIZE_MAX - less, &out));
        EXPECT_EQ(this, out);
    }
    EXPECT_TRUE(is_live(parent));
    EXPECT_EQ(1u, heap.live());
    EXPECT_EQ(Outcome::Done, heap.free(parent));
}

TEST_P(HeapTest, ResizingKeepsContentsAndLinkedBlocksAtEverySize) {
    for (const std::size_t from : kSizes) {
        for (const std::size_t to : kSizes) {
            void* const block = root(from);
            std::memset(block, 0x5A, from);
            std::vector<void*> blocks;
            for (const std::size_t size : {20, 200, 5000, 20000}) {
                blocks.push_back(linked(size, block));
                std::memset(blocks.back(), static_cast<int>(size % 251), size);
            }
            void* resized = nullptr;
            ASSERT_EQ(Outcome::Done, heap.resize(block, to, &resized));
            EXPECT_TRUE(is_filled(resized, std::min(from, to), 0x5A)) << from << ' ' << to;
            EXPECT_EQ(resized == block, is_live(block));
            EXPECT_EQ(1u, heap.live());
            EXPECT_TRUE(is_filled(blocks[3], 20000, 20000 % 251));
            for (void* each : blocks) EXPECT_TRUE(is_live(each));
            std::memset(resized, 1, to);
            EXPECT_EQ(Outcome::Done, heap.free(resized));
            for (void* each : blocks) EXPECT_FALSE(is_live(each));
        }
    }
}

TEST_P(HeapTest, OnlyARootIsResized) {
    void* const parent = root(8);
    void* out = nullptr;
    EXPECT_EQ(Outcome::Linked, heap.resize(linked(8, parent), 100, &out));
    EXPECT_EQ(Outcome::Linked, heap.resize(linked(50000, parent), 100, &out));
    EXPECT_EQ(Outcome::Done, heap.free(parent));
    EXPECT_EQ(Outcome::NotOurs, heap.resize(parent, 100, &out));
}

}  // namespace
}  // namespace remapi::memory
