// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>

#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// Pages: mapi/mapiallocatebuffer.md, mapi/mapiallocatemore.md, mapi/mapifreebuffer.md
class LinkedMemory : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(allocate && allocate_more && free_buffer) << "export missing";
        ASSERT_EQ(S_OK, allocate(8, &m_parent));
    }
    void TearDown() override { free_buffer(m_parent); }

    const Subject& mapi = Subject::the();
    MAPIALLOCATEBUFFER* allocate = mapi.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    MAPIALLOCATEMORE* allocate_more = mapi.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    void* m_parent = nullptr;
};

TEST_F(LinkedMemory, FreeingNothingSucceeds) {  // Q25
    EXPECT_EQ(ULONG{S_OK}, free_buffer(nullptr));
}

TEST_F(LinkedMemory, FreeingALinkedBlockLeavesItToItsRoot) {  // Q25
    void* linked = nullptr;
    ASSERT_EQ(S_OK, allocate_more(64, m_parent, &linked));
    free_buffer(linked);
    std::memset(linked, 0x5A, 64);
    void* another = nullptr;
    EXPECT_EQ(S_OK, allocate_more(64, linked, &another));
}

TEST_F(LinkedMemory, ASecondFreeDoesNothing) {  // Q43
    void* block = nullptr;
    ASSERT_EQ(S_OK, allocate(4096, &block));
    free_buffer(block);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(block));
    void* fresh = nullptr;
    ASSERT_EQ(S_OK, allocate(4096, &fresh));
    std::memset(fresh, 1, 4096);
    free_buffer(fresh);
}

TEST_F(LinkedMemory, ForeignPointersAreLeftAlone) {  // Q43
    char foreign[64];
    std::memset(foreign, 7, sizeof foreign);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(foreign + 32));
    for (const char c : foreign) EXPECT_EQ(7, c);
}

TEST_F(LinkedMemory, AMissingOutParameterIsInvalid) {
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate(8, nullptr));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, allocate_more(8, m_parent, nullptr));
}

}  // namespace
}  // namespace remapi::test
