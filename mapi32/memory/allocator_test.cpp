// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/allocator.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "memory/buffer.h"
#include "port/thread.h"

namespace remapi::memory {
namespace {

TEST(Allocator, RootsAndLinkedBlocksDieTogether) {
    const std::size_t before = live_buffers();
    void* root = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(10, &root));
    void* linked = nullptr;
    void* linked_to_linked = nullptr;
    ASSERT_EQ(S_OK, allocate_more(20, root, &linked));
    ASSERT_EQ(S_OK, allocate_more(30, linked, &linked_to_linked));
    std::memset(linked_to_linked, 0xAB, 30);
    EXPECT_EQ(before + 1, live_buffers());
    EXPECT_EQ(static_cast<ULONG>(S_OK), free_buffer(linked)) << "linked blocks are left alone";
    std::memset(linked, 0xCD, 20);
    EXPECT_EQ(static_cast<ULONG>(S_OK), free_buffer(root));
    EXPECT_EQ(before, live_buffers());
}

TEST(Allocator, NullForeignAndFreedPointersAreLeftAlone) {
    EXPECT_EQ(static_cast<ULONG>(S_OK), free_buffer(nullptr));
    int foreign[8] = {1, 2, 3};
    EXPECT_EQ(static_cast<ULONG>(S_OK), free_buffer(foreign + 4));
    void* block = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(64, &block));
    void* const copy = block;
    free_buffer(block);
    EXPECT_EQ(static_cast<ULONG>(S_OK), free_buffer(copy))
        << "a second free must not touch the block";
    void* more = nullptr;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate_more(8, copy, &more));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate_more(8, nullptr, &more));
    EXPECT_EQ(nullptr, more);
}

TEST(Allocator, MissingOutParameterIsInvalid) {
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate_buffer(8, nullptr));
    void* root = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(8, &root));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate_more(8, root, nullptr));
    free_buffer(root);
}

TEST(Allocator, TheLargestSizeIsNeverATinyBlock) {
    void* block = &block;
    const SCODE sc = allocate_buffer(0xFFFFFFFFu, &block);
    if (sizeof(void*) == 4) {
        EXPECT_EQ(MAPI_E_NOT_ENOUGH_MEMORY, sc) << "size and header wrap around";
    }
    EXPECT_EQ(SUCCEEDED(sc), block != nullptr);
    if (block) static_cast<char*>(block)[0xFFFFFFFEu] = 1;  // the last byte is really there
    free_buffer(block);
}

TEST(Allocator, EmptyBlocksAreBlocks) {
    void* block = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(0, &block));
    ASSERT_NE(nullptr, block);
    free_buffer(block);
}

TEST(Allocator, BlocksAreAlignedForAnyValue) {
    for (ULONG size = 0; size < 40; ++size) {
        void* root = nullptr;
        void* linked = nullptr;
        ASSERT_EQ(S_OK, allocate_buffer(size, &root));
        ASSERT_EQ(S_OK, allocate_more(size, root, &linked));
        EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(root) % 16);
        EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(linked) % 16);
        free_buffer(root);
    }
}

TEST(Allocator, ReallocationKeepsContentsAndLinkedBlocks) {
    void* block = nullptr;
    ASSERT_EQ(S_OK, reallocate_buffer(nullptr, 4, &block));
    std::memcpy(block, "abcd", 4);
    void* linked = nullptr;
    ASSERT_EQ(S_OK, allocate_more(4, block, &linked));
    std::memcpy(linked, "1234", 4);
    const std::size_t before = live_buffers();
    void* grown = nullptr;
    ASSERT_EQ(S_OK, reallocate_buffer(block, 100000, &grown));
    EXPECT_EQ(before, live_buffers());
    EXPECT_EQ(0, std::memcmp(grown, "abcd", 4));
    EXPECT_EQ(0, std::memcmp(linked, "1234", 4));
    void* another = nullptr;
    EXPECT_EQ(S_OK, allocate_more(4, linked, &another)) << "the linked block knows its new root";
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, reallocate_buffer(linked, 10, &another));
    free_buffer(grown);
    EXPECT_EQ(before - 1, live_buffers());
}

TEST(Allocator, ManyThreadsShareOneRoot) {
    void* root = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(8, &root));
    std::vector<std::unique_ptr<port::Thread>> threads;
    std::atomic<int> failures{0};
    for (int i = 0; i < 4; ++i) {
        threads.push_back(std::make_unique<port::Thread>());
        ASSERT_TRUE(threads.back()->start([&] {
            for (int n = 0; n < 2000; ++n) {
                void* linked = nullptr;
                void* own = nullptr;
                if (allocate_more(16, root, &linked) != S_OK || allocate_buffer(16, &own) != S_OK)
                    ++failures;
                free_buffer(own);
            }
        }));
    }
    threads.clear();
    EXPECT_EQ(0, failures.load());
    free_buffer(root);
}

TEST(Allocator, WithoutMemoryABlockThatIsToGrowStaysAsItWas) {
    void* block = nullptr;
    ASSERT_EQ(S_OK, allocate_buffer(4, &block));
    std::memcpy(block, "abcd", 4);
    void* out = block;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, reallocate_buffer(&out, 8, &out));
    EXPECT_EQ(nullptr, out) << "what is no block";
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, reallocate_buffer(block, 8, nullptr));
    if (sizeof(void*) == 4) {
        out = block;
        EXPECT_EQ(MAPI_E_NOT_ENOUGH_MEMORY, reallocate_buffer(block, 0xFFFFFFFFu, &out));
        EXPECT_EQ(nullptr, out);
    }
    EXPECT_EQ(0, std::memcmp(block, "abcd", 4));
    free_buffer(block);
}

TEST(Buffer, ArraysThatOverflowThrow) {
    EXPECT_THROW(Buffer<SPropValue>::allocate(0x20000000), Error);
    auto buffer = Buffer<SPropValue>::allocate(2);
    EXPECT_EQ(0u, buffer[1].ulPropTag);
    EXPECT_THROW(buffer.link<GUID>(0x20000000), Error);
    const char* text = buffer.link_text(std::string_view("abc"));
    EXPECT_STREQ("abc", text);
}

TEST(RowSet, FreesEveryRow) {
    const std::size_t before = live_buffers();
    {
        RowSet rows = RowSet::allocate(3);
        rows[0].lpProps = Buffer<SPropValue>::allocate(1).release();
        rows[2].lpProps = Buffer<SPropValue>::allocate(1).release();
        EXPECT_EQ(before + 3, live_buffers());
    }
    EXPECT_EQ(before, live_buffers());
}

TEST(DefaultMalloc, CountsNothingAndCannotTell) {
    IMalloc* const heap = default_malloc();
    EXPECT_EQ(1u, heap->AddRef());
    EXPECT_EQ(1u, heap->Release());
    void* block = heap->Alloc(10);
    ASSERT_NE(nullptr, block);
    EXPECT_GE(heap->GetSize(block), 10u);
    EXPECT_EQ(-1, heap->DidAlloc(block));
    std::memcpy(block, "0123456789", 10);
    block = heap->Realloc(block, 5000);
    EXPECT_EQ(0, std::memcmp(block, "0123456789", 10));
    heap->Free(block);
    void* unknown = nullptr;
    EXPECT_EQ(S_OK, heap->QueryInterface(IID_IMalloc, &unknown));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, heap->QueryInterface(IID_IStream, &unknown));
    EXPECT_EQ(nullptr, unknown);
}

}  // namespace
}  // namespace remapi::memory
