// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compat-tests/conformance/memory_lock_bytes.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using FromStream = HRESULT STDAPICALLTYPE(LPUNKNOWN, LPCIID, ULONG, LPSTORAGE*);
using OpenStreamFunction = HRESULT WINAPI(LPALLOCATEBUFFER, LPFREEBUFFER, ULONG, LPTSTR, LPTSTR,
                                          LPSTREAM*);

constexpr DWORD kReadWrite = STGM_READWRITE | STGM_SHARE_EXCLUSIVE;
constexpr DWORD kRead = STGM_READ | STGM_SHARE_EXCLUSIVE;
constexpr ULONG kCreateModify = STGSTRM_CREATE | STGSTRM_MODIFY;

/// Pages: mapi/hristoragefromstream.md, mapi/imapisupport-istoragefromstream.md,
/// mapi/structured-storage-in-mapi.md
class StorageOnStream : public testing::Test {
protected:
    void SetUp() override {
        KNOWN_DIFFERENCE(
            Wine, "mapi/openstreamonfile.md",
            "it wants a name for a temporary file; and HrIStorageFromStream is a stub");
        ASSERT_TRUE(from_stream && open_stream && allocate && free_buffer) << "export missing";
        ASSERT_HR(S_OK, open_stream(allocate, free_buffer,
                                    SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE |
                                        STGM_DELETEONRELEASE,
                                    nullptr, nullptr, stream.put()));
    }

    /// Makes a compound file with the stream "s" in the storage.
    void fill(std::string_view content) {
        ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, kCreateModify, storage.put()));
        write(REMAPI_W("s"), content);
        EXPECT_HR(S_OK, storage->Commit(STGC_DEFAULT));
        storage.reset();
    }
    void write(const WCHAR* name, std::string_view content) {
        com::Ptr<IStream> element;
        ASSERT_HR(S_OK, storage->CreateStream(name, kReadWrite | STGM_CREATE, 0, 0, element.put()));
        EXPECT_HR(S_OK,
                  element->Write(content.data(), static_cast<ULONG>(content.size()), nullptr));
    }
    std::string read(const WCHAR* name) {
        com::Ptr<IStream> element;
        if (FAILED(storage->OpenStream(name, nullptr, kRead, 0, element.put()))) return "(none)";
        std::string content(100000, '\0');
        ULONG got = 0;
        EXPECT_GE(element->Read(content.data(), static_cast<ULONG>(content.size()), &got), 0);
        return content.substr(0, got);
    }
    void seek(std::int64_t to) {
        LARGE_INTEGER move = {};
        move.QuadPart = to;
        ASSERT_HR(S_OK, stream->Seek(move, STREAM_SEEK_SET, nullptr));
    }

    const Subject& mapi = Subject::the();
    FromStream* from_stream = mapi.find<FromStream>("HrIStorageFromStream");
    OpenStreamFunction* open_stream = mapi.find<OpenStreamFunction>("OpenStreamOnFile");
    MAPIALLOCATEBUFFER* allocate = mapi.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    com::Ptr<IStream> stream;
    com::Ptr<IStorage> storage;
};

TEST_F(StorageOnStream, TheArgumentsAreChecked) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              from_stream(nullptr, nullptr, kCreateModify, storage.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_stream(stream.get(), nullptr, kCreateModify, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, from_stream(stream.get(), nullptr, 0x4, storage.put()));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              from_stream(stream.get(), &IID_IStorage, kCreateModify, storage.put()));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              from_stream(stream.get(), &IID_ILockBytes, kCreateModify, storage.put()));
    EXPECT_FALSE(storage);
}

TEST_F(StorageOnStream, ANewStorageIsEmptyAndKeepsWhatIsWritten) {
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, kCreateModify, storage.put()));
    com::Ptr<IEnumSTATSTG> elements;
    ASSERT_HR(S_OK, storage->EnumElements(0, nullptr, 0, elements.put()));
    STATSTG stat = {};
    ULONG fetched = 7;
    EXPECT_HR(S_FALSE, elements->Next(1, &stat, &fetched));
    EXPECT_EQ(0u, fetched);
    elements.reset();
    const std::string large(70000, 'x');
    write(REMAPI_W("large"), large);
    write(REMAPI_W("small"), "abc");
    storage.reset();
    ASSERT_HR(S_OK, from_stream(stream.get(), &IID_IStream, STGSTRM_RESET, storage.put()));
    EXPECT_EQ(large, read(REMAPI_W("LARGE")));
    EXPECT_EQ("abc", read(REMAPI_W("small")));
}

TEST_F(StorageOnStream, ResetGivesReadOnlyAccess) {
    fill("content");
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("s")));
    com::Ptr<IStream> element;
    EXPECT_HR(STG_E_ACCESSDENIED,
              storage->CreateStream(REMAPI_W("t"), kReadWrite, 0, 0, element.put()));
    EXPECT_HR(STG_E_ACCESSDENIED, storage->DestroyElement(REMAPI_W("s")));
}

