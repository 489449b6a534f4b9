// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "abi/mapi.h"
#include "com/ptr.h"
#include "format/guid.h"
#include "port/file.h"
#include "text/text.h"

namespace remapi {
namespace {

constexpr DWORD kReadWrite = STGM_READWRITE | STGM_SHARE_EXCLUSIVE;
constexpr DWORD kRead = STGM_READ | STGM_SHARE_EXCLUSIVE;

class DocfileTest : public testing::Test {
protected:
    void SetUp() override {
        path = port::join_path(
            port::temporary_folder(),
            text::from_utf8("remapi-docfile-" + format::uid_text(format::new_uid())));
    }
    void TearDown() override { port::remove_file(path); }

    /// A file with one stream of the text.
    void make(const char* content) {
        com::Ptr<IStorage> storage;
        com::Ptr<IStream> stream;
        ASSERT_EQ(S_OK, StgCreateDocfile(path.c_str(), kReadWrite | STGM_CREATE, 0, storage.put()));
        ASSERT_EQ(S_OK, storage->CreateStream(REMAPI_W("s"), kReadWrite, 0, 0, stream.put()));
        ASSERT_EQ(S_OK, stream->Write(content, static_cast<ULONG>(std::strlen(content)), nullptr));
    }
    std::string text() {
        com::Ptr<IStorage> storage;
        com::Ptr<IStream> stream;
        EXPECT_EQ(S_OK, StgOpenStorage(path.c_str(), nullptr, kRead, nullptr, 0, storage.put()));
        EXPECT_EQ(S_OK, storage->OpenStream(REMAPI_W("s"), nullptr, kRead, 0, stream.put()));
        char buffer[100] = {};
        EXPECT_EQ(S_OK, stream->Read(buffer, sizeof buffer - 1, nullptr));
        return buffer;
    }

    String path;
    com::Ptr<IStorage> root;
};

TEST_F(DocfileTest, FilesAreMadeAndOpenedAgain) {
    make("content");
    EXPECT_EQ("content", text());
    EXPECT_EQ(S_OK, StgIsStorageFile(path.c_str()));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS, StgCreateDocfile(path.c_str(), kReadWrite, 0, root.put()));
    EXPECT_EQ("content", text());
}

TEST_F(DocfileTest, TheRootSaysTheFilesName) {
    make("x");
    ASSERT_EQ(S_OK, StgOpenStorage(path.c_str(), nullptr, kRead, nullptr, 0, root.put()));
    STATSTG stat = {};
    ASSERT_EQ(S_OK, root->Stat(&stat, STATFLAG_DEFAULT));
    EXPECT_EQ(path, stat.pwcsName);
    CoTaskMemFree(stat.pwcsName);
}

TEST_F(DocfileTest, ModesThatMakeNoSenseAreRefused) {
    EXPECT_EQ(STG_E_INVALIDFLAG, StgCreateDocfile(path.c_str(), STGM_READWRITE, 0, root.put()));
    EXPECT_EQ(STG_E_INVALIDFLAG, StgCreateDocfile(path.c_str(), kRead, 0, root.put()));
    EXPECT_EQ(STG_E_INVALIDFLAG, StgCreateDocfile(path.c_str(), kReadWrite | 4, 0, root.put()));
    EXPECT_EQ(STG_E_INVALIDPARAMETER, StgCreateDocfile(path.c_str(), kReadWrite, 1, root.put()));
    EXPECT_EQ(STG_E_INVALIDPOINTER, StgCreateDocfile(path.c_str(), kReadWrite, 0, nullptr));
    EXPECT_EQ(STG_E_INVALIDNAME, StgOpenStorage(nullptr, nullptr, kRead, nullptr, 0, root.put()));
    EXPECT_FALSE(port::exists(path));
}

TEST_F(DocfileTest, WhatIsNoCompoundFileIsRefused) {
    EXPECT_EQ(STG_E_FILENOTFOUND,
              StgOpenStorage(path.c_str(), nullptr, kRead, nullptr, 0, root.put()));
    EXPECT_EQ(STG_E_FILENOTFOUND, StgIsStorageFile(path.c_str()));
    ASSERT_EQ(0, port::write_file(path, std::string(2000, 'x')));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              StgOpenStorage(path.c_str(), nullptr, kRead, nullptr, 0, root.put()));
    EXPECT_EQ(S_FALSE, StgIsStorageFile(path.c_str()));
    ASSERT_EQ(0, port::write_file(path, ""));
    EXPECT_EQ(S_FALSE, StgIsStorageFile(path.c_str()));
}

