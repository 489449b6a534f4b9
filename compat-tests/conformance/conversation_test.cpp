// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <vector>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using Index = std::vector<BYTE>;

constexpr std::size_t kHeaderBytes = 22;
constexpr std::size_t kChildBytes = 5;

/// Pages: mapi/sccreateconversationindex.md, mapi/tracking-conversations.md, [MS-OXOMSG] 2.2.1.3
class Conversation : public testing::Test {
protected:
    using Create = SCODE WINAPI(ULONG, LPBYTE, ULONG*, LPBYTE*);

    void SetUp() override { ASSERT_TRUE(create && free_buffer) << "export missing"; }

    Index reply_to(const Index& parent) {
        ULONG size = 0;
        LPBYTE bytes = nullptr;
        EXPECT_HR(S_OK, create(static_cast<ULONG>(parent.size()), const_cast<BYTE*>(parent.data()),
                               &size, &bytes));
        Index index(bytes, bytes + size);
        free_buffer(bytes);
        return index;
    }

    const Subject& mapi = Subject::the();
    Create* create = mapi.find<Create>("ScCreateConversationIndex");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
};

TEST_F(Conversation, AThreadStartsWithAHeader) {
    const Index header = reply_to({});
    ASSERT_EQ(kHeaderBytes, header.size());
    EXPECT_EQ(1, header[0]) << "reserved";
    EXPECT_GE(header[1], 0xDA) << "the five bytes behind it are the time, some in 2022 at least";
}

TEST_F(Conversation, EveryThreadHasItsOwnIdentifier) {
    EXPECT_NE(reply_to({}), reply_to({}));
}

TEST_F(Conversation, AReplyAddsFiveBytesToItsParent) {
    Index index = reply_to({});
    for (int generation = 1; generation < 50; ++generation) {
        const Index reply = reply_to(index);
        ASSERT_EQ(index.size() + kChildBytes, reply.size());
        EXPECT_TRUE(std::equal(index.begin(), index.end(), reply.begin()));
        index = reply;
    }
}

TEST_F(Conversation, AReplyLaterByYearsKeepsTheLongDifference) {
    Index old = reply_to({});
    ASSERT_EQ(kHeaderBytes, old.size());
    old[1] = 0xC0;  // a header of the last century
    const Index reply = reply_to(old);
    ASSERT_EQ(kHeaderBytes + kChildBytes, reply.size());
    EXPECT_EQ(0x80, reply[kHeaderBytes] & 0x80) << "the flag for a difference over 1.7 years";
    EXPECT_EQ(0, reply_to(reply_to({}))[kHeaderBytes] & 0x80);
}

TEST_F(Conversation, AParentThatIsNoIndexStartsAThread) {
    for (const std::size_t size : {1u, 21u, 23u, 26u, 28u}) {
        EXPECT_EQ(kHeaderBytes, reply_to(Index(size, 1)).size()) << size;
    }
    EXPECT_EQ(kHeaderBytes, reply_to(Index(kHeaderBytes, 0)).size()) << "first byte is not 1";
}

TEST_F(Conversation, MissingArgumentsAreInvalid) {
    ULONG size = 7;
    LPBYTE bytes = reinterpret_cast<LPBYTE>(1);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, create(22, nullptr, &size, &bytes));
    EXPECT_EQ(0u, size);
    EXPECT_EQ(nullptr, bytes);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, create(0, nullptr, nullptr, &bytes));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, create(0, nullptr, &size, nullptr));
}

}  // namespace
}  // namespace remapi::test
