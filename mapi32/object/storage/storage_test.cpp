// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/storage.h"

#include "com/object.h"
#include "format/dates.h"
#include "object/storage/support_test.h"

namespace remapi::object {
namespace {

using test::create_storage;
using test::create_stream;
using test::element_names;
using test::kRead;
using test::kReadWrite;
using test::open_storage;
using test::stream_text;

class StorageTest : public testing::Test {
protected:
    void TearDown() override {
        root.reset();
        EXPECT_EQ(m_before, com::live_objects()) << "an object was leaked";
    }
    void reopen(DWORD mode = kReadWrite) {
        root.reset();
        root = file.open(mode);
    }

    const long m_before = com::live_objects() + 1;  // the stream of `file`
    test::MemoryFile file;
    com::Ptr<IStorage> root = file.create();
};

TEST_F(StorageTest, WhatIsWrittenIsThereWhenTheLastReferenceIsGone) {
    create_stream(*root, REMAPI_W("text"), "hello");
    create_stream(*create_storage(*root, REMAPI_W("inner")), REMAPI_W("large"),
                  std::string(10000, 'x'));
    reopen(kRead);
    EXPECT_EQ("text inner/ ", element_names(*root));
    EXPECT_EQ("hello", stream_text(*root, REMAPI_W("TEXT")));
    com::Ptr<IStorage> again;
    ASSERT_EQ(S_OK, root->OpenStorage(REMAPI_W("inner"), nullptr, kRead, nullptr, 0, again.put()));
    EXPECT_EQ(std::string(10000, 'x'), stream_text(*again, REMAPI_W("large")));
}

TEST_F(StorageTest, ArgumentsAreChecked) {
    com::Ptr<IStream> stream;
    com::Ptr<IStorage> inner;
    EXPECT_EQ(STG_E_INVALIDPOINTER, root->CreateStream(REMAPI_W("a"), kReadWrite, 0, 0, nullptr));
    EXPECT_EQ(STG_E_INVALIDNAME, root->CreateStream(nullptr, kReadWrite, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDNAME,
              root->CreateStream(REMAPI_W("a/b"), kReadWrite, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDPARAMETER,
              root->CreateStream(REMAPI_W("a"), kReadWrite, 1, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDFLAG,
              root->CreateStream(REMAPI_W("a"), STGM_READWRITE, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDFLAG,
              root->CreateStream(REMAPI_W("a"), kReadWrite | 0x4, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDFUNCTION,
              root->CreateStream(REMAPI_W("a"), kReadWrite | STGM_TRANSACTED, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_FILENOTFOUND, root->OpenStream(REMAPI_W("a"), nullptr, kRead, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDNAME, root->OpenStream(nullptr, nullptr, kRead, 0, stream.put()));
    EXPECT_EQ(STG_E_INVALIDPARAMETER,
              root->OpenStorage(REMAPI_W("a"), root.get(), kRead, nullptr, 0, inner.put()));
    com::Ptr<IEnumSTATSTG> elements;
    EXPECT_EQ(STG_E_INVALIDPARAMETER, root->EnumElements(1, nullptr, 0, elements.put()));
    EXPECT_EQ(STG_E_INVALIDPOINTER, root->Stat(nullptr, STATFLAG_DEFAULT));
    EXPECT_EQ(STG_E_INVALIDFLAG, root->Commit(0x100));
    EXPECT_FALSE(stream || inner);
    EXPECT_EQ("", element_names(*root));
}

TEST_F(StorageTest, AnElementOfTheNameIsKeptUnlessReplaced) {
    create_stream(*root, REMAPI_W("a"), "old");
    com::Ptr<IStream> stream;
    com::Ptr<IStorage> inner;
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              root->CreateStream(REMAPI_W("A"), kReadWrite, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              root->CreateStorage(REMAPI_W("A"), kReadWrite, 0, 0, inner.put()));
    EXPECT_EQ(STG_E_FILENOTFOUND,
              root->OpenStorage(REMAPI_W("a"), nullptr, kRead, nullptr, 0, inner.put()));
    EXPECT_EQ("old", stream_text(*root, REMAPI_W("a")));
    create_stream(*root, REMAPI_W("a"));
    EXPECT_EQ("", stream_text(*root, REMAPI_W("a")));
}

TEST_F(StorageTest, AnElementIsOpenOnceAtATime) {
    auto stream = create_stream(*root, REMAPI_W("a"), "x");
    com::Ptr<IStream> clone;
    ASSERT_EQ(S_OK, stream->Clone(clone.put()));
    EXPECT_EQ("(error)", stream_text(*root, REMAPI_W("a")));
    com::Ptr<IStream> second;
    EXPECT_EQ(STG_E_ACCESSDENIED, root->OpenStream(REMAPI_W("a"), nullptr, kRead, 0, second.put()));
    EXPECT_EQ(STG_E_ACCESSDENIED, root->RenameElement(REMAPI_W("a"), REMAPI_W("b")));
    stream.reset();
    EXPECT_EQ("(error)", stream_text(*root, REMAPI_W("a"))) << "the clone has it open";
    clone.reset();
    EXPECT_EQ("x", stream_text(*root, REMAPI_W("a")));
}

TEST_F(StorageTest, AccessGoesNoFurtherThanTheParents) {
    create_stream(*root, REMAPI_W("a"), "x");
    reopen(kRead);
    com::Ptr<IStream> stream;
    EXPECT_EQ(STG_E_ACCESSDENIED,
              root->OpenStream(REMAPI_W("a"), nullptr, kReadWrite, 0, stream.put()));
    EXPECT_EQ(STG_E_ACCESSDENIED,
              root->CreateStream(REMAPI_W("b"), kReadWrite, 0, 0, stream.put()));
    EXPECT_EQ(STG_E_ACCESSDENIED, root->DestroyElement(REMAPI_W("a")));
    EXPECT_EQ(STG_E_ACCESSDENIED, root->SetClass(IID_IUnknown));
    ASSERT_EQ(S_OK, root->OpenStream(REMAPI_W("a"), nullptr, kRead, 0, stream.put()));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->Write("y", 1, nullptr));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->SetSize({}));
    stream.reset();
    reopen();
    ASSERT_EQ(S_OK, root->OpenStream(REMAPI_W("a"), nullptr, STGM_WRITE | STGM_SHARE_EXCLUSIVE, 0,
                                     stream.put()));
    char byte = 0;
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->Read(&byte, 1, nullptr));
    EXPECT_EQ(S_OK, stream->Write("y", 1, nullptr));
}

TEST_F(StorageTest, WhatIsDestroyedWhileOpenIsReverted) {
    auto inner = create_storage(*root, REMAPI_W("inner"));
    const auto deep = create_stream(*inner, REMAPI_W("deep"), "x");
    EXPECT_EQ(STG_E_FILENOTFOUND, root->DestroyElement(REMAPI_W("other")));
    EXPECT_EQ(S_OK, root->DestroyElement(REMAPI_W("inner")));
    EXPECT_EQ(STG_E_REVERTED, deep->Write("y", 1, nullptr));
    STATSTG stat = {};
    EXPECT_EQ(STG_E_REVERTED, deep->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(STG_E_REVERTED, inner->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(STG_E_REVERTED, inner->Commit(STGC_DEFAULT));
    // The places of the destroyed elements go to others; the old objects stay dead.
    create_stream(*root, REMAPI_W("new"), "n");
    EXPECT_EQ(STG_E_REVERTED, deep->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ("n", stream_text(*root, REMAPI_W("new")));
}

TEST_F(StorageTest, RenamesAndRefusesTakenNames) {
    create_stream(*root, REMAPI_W("a"), "1");
    create_stream(*root, REMAPI_W("b"), "2");
    EXPECT_EQ(STG_E_FILEALREADYEXISTS, root->RenameElement(REMAPI_W("a"), REMAPI_W("B")));
    EXPECT_EQ(STG_E_FILENOTFOUND, root->RenameElement(REMAPI_W("c"), REMAPI_W("d")));
    EXPECT_EQ(STG_E_INVALIDNAME, root->RenameElement(REMAPI_W("a"), REMAPI_W("x:y")));
    EXPECT_EQ(S_OK, root->RenameElement(REMAPI_W("a"), REMAPI_W("a longer name")));
    EXPECT_EQ(S_OK, root->RenameElement(REMAPI_W("b"), REMAPI_W("B")));
    reopen();
    EXPECT_EQ("B a longer name ", element_names(*root));
    EXPECT_EQ("1", stream_text(*root, REMAPI_W("A LONGER NAME")));
}

TEST_F(StorageTest, ClassBitsAndTimesAreKept) {
    auto inner = create_storage(*root, REMAPI_W("inner"));
    EXPECT_EQ(S_OK, inner->SetClass(IID_IMessage));
    EXPECT_EQ(S_OK, inner->SetStateBits(0xFFFF, 0xF0F0));
    EXPECT_EQ(S_OK, inner->SetStateBits(0, 0x00F0));
    inner.reset();
    const FILETIME time = format::file_time_struct(0x01D0000000000000);
    EXPECT_EQ(S_OK, root->SetElementTimes(REMAPI_W("inner"), &time, nullptr, &time));
    EXPECT_EQ(STG_E_FILENOTFOUND, root->SetElementTimes(REMAPI_W("x"), &time, nullptr, nullptr));
    EXPECT_EQ(S_OK, root->SetClass(IID_IAttachment));
    reopen();
    STATSTG stat = {};
    ASSERT_EQ(S_OK, root->Stat(&stat, STATFLAG_DEFAULT));
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IAttachment));
    EXPECT_EQ(static_cast<DWORD>(STGTY_STORAGE), stat.type);
    EXPECT_EQ(kReadWrite, stat.grfMode);
    EXPECT_EQ(nullptr, stat.pwcsName);
    inner = open_storage(*root, REMAPI_W("inner"));
    ASSERT_EQ(S_OK, inner->Stat(&stat, STATFLAG_DEFAULT));
    EXPECT_EQ("inner", text::to_utf8(stat.pwcsName));
    task_free(stat.pwcsName);
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IMessage));
    EXPECT_EQ(0xF000u, stat.grfStateBits);
    EXPECT_EQ(0x01D0000000000000u, format::file_time_value(stat.ctime));
    EXPECT_EQ(0x01D0000000000000u, format::file_time_value(stat.mtime));
}

TEST_F(StorageTest, EnumeratesInBatchesSkipsResetsAndClones) {
    for (const auto* name : {REMAPI_W("ccc"), REMAPI_W("a"), REMAPI_W("bb")}) {
        create_stream(*root, name, "12345");
    }
    com::Ptr<IEnumSTATSTG> elements;
    ASSERT_EQ(S_OK, root->EnumElements(0, nullptr, 0, elements.put()));
    STATSTG stats[5] = {};
    ULONG fetched = 0;
    EXPECT_EQ(STG_E_INVALIDPARAMETER, elements->Next(2, stats, nullptr));
    EXPECT_EQ(S_OK, elements->Skip(1));
    com::Ptr<IEnumSTATSTG> clone;
    EXPECT_EQ(S_OK, elements->Clone(clone.put()));
    EXPECT_EQ(S_FALSE, elements->Next(5, stats, &fetched));
    ASSERT_EQ(2u, fetched);
    EXPECT_EQ("bb", text::to_utf8(stats[0].pwcsName));
    EXPECT_EQ(5u, stats[1].cbSize.QuadPart);
    for (ULONG i = 0; i < fetched; ++i) task_free(stats[i].pwcsName);
    EXPECT_EQ(S_FALSE, elements->Next(1, stats, &fetched));
    EXPECT_EQ(0u, fetched);
    EXPECT_EQ(S_FALSE, elements->Skip(1));
    EXPECT_EQ(S_OK, clone->Skip(2));
    EXPECT_EQ(S_OK, elements->Reset());
    EXPECT_EQ(S_OK, elements->Skip(3));
    EXPECT_FALSE(com::query<IStorage>(elements.get()));
    EXPECT_TRUE(com::query<IEnumSTATSTG>(elements.get()));
}

TEST_F(StorageTest, CopyToMergesStoragesAndReplacesStreams) {
    create_stream(*root, REMAPI_W("a"), "new");
    create_stream(*create_storage(*root, REMAPI_W("s")), REMAPI_W("in s"), "1");
    root->SetClass(IID_IMessage);
    test::MemoryFile other;
    const auto target = other.create();
    create_stream(*target, REMAPI_W("a"), "something longer");
    create_stream(*create_storage(*target, REMAPI_W("S")), REMAPI_W("kept"), "2");
    ASSERT_EQ(S_OK, root->CopyTo(0, nullptr, nullptr, target.get()));
    EXPECT_EQ("new", stream_text(*target, REMAPI_W("a")));
    EXPECT_EQ("in s kept ", element_names(*open_storage(*target, REMAPI_W("s"))));
    STATSTG stat = {};
    ASSERT_EQ(S_OK, target->Stat(&stat, STATFLAG_NONAME));
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IMessage));
}

TEST_F(StorageTest, CopyToLeavesOutWhatItIsTold) {
    create_stream(*root, REMAPI_W("a"), "1");
    create_stream(*root, REMAPI_W("b"), "1");
    create_storage(*root, REMAPI_W("s"));
    WCHAR name[] = {'A', 0};
    LPOLESTR names[] = {name, nullptr};
    test::MemoryFile other;
    auto target = other.create();
    ASSERT_EQ(S_OK, root->CopyTo(1, &IID_IStorage, names, target.get()));
    EXPECT_EQ("b ", element_names(*target));
    target = other.create();
    ASSERT_EQ(S_OK, root->CopyTo(1, &IID_IStream, nullptr, target.get()));
    EXPECT_EQ("s/ ", element_names(*target));
    EXPECT_EQ(STG_E_INVALIDPOINTER, root->CopyTo(0, nullptr, nullptr, nullptr));
    EXPECT_EQ(STG_E_INVALIDPOINTER, root->CopyTo(1, nullptr, nullptr, target.get()));
}

TEST_F(StorageTest, AStorageIsNotCopiedIntoItself) {
    const auto inner = create_storage(*root, REMAPI_W("inner"));
    EXPECT_EQ(STG_E_ACCESSDENIED, root->CopyTo(0, nullptr, nullptr, inner.get()));
    EXPECT_EQ(STG_E_ACCESSDENIED, root->CopyTo(0, nullptr, nullptr, root.get()));
    const auto sibling = create_storage(*root, REMAPI_W("sibling"));
    create_stream(*inner, REMAPI_W("a"), "1");
    EXPECT_EQ(S_OK, inner->CopyTo(0, nullptr, nullptr, sibling.get()));
    EXPECT_EQ("1", stream_text(*sibling, REMAPI_W("a")));
}

TEST_F(StorageTest, MovesAndCopiesElementsToOtherStorages) {
    create_stream(*root, REMAPI_W("a"), "1");
    auto inner = create_storage(*root, REMAPI_W("inner"));
    create_stream(*inner, REMAPI_W("deep"), "2");
    EXPECT_EQ(S_OK, root->MoveElementTo(REMAPI_W("a"), inner.get(), REMAPI_W("b"), STGMOVE_COPY));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              root->MoveElementTo(REMAPI_W("a"), inner.get(), REMAPI_W("b"), STGMOVE_MOVE));
    EXPECT_EQ("1", stream_text(*root, REMAPI_W("a")));
    EXPECT_EQ(S_OK, root->MoveElementTo(REMAPI_W("a"), inner.get(), REMAPI_W("c"), STGMOVE_MOVE));
    EXPECT_EQ("(none)", stream_text(*root, REMAPI_W("a")));
    EXPECT_EQ("b c deep ", element_names(*inner));
    EXPECT_EQ(STG_E_ACCESSDENIED,
              root->MoveElementTo(REMAPI_W("inner"), root.get(), REMAPI_W("x"), STGMOVE_MOVE))
        << "it is open";
    EXPECT_EQ(STG_E_INVALIDFLAG,
              root->MoveElementTo(REMAPI_W("inner"), root.get(), REMAPI_W("x"), 7));
    inner.reset();
    test::MemoryFile other;
    const auto target = other.create();
    EXPECT_EQ(S_OK, root->MoveElementTo(REMAPI_W("inner"), target.get(), REMAPI_W("moved"),
                                        STGMOVE_MOVE));
    EXPECT_EQ("", element_names(*root));
    EXPECT_EQ("2", stream_text(*open_storage(*target, REMAPI_W("moved")), REMAPI_W("deep")));
}

TEST_F(StorageTest, StreamsSayTheirNameAndWork64Bit) {
    const auto stream = create_stream(*root, REMAPI_W("named"), "abc");
    STATSTG stat = {};
    ASSERT_EQ(S_OK, stream->Stat(&stat, STATFLAG_DEFAULT));
    EXPECT_EQ("named", text::to_utf8(stat.pwcsName));
    task_free(stat.pwcsName);
    EXPECT_EQ(3u, stat.cbSize.QuadPart);
    EXPECT_EQ(kReadWrite, stat.grfMode);
    ULARGE_INTEGER absurd = {};
    absurd.QuadPart = std::uint64_t{1} << 50;
    EXPECT_EQ(STG_E_MEDIUMFULL, stream->SetSize(absurd));
    LARGE_INTEGER beyond = {};
    beyond.QuadPart = std::int64_t{1} << 50;
    EXPECT_EQ(S_OK, stream->Seek(beyond, STREAM_SEEK_SET, nullptr));
    EXPECT_EQ(STG_E_MEDIUMFULL, stream->Write("x", 1, nullptr));
    ASSERT_EQ(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(3u, stat.cbSize.QuadPart);
}

}  // namespace
}  // namespace remapi::object