TEST_F(DocfileTest, OneProgramWritesAtATime) {
    make("x");
    ASSERT_EQ(S_OK, StgOpenStorage(path.c_str(), nullptr, kReadWrite, nullptr, 0, root.put()));
    com::Ptr<IStorage> second;
    EXPECT_EQ(STG_E_LOCKVIOLATION,
              StgOpenStorage(path.c_str(), nullptr, kReadWrite, nullptr, 0, second.put()));
    EXPECT_EQ(STG_E_LOCKVIOLATION,
              StgCreateDocfile(path.c_str(), kReadWrite | STGM_CREATE, 0, second.put()));
    root.reset();
    EXPECT_EQ("x", text());
}

TEST_F(DocfileTest, ATransactionThatIsDroppedLeavesTheOldFile) {
    make("old");
    ASSERT_EQ(S_OK, StgCreateDocfile(path.c_str(), kReadWrite | STGM_CREATE | STGM_TRANSACTED, 0,
                                     root.put()));
    root.reset();
    EXPECT_EQ("old", text());
}

TEST_F(DocfileTest, TemporaryFilesGoWithTheLastRelease) {
    ASSERT_EQ(S_OK, StgCreateDocfile(nullptr, kReadWrite | STGM_CREATE | STGM_DELETEONRELEASE, 0,
                                     root.put()));
    STATSTG stat = {};
    ASSERT_EQ(S_OK, root->Stat(&stat, STATFLAG_DEFAULT));
    const String name = stat.pwcsName;
    CoTaskMemFree(stat.pwcsName);
    EXPECT_TRUE(port::exists(name));
    root.reset();
    EXPECT_FALSE(port::exists(name));
}

TEST_F(DocfileTest, LockBytesInMemoryHoldACompoundFile) {
    com::Ptr<ILockBytes> bytes;
    EXPECT_EQ(E_INVALIDARG, CreateILockBytesOnHGlobal(nullptr, TRUE, nullptr));
    EXPECT_EQ(E_INVALIDARG, CreateILockBytesOnHGlobal(this, TRUE, bytes.put()));
    ASSERT_EQ(S_OK, CreateILockBytesOnHGlobal(nullptr, TRUE, bytes.put()));
    EXPECT_EQ(S_FALSE, StgIsStorageILockBytes(bytes.get()));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              StgOpenStorageOnILockBytes(bytes.get(), nullptr, kRead, nullptr, 0, root.put()));
    ASSERT_EQ(S_OK, StgCreateDocfileOnILockBytes(bytes.get(), kReadWrite, 0, root.put()));
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK, root->CreateStream(REMAPI_W("s"), kReadWrite, 0, 0, stream.put()));
    ASSERT_EQ(S_OK, stream->Write("abc", 3, nullptr));
    stream.reset();
    root.reset();
    EXPECT_EQ(S_OK, StgIsStorageILockBytes(bytes.get()));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              StgCreateDocfileOnILockBytes(bytes.get(), kReadWrite, 0, root.put()));
    ASSERT_EQ(S_OK,
              StgOpenStorageOnILockBytes(bytes.get(), nullptr, kRead, nullptr, 0, root.put()));
    ASSERT_EQ(S_OK, root->OpenStream(REMAPI_W("s"), nullptr, kRead, 0, stream.put()));
    char buffer[4] = {};
    EXPECT_EQ(S_OK, stream->Read(buffer, 3, nullptr));
    EXPECT_STREQ("abc", buffer);
}

}  // namespace
}  // namespace remapi
