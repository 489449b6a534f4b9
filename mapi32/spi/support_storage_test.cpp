// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPISupport::IStorageFromStream. What a storage then does is tested in object/storage.
#include <gtest/gtest.h>

#include "object/stream/foreign_backing.h"
#include "object/stream/lock_bytes.h"
#include "object/stream/memory_stream.h"
#include "spi/support.h"
#include "spi/testing/fake_host.h"

namespace remapi::spi {
namespace {

constexpr DWORD kReadWrite = STGM_READWRITE | STGM_SHARE_EXCLUSIVE;
constexpr DWORD kRead = STGM_READ | STGM_SHARE_EXCLUSIVE;

/// References to `object`, as its own Release tells.
ULONG references(IUnknown* object) {
    object->AddRef();
    return object->Release();
}

class SupportStorage : public ::testing::Test {
protected:
    com::Ptr<IMAPISupport> support(ProviderKind kind) {
        return make_support(host, testing::identity(kind, "remapinull"));
    }
    void write(const WCHAR* name, std::string_view text) {
        com::Ptr<IStream> element;
        ASSERT_EQ(S_OK, storage->CreateStream(name, kReadWrite | STGM_CREATE, 0, 0, element.put()));
        EXPECT_EQ(S_OK, element->Write(text.data(), static_cast<ULONG>(text.size()), nullptr));
    }
    /// "(none)" when the storage has no such stream.
    std::string read(const WCHAR* name) {
        com::Ptr<IStream> element;
        if (storage->OpenStream(name, nullptr, kRead, 0, element.put()) != S_OK) return "(none)";
        char text[64] = {};
        ULONG got = 0;
        EXPECT_GE(element->Read(text, sizeof(text), &got), 0);
        return std::string(text, got);
    }
    /// Leaves a compound file with the stream "s" in `stream`, from its position on.
    void fill(std::string_view text) {
        const auto store = support(ProviderKind::Store);
        ASSERT_EQ(S_OK, store->IStorageFromStream(stream.get(), nullptr,
                                                  STGSTRM_CREATE | STGSTRM_MODIFY | STGSTRM_CURRENT,
                                                  storage.put()));
        write(REMAPI_W("s"), text);
        EXPECT_EQ(S_OK, storage->Commit(STGC_DEFAULT));
        storage.reset();
    }
    void seek(LONGLONG to) {
        LARGE_INTEGER move = {};
        move.QuadPart = to;
        ASSERT_EQ(S_OK, stream->Seek(move, STREAM_SEEK_SET, nullptr));
    }

