// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include "abi/iids.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// What Wine does with a pointer that is no live block of its own.
#define READS_ANY_POINTER "it reads what stands before any pointer, which crashes or never ends"

bool is_filled(const void* block, std::size_t size, int value) {
    const auto* bytes = static_cast<const unsigned char*>(block);
    return std::all_of(bytes, bytes + size, [value](unsigned char byte) { return byte == value; });
}

/// Pages: mapi/mapiallocatebuffer.md, mapi/mapiallocatemore.md, mapi/mapifreebuffer.md
class LinkedMemory : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(allocate && allocate_more && free_buffer) << "export missing";
        ASSERT_HR(S_OK, allocate(8, &m_parent));
        ASSERT_NE(nullptr, m_parent);
    }
    void TearDown() override {
        if (m_parent) free_buffer(m_parent);
    }
    /// Whether blocks can be linked to it: what tells a live block from any other pointer.
    bool is_live(void* block) {
        void* linked = nullptr;
        return allocate_more(8, block, &linked) == S_OK;
    }

    const Subject& mapi = Subject::the();
    MAPIALLOCATEBUFFER* allocate = mapi.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    MAPIALLOCATEMORE* allocate_more = mapi.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    void* m_parent = nullptr;
};

TEST_F(LinkedMemory, EveryBlockIsAlignedForADouble) {
    UNDECIDED_DIFFERENCE(
        Wine, "the 32-bit one aligns by 4, with which mapi/mapiallocatebuffer.md is content");
    for (const ULONG size : {1, 4, 8, 9, 17, 4097}) {
        void* block = nullptr;
        void* linked = nullptr;
        ASSERT_HR(S_OK, allocate(size, &block));
        ASSERT_HR(S_OK, allocate_more(size, m_parent, &linked));
        EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(block) % alignof(double)) << size;
        EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(linked) % alignof(double)) << size;
        free_buffer(block);
    }
}

TEST_F(LinkedMemory, BlocksOfEverySizeAreDistinctAndWritable) {
    std::vector<std::pair<void*, std::size_t>> blocks;
    for (const ULONG size : {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 255, 4095, 4096, 4097, 1000000}) {
        for (const bool linked : {false, true}) {
            void* block = nullptr;
            ASSERT_HR(S_OK,
                      linked ? allocate_more(size, m_parent, &block) : allocate(size, &block));
            std::memset(block, static_cast<int>(blocks.size()), size);
            blocks.emplace_back(block, size);
        }
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        EXPECT_TRUE(is_filled(blocks[i].first, blocks[i].second, static_cast<int>(i))) << i;
        if (i % 2 == 0) free_buffer(blocks[i].first);
    }
}

TEST_F(LinkedMemory, ASizeOfZeroGivesABlockToo) {
    void* empty = nullptr;
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate(0, &empty));
    ASSERT_HR(S_OK, allocate_more(0, m_parent, &linked));
    EXPECT_NE(nullptr, empty);
    EXPECT_NE(nullptr, linked);
    EXPECT_NE(empty, linked);
    EXPECT_TRUE(is_live(empty));
    free_buffer(empty);
}

TEST_F(LinkedMemory, ASizeThatOverflowsIsOutOfMemoryNotATinyBlock) {
    KNOWN_DIFFERENCE(Wine, "mapi/mapiallocatebuffer.md",
                     "32-bit Wine 8.0 adds its header to cbSize without an overflow check, so the "
                     "block is smaller");
    for (const ULONG size : {0xFFFFFFFFu, 0xFFFFFFF8u, 0xFFFFFFE0u}) {
        for (const bool linked : {false, true}) {
            void* block = this;
            const SCODE result =
                linked ? allocate_more(size, m_parent, &block) : allocate(size, &block);
            if (sizeof(void*) == 4 || result != S_OK) {
                EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, result);
                EXPECT_EQ(nullptr, block);
                continue;
            }
            static_cast<char*>(block)[0] = 1;  // 64 bits can have that much
            static_cast<char*>(block)[size - 1] = 1;
            if (!linked) free_buffer(block);
        }
    }
}

TEST_F(LinkedMemory, AMissingOutParameterIsInvalid) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(8, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(8, m_parent, nullptr));
}

TEST_F(LinkedMemory, NothingIsLinkedToANullPointer) {
    void* block = this;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(8, nullptr, &block));
}

