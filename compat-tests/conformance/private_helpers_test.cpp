// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The UNKOBJ functions, of which nothing but names and argument sizes is public: that they fit the
// documented allocators they must work with, and touch nothing of the object they are given.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"
#include "compat-tests/harness/memory_use.h"

namespace remapi::test {
namespace {

bool holds_only(const void* block, std::size_t size, int value) {
    const auto* bytes = static_cast<const unsigned char*>(block);
    return std::all_of(bytes, bytes + size, [value](unsigned char byte) { return byte == value; });
}

/// An object of the caller's, recognisable by its bytes.
class CallersObject {
public:
    CallersObject() { m_bytes.fill(kMark); }
    void* get() { return m_bytes.data(); }
    bool is_untouched() const { return holds_only(m_bytes.data(), m_bytes.size(), kMark); }

private:
    static constexpr unsigned char kMark = 0xC3;
    alignas(16) std::array<unsigned char, 256> m_bytes;
};

class ObjectsBuffers : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(allocate && allocate_more && free_buffer && free_rows) << "export missing";
        ASSERT_TRUE(mapi_allocate && mapi_allocate_more && mapi_free) << "export missing";
        ASSERT_HR(S_OK, allocate(object.get(), 64, &m_block));
        ASSERT_NE(nullptr, m_block);
    }
    void TearDown() override {
        if (m_block) mapi_free(m_block);
        EXPECT_TRUE(object.is_untouched());
    }
    /// Whether MAPIAllocateMore links to it: what tells a live buffer from any other pointer.
    bool is_live(void* block) {
        void* linked = nullptr;
        return mapi_allocate_more(8, block, &linked) == S_OK;
    }

    using Allocate = SCODE WINAPI(void*, ULONG, void**);
    using AllocateMore = SCODE WINAPI(void*, ULONG, void*, void**);
    using Free = void WINAPI(void*, void*);
    using FreeRows = void WINAPI(void*, SRowSet*);
    const Subject& mapi = Subject::the();
    Allocate* allocate = mapi.find<Allocate>("UNKOBJ_ScAllocate");
    AllocateMore* allocate_more = mapi.find<AllocateMore>("UNKOBJ_ScAllocateMore");
    Free* free_buffer = mapi.find<Free>("UNKOBJ_Free");
    FreeRows* free_rows = mapi.find<FreeRows>("UNKOBJ_FreeRows");
    MAPIALLOCATEBUFFER* mapi_allocate = mapi.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    MAPIALLOCATEMORE* mapi_allocate_more = mapi.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    MAPIFREEBUFFER* mapi_free = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    CallersObject object;
    void* m_block = nullptr;
};

TEST_F(ObjectsBuffers, AreWritableAndDistinct) {
    void* other = nullptr;
    ASSERT_HR(S_OK, allocate(object.get(), 64, &other));
    std::memset(m_block, 1, 64);
    std::memset(other, 2, 64);
    EXPECT_TRUE(holds_only(m_block, 64, 1));
    EXPECT_TRUE(holds_only(other, 64, 2));
    free_buffer(object.get(), other);
}

TEST_F(ObjectsBuffers, AreBuffersOfTheLibraryToEveryOtherFunction) {
    EXPECT_TRUE(is_live(m_block));
    EXPECT_EQ(ULONG{S_OK}, mapi_free(m_block));
    EXPECT_FALSE(is_live(m_block));
    m_block = nullptr;

    void* documented = nullptr;
    ASSERT_HR(S_OK, mapi_allocate(16, &documented));
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(object.get(), 16, documented, &linked));
    free_buffer(object.get(), documented);
    EXPECT_FALSE(is_live(documented));
    EXPECT_FALSE(is_live(linked));
}

TEST_F(ObjectsBuffers, DieWithTheBufferTheyAreLinkedTo) {
    void* linked = nullptr;
    void* deeper = nullptr;
    ASSERT_HR(S_OK, allocate_more(object.get(), 32, m_block, &linked));
    ASSERT_HR(S_OK, allocate_more(object.get(), 32, linked, &deeper));
    std::memset(linked, 3, 32);
    std::memset(deeper, 4, 32);
    EXPECT_TRUE(holds_only(linked, 32, 3));
    EXPECT_TRUE(is_live(linked));
    EXPECT_TRUE(is_live(deeper));
    free_buffer(object.get(), m_block);
    EXPECT_FALSE(is_live(m_block));
    EXPECT_FALSE(is_live(linked));
    EXPECT_FALSE(is_live(deeper));
    m_block = nullptr;
}

TEST_F(ObjectsBuffers, ComeWithoutAnObjectAndWithOneThatCannotBeRead) {
    for (void* nobody : {static_cast<void*>(nullptr), reinterpret_cast<void*>(1)}) {
        void* block = nullptr;
        void* linked = nullptr;
        ASSERT_HR(S_OK, allocate(nobody, 16, &block));
        ASSERT_HR(S_OK, allocate_more(nobody, 16, block, &linked));
        free_buffer(nobody, block);
        EXPECT_FALSE(is_live(block));
        free_rows(nobody, nullptr);
    }
}

