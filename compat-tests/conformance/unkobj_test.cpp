// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// Memory for objects whose layout nobody has published, so a null object is given. No page
/// describes these; names and sizes of arguments are those of the export table.
class ObjectMemory : public testing::Test {
protected:
    using Allocate = SCODE WINAPI(LPVOID, ULONG, LPVOID*);
    using AllocateMore = SCODE WINAPI(LPVOID, ULONG, LPVOID, LPVOID*);
    using Free = void WINAPI(LPVOID, LPVOID);

    void SetUp() override {
        ASSERT_TRUE(allocate && more && free_block && mapi_more && free_rows) << "export missing";
        ASSERT_TRUE(co_allocate && co_reallocate && co_free) << "export missing";
    }
    /// Whether MAPIAllocateMore takes the block for a live one.
    bool is_live(void* block) {
        void* linked = nullptr;
        return mapi_more(1, block, &linked) == S_OK;
    }

    const Subject& mapi = Subject::the();
    Allocate* allocate = mapi.find<Allocate>("UNKOBJ_ScAllocate");
    AllocateMore* more = mapi.find<AllocateMore>("UNKOBJ_ScAllocateMore");
    Free* free_block = mapi.find<Free>("UNKOBJ_Free");
    Free* free_rows = mapi.find<Free>("UNKOBJ_FreeRows");
    Allocate* co_allocate = mapi.find<Allocate>("UNKOBJ_ScCOAllocate");
    Allocate* co_reallocate = mapi.find<Allocate>("UNKOBJ_ScCOReallocate");
    Free* co_free = mapi.find<Free>("UNKOBJ_COFree");
    MAPIALLOCATEMORE* mapi_more = mapi.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    void* m_block = nullptr;
};

TEST_F(ObjectMemory, ABlockIsABufferOfMapi) {
    ASSERT_HR(S_OK, allocate(nullptr, 100, &m_block));
    std::memset(m_block, 1, 100);
    EXPECT_TRUE(is_live(m_block));
    void* linked = nullptr;
    ASSERT_HR(S_OK, more(nullptr, 50, m_block, &linked));
    std::memset(linked, 2, 50);
    free_block(nullptr, m_block);
    EXPECT_FALSE(is_live(m_block));
    EXPECT_FALSE(is_live(linked)) << "it dies with its root";
}

TEST_F(ObjectMemory, InvalidRequestsAreRefused) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(nullptr, 1, nullptr));
    int foreign = 0;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, more(nullptr, 1, &foreign, &m_block));
    ASSERT_HR(S_OK, allocate(nullptr, 1, &m_block));
    if (sizeof(void*) == 4) {
        void* huge = nullptr;
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, allocate(nullptr, 0xFFFFFFFFu, &huge));
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, more(nullptr, 0xFFFFFFFFu, m_block, &huge));
    }
    free_block(nullptr, m_block);
    free_block(nullptr, nullptr);
}

TEST_F(ObjectMemory, RowsAreFreedWithTheirValues) {
    ASSERT_HR(S_OK, allocate(nullptr, CbNewSRowSet(2), &m_block));
    auto* const rows = static_cast<SRowSet*>(m_block);
    rows->cRows = 2;
    void* values[2] = {};
    for (int i = 0; i < 2; ++i) {
        ASSERT_HR(S_OK, allocate(nullptr, sizeof(SPropValue), &values[i]));
        std::memset(values[i], 0, sizeof(SPropValue));
        rows->aRow[i] = {0, 1, static_cast<SPropValue*>(values[i])};
    }
    ASSERT_TRUE(is_live(values[1]));
    free_rows(nullptr, rows);
    EXPECT_FALSE(is_live(rows));
    EXPECT_FALSE(is_live(values[0]));
    EXPECT_FALSE(is_live(values[1]));
    free_rows(nullptr, nullptr);
}

TEST_F(ObjectMemory, OleMemoryGrowsAndKeepsItsContents) {
    ASSERT_HR(S_OK, co_allocate(nullptr, 4, &m_block));
    std::memcpy(m_block, "abc", 4);
    ASSERT_HR(S_OK, co_reallocate(nullptr, 100000, &m_block));
    EXPECT_STREQ("abc", static_cast<char*>(m_block));
    std::memset(m_block, 1, 100000);
    ASSERT_HR(S_OK, co_reallocate(nullptr, 1, &m_block));
    co_free(nullptr, m_block);
}

TEST_F(ObjectMemory, OleMemoryIsOfTheDefaultAllocator) {
    const auto get_malloc = mapi.find<LPMALLOC WINAPI()>("MAPIGetDefaultMalloc");
    ASSERT_TRUE(get_malloc) << "export missing";
    ASSERT_HR(S_OK, co_allocate(nullptr, 100, &m_block));
    EXPECT_LE(100u, get_malloc()->GetSize(m_block));
    get_malloc()->Free(m_block);
    m_block = get_malloc()->Alloc(8);
    std::memcpy(m_block, "abcdefg", 8);
    ASSERT_HR(S_OK, co_reallocate(nullptr, 200, &m_block));
    EXPECT_STREQ("abcdefg", static_cast<char*>(m_block));
    co_free(nullptr, m_block);
}

TEST_F(ObjectMemory, OleMemoryThatWasFreedIsUsedAgain) {
    constexpr std::size_t kTimes = 4000;  // of a megabyte: more than any allocator sets aside
    std::set<void*> places;
    for (std::size_t i = 0; i < kTimes; ++i) {
        ASSERT_HR(S_OK, co_allocate(nullptr, 1u << 20, &m_block));
        places.insert(m_block);
        co_free(nullptr, m_block);
    }
    EXPECT_LT(places.size(), kTimes);
}

TEST_F(ObjectMemory, ReallocatingNothingAllocates) {
    ASSERT_HR(S_OK, co_reallocate(nullptr, 10, &m_block));
    ASSERT_NE(nullptr, m_block);
    std::memset(m_block, 1, 10);
    co_free(nullptr, m_block);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, co_reallocate(nullptr, 10, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, co_allocate(nullptr, 10, nullptr));
    co_free(nullptr, nullptr);
}

}  // namespace
}  // namespace remapi::test