TEST_F(LinkedMemory, NothingIsLinkedToAForeignPointerAndTheOutParameterIsCleared) {
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    std::array<char, 64> foreign = {};
    void* block = this;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(8, foreign.data() + 32, &block));
    EXPECT_EQ(nullptr, block);
    EXPECT_TRUE(is_filled(foreign.data(), foreign.size(), 0));
}

TEST_F(LinkedMemory, NothingIsLinkedToThePointerInsideABlock) {
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    void* block = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(8, static_cast<char*>(m_parent) + 4, &block));
}

TEST_F(LinkedMemory, FreeingABlockFreesWhatIsLinkedToIt) {
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    void* linked = nullptr;
    void* deeper = nullptr;
    ASSERT_HR(S_OK, allocate_more(64, m_parent, &linked));
    ASSERT_HR(S_OK, allocate_more(64, linked, &deeper));
    EXPECT_TRUE(is_live(linked));
    EXPECT_TRUE(is_live(deeper));
    EXPECT_EQ(ULONG{S_OK}, free_buffer(m_parent));
    EXPECT_FALSE(is_live(m_parent));
    EXPECT_FALSE(is_live(linked));
    EXPECT_FALSE(is_live(deeper));
    m_parent = nullptr;
}

TEST_F(LinkedMemory, BlocksLinkedByTheThousandKeepTheirContents) {
    std::vector<void*> blocks(5000);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        ASSERT_HR(S_OK, allocate_more(24, i % 3 ? blocks[i - 1] : m_parent, &blocks[i]));
        std::memset(blocks[i], static_cast<int>(i % 251), 24);
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        ASSERT_TRUE(is_filled(blocks[i], 24, static_cast<int>(i % 251))) << i;
    }
}

TEST_F(LinkedMemory, FreeingNothingSucceeds) {  // Q25
    EXPECT_EQ(ULONG{S_OK}, free_buffer(nullptr));
}

TEST_F(LinkedMemory, FreeingALinkedBlockLeavesItToItsRoot) {  // Q25
    KNOWN_DIFFERENCE(Wine, "mapi/mapiallocatemore.md",
                     "it frees the linked block, and again with its root");
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(64, m_parent, &linked));
    EXPECT_EQ(ULONG{S_OK}, free_buffer(linked));
    std::memset(linked, 0x5A, 64);
    EXPECT_TRUE(is_live(linked));
}

TEST_F(LinkedMemory, ASecondFreeDoesNothing) {  // Q43
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    void* block = nullptr;
    ASSERT_HR(S_OK, allocate(4096, &block));
    free_buffer(block);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(block));
    void* fresh = nullptr;
    ASSERT_HR(S_OK, allocate(4096, &fresh));
    std::memset(fresh, 1, 4096);
    free_buffer(fresh);
}

TEST_F(LinkedMemory, ForeignPointersAreLeftAlone) {  // Q43
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    char foreign[64];
    std::memset(foreign, 7, sizeof foreign);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(foreign + 32));
    EXPECT_TRUE(is_filled(foreign, sizeof foreign, 7));
}

TEST_F(LinkedMemory, ThePointerInsideABlockDoesNotFreeIt) {  // Q43
    UNDECIDED_DIFFERENCE(Wine, READS_ANY_POINTER);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(static_cast<char*>(m_parent) + 4));
    EXPECT_TRUE(is_live(m_parent));
}

TEST_F(LinkedMemory, ABlockOfOneThreadIsFreedByAnother) {
    constexpr std::size_t kThreads = 4;
    std::array<std::vector<void*>, kThreads> made;
    const auto make = [&](std::size_t thread) {
        for (int i = 0; i < 500; ++i) {
            void* block = nullptr;
            void* linked = nullptr;
            if (allocate(32, &block) != S_OK) return;
            if (allocate_more(32, block, &linked) != S_OK) return;
            // Everyone links to the one parent, too.
            if (allocate_more(32, m_parent, &linked) != S_OK) return;
            std::memset(block, static_cast<int>(thread), 32);
            made[thread].push_back(block);
        }
    };
    const auto free_others = [&](std::size_t thread) {
        for (void* block : made[(thread + 1) % kThreads]) free_buffer(block);
    };
    const auto on_all_threads = [](const auto& work) {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
        for (std::thread& thread : threads) thread.join();
    };
    on_all_threads(make);
    for (std::size_t i = 0; i < kThreads; ++i) {
        ASSERT_EQ(500u, made[i].size());
        for (void* block : made[i]) ASSERT_TRUE(is_filled(block, 32, static_cast<int>(i)));
    }
    on_all_threads(free_others);
}