TEST_F(StorageOnStream, ModifyGivesWriteAccessToWhatIsThere) {
    fill("content");
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_MODIFY, storage.put()));
    write(REMAPI_W("t"), "more");
    EXPECT_HR(S_OK, storage->RenameElement(REMAPI_W("s"), REMAPI_W("renamed")));
    storage.reset();
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("renamed")));
    EXPECT_EQ("more", read(REMAPI_W("t")));
}

TEST_F(StorageOnStream, CurrentStartsAtThePositionOfTheStream) {
    ASSERT_HR(S_OK, stream->Write("prefix", 6, nullptr));
    ASSERT_HR(S_OK,
              from_stream(stream.get(), nullptr, kCreateModify | STGSTRM_CURRENT, storage.put()));
    write(REMAPI_W("s"), "content");
    EXPECT_HR(S_OK, storage->Commit(STGC_DEFAULT));
    storage.reset();
    seek(0);
    char start[7] = {};
    ASSERT_GE(stream->Read(start, 6, nullptr), 0);
    EXPECT_STREQ("prefix", start);
    EXPECT_TRUE(FAILED(from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put())));
    EXPECT_FALSE(storage);
    seek(6);
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_CURRENT, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

TEST_F(StorageOnStream, ThePositionDoesNotMatterWithoutCurrent) {
    fill("content");
    seek(3);
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

TEST_F(StorageOnStream, WhatIsNoCompoundFileIsRefused) {
    fill("content");
    ASSERT_HR(S_OK, stream->SetSize({}));
    seek(0);
    EXPECT_TRUE(FAILED(from_stream(stream.get(), nullptr, STGSTRM_MODIFY, storage.put())));
    ASSERT_HR(S_OK, stream->Write(std::string(4096, 'x').data(), 4096, nullptr));
    EXPECT_TRUE(FAILED(from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put())));
    EXPECT_FALSE(storage);
    STATSTG stat = {};
    ASSERT_HR(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(4096u, stat.cbSize.QuadPart) << "and left as it is";
}

TEST_F(StorageOnStream, LockBytesHoldAStorageToo) {
    const auto bytes = com::make<MemoryLockBytes>();
    ASSERT_HR(S_OK, from_stream(bytes.get(), &IID_ILockBytes, kCreateModify, storage.put()));
    write(REMAPI_W("s"), "content");
    storage.reset();
    ASSERT_GE(bytes->bytes.size(), 1536u);
    EXPECT_EQ('\xD0', bytes->bytes[0]);
    ASSERT_HR(S_OK, from_stream(bytes.get(), &IID_ILockBytes, STGSTRM_RESET, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

TEST_F(StorageOnStream, TheStreamIsKeptUntilTheStorageIsReleased) {
    const auto bytes = com::make<MemoryLockBytes>();
    ASSERT_HR(S_OK, from_stream(bytes.get(), &IID_ILockBytes, kCreateModify, storage.put()));
    bytes->AddRef();
    EXPECT_GT(bytes->Release(), 1u);
    storage.reset();
    bytes->AddRef();
    EXPECT_EQ(1u, bytes->Release());
}

TEST_F(StorageOnStream, StoragesNestAndKeepClassAndBits) {
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, kCreateModify, storage.put()));
    com::Ptr<IStorage> inner;
    ASSERT_HR(S_OK, storage->CreateStorage(REMAPI_W("inner"), kReadWrite, 0, 0, inner.put()));
    EXPECT_HR(S_OK, inner->SetClass(IID_IMessage));
    EXPECT_HR(S_OK, inner->SetStateBits(0xFF, 0x0F));
    STATSTG stat = {};
    ASSERT_HR(S_OK, inner->Stat(&stat, STATFLAG_NONAME));
    // On PE storages are the system's, and Wine's keep no state bits.
    if (!port::on_wine()) {
        EXPECT_EQ(0x0Fu, stat.grfStateBits);
    }
    std::swap(storage, inner);
    write(REMAPI_W("deep"), "content");
    std::swap(storage, inner);
    inner.reset();
    storage.reset();
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    ASSERT_HR(S_OK,
              storage->OpenStorage(REMAPI_W("inner"), nullptr, kRead, nullptr, 0, inner.put()));
    ASSERT_HR(S_OK, inner->Stat(&stat, STATFLAG_NONAME));
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IMessage));
    EXPECT_EQ(DWORD{STGTY_STORAGE}, stat.type);
    std::swap(storage, inner);
    EXPECT_EQ("content", read(REMAPI_W("deep")));
}

TEST_F(StorageOnStream, ElementsAreCopiedBetweenStorages) {
    fill("content");
    ASSERT_HR(S_OK, from_stream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    const auto bytes = com::make<MemoryLockBytes>();
    com::Ptr<IStorage> target;
    ASSERT_HR(S_OK, from_stream(bytes.get(), &IID_ILockBytes, kCreateModify, target.put()));
    EXPECT_HR(S_OK, storage->CopyTo(0, nullptr, nullptr, target.get()));
    storage = target;
    target.reset();
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

}  // namespace
}  // namespace remapi::test
