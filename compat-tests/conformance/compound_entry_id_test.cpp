// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "compat-tests/conformance/stores_session.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using EntryId = std::vector<BYTE>;

SBinary binary(const EntryId& bytes) {
    return {static_cast<ULONG>(bytes.size()), const_cast<BYTE*>(bytes.data())};
}
LPENTRYID as_entry(const EntryId& id) {
    return reinterpret_cast<LPENTRYID>(const_cast<BYTE*>(id.data()));
}
ULONG bytes_in(const EntryId& id) {
    return static_cast<ULONG>(id.size());
}

/// Pages: mapi/hrcomposeeid.md, mapi/hrdecomposeeid.md, mapi/hrcomposemsgid.md,
/// mapi/hrdecomposemsgid.md
class CompoundEntryId : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(compose && decompose && compose_text && decompose_text && free_buffer &&
                    allocate_more)
            << "export missing";
    }
    void TearDown() override {
        for (const LPENTRYID block : {m_whole, m_store_id, m_object}) free_buffer(block);
    }

    /// A session with two stores, whose table is the library's own.
    com::Ptr<IMAPISession> session() {
        const auto create = mapi.find<CreateTableFunction>("CreateTable");
        const auto allocate = mapi.find<ALLOCATEBUFFER>("MAPIAllocateBuffer");
        SizedSPropTagArray(3, columns) = {3, {PR_ROWID, PR_ENTRYID, PR_RECORD_KEY}};
        com::Ptr<ITableData> data;
        com::Ptr<IMAPITable> view;
        if (create(&IID_IMAPITableData, allocate, allocate_more, free_buffer, nullptr,
                   TBLTYPE_DYNAMIC, PR_ROWID, reinterpret_cast<LPSPropTagArray>(&columns),
                   data.put()) != S_OK) {
            ADD_FAILURE() << "CreateTable failed";
            return {};
        }
        add_store(*data.get(), 1, m_other_store, {9, 9, 9});
        add_store(*data.get(), 2, m_store, m_key);
        EXPECT_HR(S_OK, data->HrGetView(nullptr, nullptr, 0, view.put()));
        return com::make<StoresSession>(view);
    }
    static void add_store(ITableData& data, LONG number, const EntryId& store, const EntryId& key) {
        SPropValue values[3] = {};
        values[0].ulPropTag = PR_ROWID;
        values[0].Value.l = number;
        values[1].ulPropTag = PR_ENTRYID;
        values[1].Value.bin = binary(store);
        values[2].ulPropTag = PR_RECORD_KEY;
        values[2].Value.bin = binary(key);
        SRow row = {0, 3, values};
        EXPECT_HR(S_OK, data.HrModifyRow(&row));
    }

    HRESULT compose_whole(const EntryId& key, const EntryId& id) {
        return compose(nullptr, bytes_in(key), const_cast<BYTE*>(key.data()), bytes_in(id),
                       as_entry(id), &m_whole_size, &m_whole);
    }
    HRESULT take_apart(IMAPISession* session, ULONG size, LPENTRYID whole) {
        m_store_size = m_object_size = 77;
        return decompose(session, size, whole, &m_store_size, &m_store_id, &m_object_size,
                         &m_object);
    }
    EntryId taken(ULONG size, LPENTRYID& block) {
        const auto* const bytes = reinterpret_cast<const BYTE*>(block);
        EntryId id(bytes, bytes + size);
        free_buffer(std::exchange(block, nullptr));
        return id;
    }

    using CreateTableFunction = SCODE WINAPI(LPCIID, ALLOCATEBUFFER*, ALLOCATEMORE*, FREEBUFFER*,
                                             LPVOID, ULONG, ULONG, LPSPropTagArray, LPTABLEDATA*);
    const Subject& mapi = Subject::the();
    HRESULT(WINAPI* compose)
    (LPMAPISESSION, ULONG, LPBYTE, ULONG, LPENTRYID, ULONG*,
     LPENTRYID*) = mapi.find<HRESULT WINAPI(LPMAPISESSION, ULONG, LPBYTE, ULONG, LPENTRYID, ULONG*,
                                            LPENTRYID*)>("HrComposeEID");
    HRESULT(WINAPI* decompose)
    (LPMAPISESSION, ULONG, LPENTRYID, ULONG*, LPENTRYID*, ULONG*,
     LPENTRYID*) = mapi.find<HRESULT WINAPI(LPMAPISESSION, ULONG, LPENTRYID, ULONG*, LPENTRYID*,
                                            ULONG*, LPENTRYID*)>("HrDecomposeEID");
    HRESULT(WINAPI* compose_text)
    (LPMAPISESSION, ULONG, LPBYTE, ULONG, LPENTRYID, LPSTR*) =
        mapi.find<HRESULT WINAPI(LPMAPISESSION, ULONG, LPBYTE, ULONG, LPENTRYID, LPSTR*)>(
            "HrComposeMsgID");
    HRESULT(WINAPI* decompose_text)
    (LPMAPISESSION, LPCSTR, ULONG*, LPENTRYID*, ULONG*, LPENTRYID*) =
        mapi.find<HRESULT WINAPI(LPMAPISESSION, LPCSTR, ULONG*, LPENTRYID*, ULONG*, LPENTRYID*)>(
            "HrDecomposeMsgID");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    MAPIALLOCATEMORE* allocate_more = mapi.find<MAPIALLOCATEMORE>("MAPIAllocateMore");

    const EntryId m_store = {0, 0, 0, 0, 's', 't', 'o', 'r', 'e'};
    const EntryId m_other_store = {0, 0, 0, 0, 'o', 't', 'h', 'e', 'r'};
    const EntryId m_key = {9, 9, 9, 9};
    const EntryId m_message = {0, 0, 0, 0, 'm', 's', 'g'};
    ULONG m_whole_size = 0;
    LPENTRYID m_whole = nullptr;
    ULONG m_store_size = 0;
    LPENTRYID m_store_id = nullptr;
    ULONG m_object_size = 0;
    LPENTRYID m_object = nullptr;
};