/// Page: mapi/mapireallocatebuffer.md
class ReallocatedMemory : public LinkedMemory {
protected:
    using Reallocate = SCODE WINAPI(LPVOID, ULONG, LPVOID*);
    // 32-bit Windows knows it by this spelling only.
    Reallocate* reallocate = mapi.find<Reallocate>(sizeof(void*) == 4 ? "MAPIReallocateBuffer@12"
                                                                      : "MAPIReallocateBuffer");
};

TEST_F(ReallocatedMemory, AGrownBlockHasTheContentsOfTheOldOne) {
    std::memset(m_parent, 0x5A, 8);
    void* grown = nullptr;
    ASSERT_HR(S_OK, reallocate(m_parent, 100000, &grown));
    EXPECT_TRUE(is_filled(grown, 8, 0x5A));
    std::memset(grown, 1, 100000);
    m_parent = grown;
}

TEST_F(ReallocatedMemory, AShrunkBlockHasTheFirstOfTheContents) {
    void* large = nullptr;
    ASSERT_HR(S_OK, allocate(1000, &large));
    std::memset(large, 0x33, 1000);
    void* small = nullptr;
    ASSERT_HR(S_OK, reallocate(large, 10, &small));
    EXPECT_TRUE(is_filled(small, 10, 0x33));
    free_buffer(small);
}

TEST_F(ReallocatedMemory, WithoutABlockItAllocates) {
    void* block = nullptr;
    ASSERT_HR(S_OK, reallocate(nullptr, 16, &block));
    ASSERT_NE(nullptr, block);
    EXPECT_TRUE(is_live(block));
    free_buffer(block);
    EXPECT_FALSE(is_live(block));
}

TEST_F(ReallocatedMemory, TheOldBlockIsGoneAndTheNewOneLives) {
    void* grown = nullptr;
    ASSERT_HR(S_OK, reallocate(m_parent, 1 << 20, &grown));
    // The old one first: what is linked to the new one may lie where the old one was.
    EXPECT_TRUE(grown == m_parent || !is_live(m_parent));
    EXPECT_TRUE(is_live(grown));
    m_parent = grown;
}

TEST_F(ReallocatedMemory, LinkedBlocksStayAndDieWithTheNewBlock) {
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(64, m_parent, &linked));
    std::memset(linked, 0x77, 64);
    void* grown = nullptr;
    ASSERT_HR(S_OK, reallocate(m_parent, 1 << 20, &grown));
    EXPECT_TRUE(is_filled(linked, 64, 0x77));
    EXPECT_TRUE(is_live(linked));
    free_buffer(grown);
    EXPECT_FALSE(is_live(linked));
    m_parent = nullptr;
}

TEST_F(ReallocatedMemory, ASizeOfZeroLeavesABlock) {
    void* empty = nullptr;
    ASSERT_HR(S_OK, reallocate(m_parent, 0, &empty));
    EXPECT_TRUE(is_live(empty));
    m_parent = empty;
}

TEST_F(ReallocatedMemory, OnlyARootBlockIsReallocated) {
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(8, m_parent, &linked));
    std::array<char, 64> foreign = {};
    for (void* block : {linked, static_cast<void*>(foreign.data() + 32)}) {
        void* out = nullptr;
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, reallocate(block, 16, &out));
        EXPECT_EQ(nullptr, out);
    }
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, reallocate(m_parent, 16, nullptr));
    EXPECT_TRUE(is_live(m_parent));
}

TEST_F(ReallocatedMemory, WithoutEnoughMemoryTheOldBlockStays) {
    std::memset(m_parent, 0x11, 8);
    void* out = nullptr;
    const SCODE result = reallocate(m_parent, 0xFFFFFFFFu, &out);
    if (sizeof(void*) == 4 || result != S_OK) {
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, result);
        EXPECT_EQ(nullptr, out);
        EXPECT_TRUE(is_live(m_parent));
    } else {
        m_parent = out;
    }
    EXPECT_TRUE(is_filled(m_parent, 8, 0x11));
}

/// Page: mapi/mapigetdefaultmalloc.md
class DefaultMalloc : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(get) << "export missing";
        m_malloc = get();
        ASSERT_NE(nullptr, m_malloc);
    }

    LPMALLOC(WINAPI* get)() = Subject::the().find<LPMALLOC WINAPI()>("MAPIGetDefaultMalloc");
    IMalloc* m_malloc = nullptr;
};

TEST_F(DefaultMalloc, ThereIsOne) {
    EXPECT_EQ(m_malloc, get());
}