    std::shared_ptr<testing::FakeHost> host = std::make_shared<testing::FakeHost>();
    com::Ptr<IStream> stream = object::make_memory_stream({});
    com::Ptr<IStorage> storage;
};

TEST_F(SupportStorage, EveryProviderCanLayerAStorageOnAStreamAndAServiceCannot) {
    for (const ProviderKind kind :
         {ProviderKind::Store, ProviderKind::AddressBook, ProviderKind::Transport}) {
        SCOPED_TRACE(static_cast<int>(kind));
        stream = object::make_memory_stream({});
        const auto object = support(kind);
        ASSERT_EQ(S_OK, object->IStorageFromStream(stream.get(), nullptr,
                                                   STGSTRM_CREATE | STGSTRM_MODIFY, storage.put()));
        write(REMAPI_W("s"), "content");
        EXPECT_EQ(S_OK, storage->Commit(STGC_DEFAULT));
        storage.reset();
        ASSERT_EQ(S_OK, object->IStorageFromStream(stream.get(), &IID_IStream, STGSTRM_RESET,
                                                   storage.put()));
        EXPECT_EQ("content", read(REMAPI_W("s")));
        storage.reset();
    }
    const auto service = support(ProviderKind::Service);
    auto* answer = reinterpret_cast<IStorage*>(&host);
    EXPECT_EQ(MAPI_E_NO_SUPPORT,
              service->IStorageFromStream(stream.get(), nullptr, STGSTRM_RESET, &answer));
    EXPECT_EQ(nullptr, answer);
}

TEST_F(SupportStorage, OnlyModifyAndCreateGiveWriteAccess) {
    fill("content");
    const auto store = support(ProviderKind::Store);
    ASSERT_EQ(S_OK, store->IStorageFromStream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    com::Ptr<IStream> element;
    EXPECT_EQ(STG_E_ACCESSDENIED,
              storage->CreateStream(REMAPI_W("t"), kReadWrite, 0, 0, element.put()));
    storage.reset();
    ASSERT_EQ(S_OK,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_MODIFY, storage.put()));
    write(REMAPI_W("t"), "more");
    EXPECT_EQ("content", read(REMAPI_W("s"))) << "what was there stays";
    storage.reset();
    ASSERT_EQ(S_OK,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_CREATE, storage.put()));
    EXPECT_EQ("(none)", read(REMAPI_W("s"))) << "CREATE begins anew";
    write(REMAPI_W("u"), "new");
    EXPECT_EQ("new", read(REMAPI_W("u")));
}

TEST_F(SupportStorage, TheStorageStartsAtZeroOrAtThePositionOfTheStream) {
    ASSERT_EQ(S_OK, stream->Write("prefix", 6, nullptr));
    fill("content");
    const auto store = support(ProviderKind::Store);
    seek(6);
    EXPECT_TRUE(
        FAILED(store->IStorageFromStream(stream.get(), nullptr, STGSTRM_RESET, storage.put())))
        << "what lies at zero is no compound file";
    EXPECT_FALSE(storage);
    seek(6);
    ASSERT_EQ(S_OK,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_CURRENT, storage.put()));
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

TEST_F(SupportStorage, TheInterfaceSaysWhatTheObjectIsAskedFor) {
    const auto store = support(ProviderKind::Store);
    const auto bytes = object::make_lock_bytes(object::backing_on_stream(stream.get(), 0, true));
    ASSERT_EQ(S_OK, store->IStorageFromStream(bytes.get(), &IID_ILockBytes,
                                              STGSTRM_CREATE | STGSTRM_MODIFY, storage.put()));
    write(REMAPI_W("s"), "content");
    EXPECT_EQ("content", read(REMAPI_W("s")));
    storage.reset();
    const struct {
        IUnknown* object;
        const IID* iid;
    } kRefused[] = {{bytes.get(), nullptr},
                    {bytes.get(), &IID_IStream},
                    {stream.get(), &IID_ILockBytes},
                    {stream.get(), &IID_IStorage},
                    {stream.get(), &IID_IUnknown}};
    for (const auto& [object, iid] : kRefused) {
        EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED,
                  store->IStorageFromStream(object, iid, STGSTRM_RESET, storage.put()));
        EXPECT_FALSE(storage);
    }
}

TEST_F(SupportStorage, TheStreamIsKeptWhileTheStorageLives) {
    fill("content");
    const auto store = support(ProviderKind::Store);
    const ULONG before = references(stream.get());
    ASSERT_EQ(S_OK, store->IStorageFromStream(stream.get(), nullptr, STGSTRM_RESET, storage.put()));
    EXPECT_GT(references(stream.get()), before);
    storage.reset();
    EXPECT_EQ(before, references(stream.get()));
}

TEST_F(SupportStorage, BadArgumentsAreRefusedAndTheStreamIsLeftAlone) {
    const auto store = support(ProviderKind::Store);
    auto* answer = reinterpret_cast<IStorage*>(&host);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store->IStorageFromStream(nullptr, nullptr, STGSTRM_CREATE, &answer));
    EXPECT_EQ(nullptr, answer);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_CREATE, nullptr));
    constexpr ULONG kNoFlag = 0x8;
    answer = reinterpret_cast<IStorage*>(&host);
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_CREATE | kNoFlag, &answer));
    EXPECT_EQ(nullptr, answer);
    STATSTG stat = {};
    ASSERT_EQ(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(0u, stat.cbSize.QuadPart);
}

TEST_F(SupportStorage, AStreamWithoutACompoundFileIsRefusedAndLeftAsItIs) {
    const std::string text(4096, 'x');
    ASSERT_EQ(S_OK, stream->Write(text.data(), 4096, nullptr));
    const auto store = support(ProviderKind::Store);
    for (const ULONG flags : {STGSTRM_RESET, STGSTRM_MODIFY}) {
        EXPECT_TRUE(FAILED(store->IStorageFromStream(stream.get(), nullptr, flags, storage.put())));
        EXPECT_FALSE(storage);
    }
    seek(0);
    std::string now(4097, '\0');
    ULONG got = 0;
    EXPECT_GE(stream->Read(now.data(), 4097, &got), 0);
    EXPECT_EQ(text, now.substr(0, got));
}

TEST_F(SupportStorage, TheSupportObjectNeedsNoSessionForIt) {
    const auto store = support(ProviderKind::Store);
    close_support(store.get());
    ASSERT_EQ(S_OK,
              store->IStorageFromStream(stream.get(), nullptr, STGSTRM_CREATE, storage.put()));
    write(REMAPI_W("s"), "content");
    EXPECT_EQ("content", read(REMAPI_W("s")));
}

}  // namespace
}  // namespace remapi::spi