TEST_F(ObjectsBuffers, OfNoBytesAreBuffersToo) {
    void* empty = nullptr;
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate(object.get(), 0, &empty));
    ASSERT_HR(S_OK, allocate_more(object.get(), 0, m_block, &linked));
    EXPECT_TRUE(is_live(empty));
    EXPECT_TRUE(is_live(linked));
    free_buffer(object.get(), empty);
}

TEST_F(ObjectsBuffers, NeedAnOutParameter) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(object.get(), 8, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(object.get(), 8, m_block, nullptr));
}

TEST_F(ObjectsBuffers, AreLinkedToLiveBuffersOnlyAndTheOutParameterIsCleared) {
    std::array<char, 64> foreign = {};
    for (void* root : {static_cast<void*>(nullptr), static_cast<void*>(foreign.data() + 32)}) {
        void* block = this;
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(object.get(), 8, root, &block));
        EXPECT_EQ(nullptr, block);
    }
    EXPECT_TRUE(holds_only(foreign.data(), foreign.size(), 0));
}

TEST_F(ObjectsBuffers, OfMoreThanThereIsAreOutOfMemory) {
    for (const bool linked : {false, true}) {
        void* block = this;
        const SCODE result = linked ? allocate_more(object.get(), 0xFFFFFFFFu, m_block, &block)
                                    : allocate(object.get(), 0xFFFFFFFFu, &block);
        if (sizeof(void*) == 8 && result == S_OK) {  // 64 bits can have that much
            static_cast<char*>(block)[0xFFFFFFFEu] = 1;
            if (!linked) free_buffer(object.get(), block);
            continue;
        }
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, result);
        EXPECT_EQ(nullptr, block);
    }
}

TEST_F(ObjectsBuffers, WhatIsNoRootBufferIsNotFreed) {
    std::array<char, 64> foreign = {};
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(object.get(), 16, m_block, &linked));
    free_buffer(object.get(), nullptr);
    free_buffer(object.get(), foreign.data() + 32);
    free_buffer(object.get(), linked);
    EXPECT_TRUE(holds_only(foreign.data(), foreign.size(), 0));
    EXPECT_TRUE(is_live(linked));
    EXPECT_TRUE(is_live(m_block));
}

TEST_F(ObjectsBuffers, ARowSetIsFreedWithTheValuesOfItsRows) {
    constexpr ULONG kRows = 3;
    void* block = nullptr;
    ASSERT_HR(S_OK, allocate(object.get(), CbNewSRowSet(kRows), &block));
    auto* const rows = static_cast<SRowSet*>(block);
    rows->cRows = kRows;
    std::array<void*, kRows> values = {};
    for (ULONG i = 0; i < kRows; ++i) {
        rows->aRow[i] = {};
        if (i == 1) continue;  // a row without values
        ASSERT_HR(S_OK, allocate(object.get(), sizeof(SPropValue), &values[i]));
        rows->aRow[i].cValues = 1;
        rows->aRow[i].lpProps = static_cast<SPropValue*>(values[i]);
    }
    free_rows(object.get(), rows);
    EXPECT_FALSE(is_live(rows));
    EXPECT_FALSE(is_live(values[0]));
    EXPECT_FALSE(is_live(values[2]));
    free_rows(object.get(), nullptr);
}

/// Those with CO in the name, beside the allocator of MAPIGetDefaultMalloc.
class ObjectsComBlocks : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(allocate && reallocate && free_block && get_malloc) << "export missing";
        m_malloc = get_malloc();
        ASSERT_NE(nullptr, m_malloc);
        ASSERT_HR(S_OK, allocate(object.get(), 64, &m_block));
        ASSERT_NE(nullptr, m_block);
    }
    void TearDown() override {
        if (m_block) m_malloc->Free(m_block);
        EXPECT_TRUE(object.is_untouched());
    }

    using Allocate = SCODE WINAPI(void*, ULONG, void**);
    using Free = void WINAPI(void*, void*);
    using GetMalloc = LPMALLOC WINAPI();
    const Subject& mapi = Subject::the();
    Allocate* allocate = mapi.find<Allocate>("UNKOBJ_ScCOAllocate");
    Allocate* reallocate = mapi.find<Allocate>("UNKOBJ_ScCOReallocate");
    Free* free_block = mapi.find<Free>("UNKOBJ_COFree");
    GetMalloc* get_malloc = mapi.find<GetMalloc>("MAPIGetDefaultMalloc");
    CallersObject object;
    IMalloc* m_malloc = nullptr;
    void* m_block = nullptr;
};