TEST_F(DefaultMalloc, AnswersForIMallocAndIUnknownOnly) {
    for (const IID* iid : {&IID_IUnknown, &IID_IMalloc}) {
        void* object = nullptr;
        EXPECT_HR(S_OK, m_malloc->QueryInterface(*iid, &object));
        EXPECT_EQ(m_malloc, object);
    }
    KNOWN_DIFFERENCE(Wine, "unknwn/nf-unknwn-iunknown-queryinterface(refiid_void).md",
                     "it leaves the out-parameter of a failed QueryInterface alone");
    void* object = this;
    EXPECT_HR(E_NOINTERFACE, m_malloc->QueryInterface(IID_IMAPITable, &object));
    EXPECT_EQ(nullptr, object);
}

TEST_F(DefaultMalloc, ItsReferencesAreNotCounted) {  // Q46
    EXPECT_EQ(1u, m_malloc->AddRef());
    EXPECT_EQ(1u, m_malloc->AddRef());
    EXPECT_EQ(1u, m_malloc->Release());
    EXPECT_EQ(1u, m_malloc->Release());
    EXPECT_EQ(1u, m_malloc->Release());
    EXPECT_EQ(m_malloc, get());
}

TEST_F(DefaultMalloc, ABlockHasTheSizeThatWasAskedForOrMore) {
    for (const SIZE_T size : {1u, 16u, 100u, 100000u}) {
        void* const block = m_malloc->Alloc(size);
        ASSERT_NE(nullptr, block);
        EXPECT_GE(m_malloc->GetSize(block), size);
        std::memset(block, 1, size);
        m_malloc->Free(block);
    }
    m_malloc->Free(nullptr);
}

TEST_F(DefaultMalloc, ABlockKeepsItsContentsWhenItsSizeChanges) {
    void* block = m_malloc->Realloc(nullptr, 64);
    ASSERT_NE(nullptr, block);
    std::memset(block, 0x21, 64);
    block = m_malloc->Realloc(block, 100000);
    ASSERT_NE(nullptr, block);
    EXPECT_TRUE(is_filled(block, 64, 0x21));
    block = m_malloc->Realloc(block, 32);
    ASSERT_NE(nullptr, block);
    EXPECT_TRUE(is_filled(block, 32, 0x21));
    m_malloc->Free(block);
}

TEST_F(DefaultMalloc, ReallocatingToNothingFrees) {
    KNOWN_DIFFERENCE(Wine, "objidl/nf-objidl-imalloc-realloc.md", "it leaves an empty block");
    void* const block = m_malloc->Alloc(64);
    ASSERT_NE(nullptr, block);
    EXPECT_EQ(nullptr, m_malloc->Realloc(block, 0));
}

TEST_F(DefaultMalloc, CannotTellWhoseABlockIs) {  // Q46
    void* const block = m_malloc->Alloc(64);
    EXPECT_EQ(-1, m_malloc->DidAlloc(block));
    EXPECT_EQ(-1, m_malloc->DidAlloc(this));
    EXPECT_EQ(-1, m_malloc->DidAlloc(nullptr));
    m_malloc->HeapMinimize();
    std::memset(block, 1, 64);
    m_malloc->Free(block);
}

/// Pages: mapi/scinitmapiutil.md, mapi/deinitmapiutil.md
class UtilityFunctions : public LinkedMemory {
protected:
    SCODE(WINAPI* init)
    (ULONG) = mapi.find<SCODE WINAPI(ULONG)>("ScInitMapiUtil");
    void(WINAPI* deinit)() = mapi.find<void WINAPI()>("DeinitMapiUtil");
};

TEST_F(UtilityFunctions, WorkBetweenTheTwoCallsHoweverDeeplyNested) {
    for (int i = 0; i < 3; ++i) ASSERT_HR(S_OK, init(0));
    EXPECT_TRUE(is_live(m_parent));
    for (int i = 0; i < 3; ++i) deinit();
}

TEST_F(UtilityFunctions, AFlagIsUnknown) {
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, init(1));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, init(0x80000000u));
    EXPECT_HR(S_OK, init(0));
    deinit();
}

TEST_F(UtilityFunctions, BlocksOutliveThem) {
    ASSERT_HR(S_OK, init(0));
    void* block = nullptr;
    ASSERT_HR(S_OK, allocate(16, &block));
    deinit();
    std::memset(block, 1, 16);
    EXPECT_TRUE(is_live(block));
    EXPECT_EQ(ULONG{S_OK}, free_buffer(block));
}

}  // namespace
}  // namespace remapi::test
