// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Programs load mapi32, take an object and unload mapi32 before they release the object.
#include <gtest/gtest.h>

#include <cstring>

#include "abi/iids.h"
#include "compat-tests/conformance/memory_lock_bytes.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

LONG STDAPICALLTYPE ignore_events(LPVOID context, ULONG, LPNOTIFICATION) {
    *static_cast<bool*>(context) = true;
    return S_OK;
}

/// Not by way of Subject, which never unloads. ARCHITECTURE.md: mapi32 pins itself at the first
/// real call.
class UnloadedLibrary : public testing::Test {
protected:
    void SetUp() override {
        std::string error;
        ASSERT_TRUE(library.load(error, Subject::variable())) << error;
        if (vendor_of(library.module()) != Vendor::Ours) GTEST_SKIP() << "may unload itself";
        allocate = library.find<ALLOCATEBUFFER>("MAPIAllocateBuffer");
        more = library.find<ALLOCATEMORE>("MAPIAllocateMore");
        free_buffer = library.find<FREEBUFFER>("MAPIFreeBuffer");
        ASSERT_TRUE(allocate && more && free_buffer) << "export missing";
    }

    MapiLibrary library;
    ALLOCATEBUFFER* allocate = nullptr;
    ALLOCATEMORE* more = nullptr;
    FREEBUFFER* free_buffer = nullptr;
};

TEST_F(UnloadedLibrary, LeavesBuffersToTheirOwner) {
    void* block = nullptr;
    ASSERT_HR(S_OK, allocate(16, &block));
    library.unload();
    std::memset(block, 1, 16);
    EXPECT_EQ(ULONG{S_OK}, free_buffer(block));
}

TEST_F(UnloadedLibrary, LeavesTheDefaultAllocatorBehind) {
    const auto get = library.find<LPMALLOC WINAPI()>("MAPIGetDefaultMalloc");
    IMalloc* const allocator = get();
    ASSERT_NE(nullptr, allocator);
    library.unload();
    void* const block = allocator->Alloc(16);
    ASSERT_NE(nullptr, block);
    allocator->Free(block);
}

TEST_F(UnloadedLibrary, LeavesPropertyObjectsBehind) {
    const auto create = library.find<std::remove_pointer_t<decltype(&CreateIProp)>>("CreateIProp");
    com::Ptr<IPropData> object;
    ASSERT_HR(S_OK, create(nullptr, allocate, more, free_buffer, nullptr, object.put()));
    library.unload();
    SPropValue value = {};
    value.ulPropTag = PR_PRIORITY;
    EXPECT_HR(S_OK, object->SetProps(1, &value, nullptr));
    EXPECT_EQ(0u, object.detach()->Release());
}

TEST_F(UnloadedLibrary, LeavesTablesBehind) {
    const auto create = library.find<std::remove_pointer_t<decltype(&CreateTable)>>("CreateTable");
    SPropTagArray columns = {1, {PR_ROWID}};
    com::Ptr<ITableData> data;
    ASSERT_HR(S_OK, create(nullptr, allocate, more, free_buffer, nullptr, TBLTYPE_DYNAMIC, PR_ROWID,
                           &columns, data.put()));
    library.unload();
    com::Ptr<IMAPITable> view;
    EXPECT_HR(S_OK, data->HrGetView(nullptr, nullptr, 0, view.put()));
    ULONG rows = 7;
    EXPECT_HR(S_OK, view->GetRowCount(0, &rows));
    EXPECT_EQ(0u, rows);
}

TEST_F(UnloadedLibrary, LeavesDisplayTablesBehind) {
    const auto build =
        library.find<std::remove_pointer_t<decltype(&BuildDisplayTable)>>("BuildDisplayTable");
    com::Ptr<IMAPITable> table;
    ASSERT_HR(S_OK, build(allocate, more, free_buffer, nullptr, nullptr, 0, nullptr, 0, table.put(),
                          nullptr));
    library.unload();
    ULONG rows = 7;
    EXPECT_HR(S_OK, table->GetRowCount(0, &rows));
    EXPECT_EQ(0u, rows);
}

TEST_F(UnloadedLibrary, LeavesAdviseSinksBehind) {
    const auto make =
        library.find<std::remove_pointer_t<decltype(&HrAllocAdviseSink)>>("HrAllocAdviseSink");
    bool is_called = false;
    com::Ptr<IMAPIAdviseSink> sink;
    ASSERT_HR(S_OK, make(&ignore_events, &is_called, sink.put()));
    library.unload();
    NOTIFICATION event = {};
    event.ulEventType = fnevNewMail;
    EXPECT_EQ(ULONG{S_OK}, sink->OnNotify(1, &event));
    EXPECT_TRUE(is_called);
}

TEST_F(UnloadedLibrary, LeavesStoragesBehind) {
    using FromStream = HRESULT STDAPICALLTYPE(LPUNKNOWN, LPCIID, ULONG, LPSTORAGE*);
    const auto from_stream = library.find<FromStream>("HrIStorageFromStream");
    const auto bytes = com::make<MemoryLockBytes>();
    com::Ptr<IStorage> storage;
    ASSERT_HR(S_OK, from_stream(bytes.get(), &IID_ILockBytes, STGSTRM_CREATE | STGSTRM_MODIFY,
                                storage.put()));
    library.unload();
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, storage->CreateStream(REMAPI_W("s"), STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0,
                                          0, stream.put()));
    EXPECT_HR(S_OK, stream->Write("content", 7, nullptr));
    stream.reset();
    EXPECT_HR(S_OK, storage->Commit(STGC_DEFAULT));
    EXPECT_LE(1536u, bytes->bytes.size());
}

}  // namespace
}  // namespace remapi::test
