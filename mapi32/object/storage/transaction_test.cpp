// SPDX-License-Identifier: LGPL-2.1-or-later
#include "com/object.h"
#include "object/storage/support_test.h"

namespace remapi::object {
namespace {

using test::create_storage;
using test::create_stream;
using test::element_names;
using test::kReadWrite;
using test::open_storage;
using test::stream_text;

class TransactionTest : public testing::Test {
protected:
    void SetUp() override { create_stream(*file.create(), REMAPI_W("old"), "before"); }
    void TearDown() override { EXPECT_EQ(m_before, com::live_objects()); }

    const long m_before = com::live_objects() + 1;  // the stream of `file`
    test::MemoryFile file;
};

TEST_F(TransactionTest, NothingReachesTheFileBeforeCommit) {
    const Bytes before = file.bytes();
    {
        const auto root = file.open(kReadWrite | STGM_TRANSACTED);
        create_stream(*root, REMAPI_W("new"), std::string(9000, 'n'));
        EXPECT_EQ(S_OK, root->DestroyElement(REMAPI_W("old")));
        EXPECT_TRUE(before == file.bytes());
    }
    EXPECT_TRUE(before == file.bytes()) << "released without a commit";
    {
        const auto root = file.open(kReadWrite | STGM_TRANSACTED);
        create_stream(*root, REMAPI_W("new"), std::string(9000, 'n'));
        EXPECT_EQ(S_OK, root->Commit(STGC_DEFAULT));
        create_stream(*root, REMAPI_W("late"), "lost");
    }
    EXPECT_EQ("new old ", element_names(*file.open()));
    EXPECT_EQ(std::string(9000, 'n'), stream_text(*file.open(), REMAPI_W("new")));
}

TEST_F(TransactionTest, RevertGoesBackAndLosesWhatIsOpen) {
    const auto root = file.open(kReadWrite | STGM_TRANSACTED);
    const auto stream = create_stream(*root, REMAPI_W("new"), "n");
    com::Ptr<IStream> old;
    ASSERT_EQ(S_OK, root->OpenStream(REMAPI_W("old"), nullptr, kReadWrite, 0, old.put()));
    EXPECT_EQ(S_OK, old->Write("AFTER!", 6, nullptr));
    EXPECT_EQ(S_OK, root->Revert());
    EXPECT_EQ(STG_E_REVERTED, stream->Write("x", 1, nullptr));
    EXPECT_EQ(STG_E_REVERTED, old->Write("x", 1, nullptr));
    EXPECT_EQ("old ", element_names(*root));
    EXPECT_EQ("before", stream_text(*root, REMAPI_W("old")));
}

TEST_F(TransactionTest, InDirectModeRevertDoesNothing) {
    const auto root = file.open();
    const auto stream = create_stream(*root, REMAPI_W("new"), "n");
    EXPECT_EQ(S_OK, root->Revert());
    EXPECT_EQ(S_OK, stream->Write("x", 1, nullptr));
    EXPECT_EQ("new old ", element_names(*root));
}

TEST_F(TransactionTest, ANewFileTakesThePlaceOfTheOldOneWithCommit) {
    const Bytes before = file.bytes();
    {
        const auto root = file.create(STGM_TRANSACTED);
        EXPECT_EQ("", element_names(*root));
        EXPECT_EQ(S_OK, root->Revert());
        EXPECT_EQ("", element_names(*root));
        create_stream(*root, REMAPI_W("new"), "n");
    }
    EXPECT_TRUE(before == file.bytes());
    {
        const auto root = file.create(STGM_TRANSACTED);
        EXPECT_EQ(S_OK, root->Commit(STGC_DEFAULT));
        create_stream(*root, REMAPI_W("new"), "n");
        EXPECT_EQ(S_OK, root->Revert());
        EXPECT_EQ("", element_names(*root));
    }
    EXPECT_EQ("", element_names(*file.open()));
}

TEST_F(TransactionTest, ASubstorageHasATransactionOfItsOwn) {
    const auto root = file.open();
    {
        const auto inner = create_storage(*root, REMAPI_W("inner"), STGM_TRANSACTED);
        create_stream(*inner, REMAPI_W("kept"), "k");
        create_stream(*create_storage(*inner, REMAPI_W("deep")), REMAPI_W("d"), "d");
        EXPECT_EQ(S_OK, inner->SetClass(IID_IMessage));
        EXPECT_EQ(S_OK, inner->Commit(STGC_DEFAULT));
        create_stream(*inner, REMAPI_W("dropped"), "d");
        EXPECT_EQ("deep/ kept dropped ", element_names(*inner));
    }
    auto inner = open_storage(*root, REMAPI_W("inner"));
    EXPECT_EQ("deep/ kept ", element_names(*inner));
    EXPECT_EQ("d", stream_text(*open_storage(*inner, REMAPI_W("deep")), REMAPI_W("d")));
    STATSTG stat = {};
    ASSERT_EQ(S_OK, inner->Stat(&stat, STATFLAG_NONAME));
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IMessage));
    inner.reset();
    inner = open_storage(*root, REMAPI_W("inner"), STGM_TRANSACTED);
    EXPECT_EQ(S_OK, inner->DestroyElement(REMAPI_W("kept")));
    EXPECT_EQ(S_OK, inner->Revert());
    EXPECT_EQ("k", stream_text(*inner, REMAPI_W("kept")));
}

TEST_F(TransactionTest, TransactionsWithinTransactionsAreKeptByBothCommits) {
    for (const bool commit_root : {false, true}) {
        const auto root = file.open(kReadWrite | STGM_TRANSACTED);
        const auto inner = create_storage(*root, REMAPI_W("inner"), STGM_TRANSACTED);
        create_stream(*inner, REMAPI_W("a"), "1");
        EXPECT_EQ(S_OK, inner->Commit(STGC_DEFAULT));
        EXPECT_EQ(S_OK, commit_root ? root->Commit(STGC_DEFAULT) : S_OK);
    }
    EXPECT_EQ("1", stream_text(*open_storage(*file.open(), REMAPI_W("inner")), REMAPI_W("a")));
}

TEST_F(TransactionTest, ASubstorageDiesWithItsParentsTransaction) {
    const auto root = file.open(kReadWrite | STGM_TRANSACTED);
    const auto inner = create_storage(*root, REMAPI_W("inner"), STGM_TRANSACTED);
    EXPECT_EQ(S_OK, root->Revert());
    STATSTG stat = {};
    EXPECT_EQ(STG_E_REVERTED, inner->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(STG_E_REVERTED, inner->Commit(STGC_DEFAULT));
}

TEST_F(TransactionTest, ADirectSubstorageOfATransactionIsPartOfIt) {
    const Bytes before = file.bytes();
    const auto root = file.open(kReadWrite | STGM_TRANSACTED);
    const auto inner = create_storage(*root, REMAPI_W("inner"));
    create_stream(*inner, REMAPI_W("a"), "1");
    EXPECT_EQ(S_OK, inner->Commit(STGC_DEFAULT));
    EXPECT_TRUE(before == file.bytes());
    EXPECT_EQ(S_OK, root->Commit(STGC_DEFAULT));
    EXPECT_FALSE(before == file.bytes());
}

}  // namespace
}  // namespace remapi::object