TEST_F(CompoundEntryId, WithoutAStoreTheIdentifierIsCopied) {
    ASSERT_HR(S_OK, compose_whole({}, m_message));
    EXPECT_EQ(m_message, taken(m_whole_size, m_whole));
}

TEST_F(CompoundEntryId, ItIsSplitIntoTheStoresIdentifierAndTheObjects) {
    ASSERT_HR(S_OK, compose_whole(m_key, m_message));
    ASSERT_HR(S_OK, take_apart(session().get(), m_whole_size, m_whole));
    m_whole = nullptr;
    EXPECT_EQ(m_store, taken(m_store_size, m_store_id));
    EXPECT_EQ(m_message, taken(m_object_size, m_object));
}

TEST_F(CompoundEntryId, TwoStoresMakeTwoIdentifiers) {
    ASSERT_HR(S_OK, compose_whole(m_key, m_message));
    const EntryId first = taken(m_whole_size, m_whole);
    ASSERT_HR(S_OK, compose_whole({9, 9, 9}, m_message));
    EXPECT_NE(first, taken(m_whole_size, m_whole));
}

TEST_F(CompoundEntryId, AnyOtherIdentifierIsCopiedAndHasNoStore) {
    ASSERT_HR(S_OK, take_apart(nullptr, bytes_in(m_message), as_entry(m_message)));
    EXPECT_EQ(0u, m_store_size);
    EXPECT_EQ(nullptr, m_store_id);
    EXPECT_EQ(m_message, taken(m_object_size, m_object));
}

TEST_F(CompoundEntryId, TheCompoundIdentifierIsFreedOnSuccess) {
    ASSERT_HR(S_OK, compose_whole(m_key, m_message));
    void* linked = nullptr;
    ASSERT_HR(S_OK, allocate_more(1, m_whole, &linked)) << "it is a live buffer";
    ASSERT_HR(S_OK, take_apart(session().get(), m_whole_size, m_whole));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate_more(1, m_whole, &linked));
    m_whole = nullptr;
}

TEST_F(CompoundEntryId, AStoreThatTheSessionDoesNotHaveIsNotFound) {
    ASSERT_HR(S_OK, compose_whole({1}, m_message));
    EXPECT_HR(MAPI_E_NOT_FOUND, take_apart(session().get(), m_whole_size, m_whole));
    EXPECT_EQ(0u, m_store_size);
    EXPECT_EQ(0u, m_object_size);
    EXPECT_EQ(nullptr, m_store_id);
    EXPECT_EQ(nullptr, m_object);
    void* linked = nullptr;
    EXPECT_HR(S_OK, allocate_more(1, m_whole, &linked)) << "on failure it stays the caller's";
}