TEST_F(ObjectsComBlocks, AreBlocksOfTheDefaultAllocator) {
    EXPECT_GE(m_malloc->GetSize(m_block), 64u);
    std::memset(m_block, 5, 64);
    m_block = m_malloc->Realloc(m_block, 4096);
    ASSERT_NE(nullptr, m_block);
    EXPECT_TRUE(holds_only(m_block, 64, 5));

    void* documented = m_malloc->Alloc(32);
    ASSERT_NE(nullptr, documented);
    std::memset(documented, 6, 32);
    ASSERT_HR(S_OK, reallocate(object.get(), 1000, &documented));
    EXPECT_GE(m_malloc->GetSize(documented), 1000u);
    EXPECT_TRUE(holds_only(documented, 32, 6));
    free_block(object.get(), documented);
}

TEST_F(ObjectsComBlocks, KeepTheirContentsWhenTheirSizeChanges) {
    std::memset(m_block, 7, 64);
    ASSERT_HR(S_OK, reallocate(object.get(), 100000, &m_block));
    EXPECT_GE(m_malloc->GetSize(m_block), 100000u);
    EXPECT_TRUE(holds_only(m_block, 64, 7));
    std::memset(m_block, 8, 100000);
    ASSERT_HR(S_OK, reallocate(object.get(), 10, &m_block));
    EXPECT_TRUE(holds_only(m_block, 10, 8));
}

TEST_F(ObjectsComBlocks, AreMadeFromNothingByReallocating) {
    void* block = nullptr;
    ASSERT_HR(S_OK, reallocate(object.get(), 48, &block));
    ASSERT_NE(nullptr, block);
    std::memset(block, 9, 48);
    EXPECT_GE(m_malloc->GetSize(block), 48u);
    free_block(object.get(), block);
}

TEST_F(ObjectsComBlocks, AreFreedByReallocatingToNothing) {
    ASSERT_HR(S_OK, reallocate(object.get(), 0, &m_block));
    EXPECT_EQ(nullptr, m_block);
    ASSERT_HR(S_OK, reallocate(object.get(), 0, &m_block));
    EXPECT_NE(nullptr, m_block) << "without a block it allocates, an empty one too";
}

TEST_F(ObjectsComBlocks, OfNoBytesAreBlocksToo) {
    void* empty = nullptr;
    ASSERT_HR(S_OK, allocate(object.get(), 0, &empty));
    EXPECT_NE(nullptr, empty);
    free_block(object.get(), empty);
}

TEST_F(ObjectsComBlocks, NeedAnOutParameter) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(object.get(), 8, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, reallocate(object.get(), 8, nullptr));
}

TEST_F(ObjectsComBlocks, ComeWithoutAnObjectAndWithOneThatCannotBeRead) {
    for (void* nobody : {static_cast<void*>(nullptr), reinterpret_cast<void*>(1)}) {
        void* block = nullptr;
        ASSERT_HR(S_OK, allocate(nobody, 16, &block));
        ASSERT_HR(S_OK, reallocate(nobody, 32, &block));
        free_block(nobody, block);
        free_block(nobody, nullptr);
    }
}

TEST_F(ObjectsComBlocks, WithoutEnoughMemoryTheOldBlockStays) {
    std::memset(m_block, 0x11, 64);
    void* const before = m_block;
    const SCODE result = reallocate(object.get(), 0xFFFFFFFFu, &m_block);
    if (sizeof(void*) == 4 || result != S_OK) {
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, result);
        EXPECT_EQ(before, m_block);
    }
    EXPECT_TRUE(holds_only(m_block, 64, 0x11));
}

TEST_F(ObjectsComBlocks, OfMoreThanThereIsAreOutOfMemory) {
    void* block = this;
    const SCODE result = allocate(object.get(), 0xFFFFFFFFu, &block);
    if (sizeof(void*) == 8 && result == S_OK) {  // 64 bits can have that much
        static_cast<char*>(block)[0xFFFFFFFEu] = 1;
        free_block(object.get(), block);
        return;
    }
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, result);
    EXPECT_EQ(nullptr, block);
}

TEST_F(ObjectsComBlocks, GiveTheirMemoryBackWhenFreed) {
    // More than the address sanitizer holds back of what was freed, 256 MiB.
    constexpr std::size_t kBlocks = 512;
    constexpr std::size_t kMostGrowth = 384u << 20;
    constexpr ULONG kBlockBytes = 1u << 20;
    const std::size_t before = memory_in_use();
    ASSERT_NE(0u, before) << "the system does not tell";
    for (std::size_t i = 0; i < kBlocks; ++i) {
        void* block = nullptr;
        ASSERT_HR(S_OK, allocate(object.get(), kBlockBytes, &block));
        std::memset(block, static_cast<int>(i & 0xFF), kBlockBytes);
        free_block(object.get(), block);
    }
    EXPECT_LT(memory_in_use(), before + kMostGrowth);
}

}  // namespace
}  // namespace remapi::test