TEST_F(CompoundEntryId, WhatTheSessionAnswersIsAnswered) {
    ASSERT_HR(S_OK, compose_whole(m_key, m_message));
    const com::Ptr<IMAPISession> broken = com::make<StoresSession>(com::Ptr<IMAPITable>());
    EXPECT_HR(MAPI_E_CALL_FAILED, take_apart(broken.get(), m_whole_size, m_whole));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, take_apart(nullptr, m_whole_size, m_whole));
}

TEST_F(CompoundEntryId, ADamagedOneIsTreatedAsAnyOther) {
    ASSERT_HR(S_OK, compose_whole(m_key, m_message));
    const EntryId whole = taken(m_whole_size, m_whole);
    std::size_t still_compound = 0;
    for (std::size_t size = 4; size < whole.size(); ++size) {
        const EntryId cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const HRESULT hr = take_apart(nullptr, bytes_in(cut), as_entry(cut));
        if (hr == MAPI_E_INVALID_PARAMETER) {  // compound still: only the object is shorter
            ++still_compound;
            continue;
        }
        ASSERT_HR(S_OK, hr);
        EXPECT_EQ(0u, still_compound) << "a shorter one was taken for compound";
        EXPECT_EQ(cut, taken(m_object_size, m_object));
    }
    EXPECT_LE(still_compound, m_message.size());
}

TEST_F(CompoundEntryId, AsTextItIsTheSame) {
    LPSTR text = nullptr;
    ASSERT_HR(S_OK, compose_text(nullptr, bytes_in(m_key), const_cast<BYTE*>(m_key.data()),
                                 bytes_in(m_message), as_entry(m_message), &text));
    ASSERT_HR(S_OK, decompose_text(session().get(), text, &m_store_size, &m_store_id,
                                   &m_object_size, &m_object));
    free_buffer(text);
    EXPECT_EQ(m_store, taken(m_store_size, m_store_id));
    EXPECT_EQ(m_message, taken(m_object_size, m_object));
}

TEST_F(CompoundEntryId, ATextWithoutAStoreHasNone) {
    LPSTR text = nullptr;
    ASSERT_HR(S_OK,
              compose_text(nullptr, 0, nullptr, bytes_in(m_message), as_entry(m_message), &text));
    EXPECT_STREQ("000000006D7367", text);
    m_store_id = m_object;
    ASSERT_HR(S_OK,
              decompose_text(nullptr, text, &m_store_size, &m_store_id, &m_object_size, &m_object));
    free_buffer(text);
    EXPECT_EQ(0u, m_store_size);
    EXPECT_EQ(nullptr, m_store_id);
    EXPECT_EQ(m_message, taken(m_object_size, m_object));
}

TEST_F(CompoundEntryId, InvalidArgumentsAreRefused) {
    const EntryId tiny = {1, 2, 3};
    EXPECT_HR(MAPI_E_INVALID_ENTRYID, compose_whole(m_key, tiny));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, compose_whole(m_key, {}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              compose(nullptr, 4, nullptr, 7, as_entry(m_message), &m_whole_size, &m_whole));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              compose(nullptr, 0, nullptr, 7, as_entry(m_message), nullptr, &m_whole));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              compose(nullptr, 0, nullptr, 7, as_entry(m_message), &m_whole_size, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              compose_text(nullptr, 0, nullptr, 7, as_entry(m_message), nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, take_apart(nullptr, 0, as_entry(m_message)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, take_apart(nullptr, 7, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, decompose(nullptr, 7, as_entry(m_message), nullptr,
                                                  &m_store_id, &m_object_size, &m_object));
    const auto text = [&](const char* digits) {
        return decompose_text(nullptr, digits, &m_store_size, &m_store_id, &m_object_size,
                              &m_object);
    };
    EXPECT_HR(MAPI_E_INVALID_ENTRYID, text("no digits"));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, text(nullptr));
}

}  // namespace
}  // namespace remapi::test
