// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: the imapisession-... family, mapi/message-store-tables.md, mapi/status-tables.md
#include "abi/remapi_tags.h"
#include "format/one_off.h"
#include "format/wrapped_entry_id.h"
#include "session/profile/services.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

ENTRYID* raw(const Bytes& id) {
    return reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data()));
}

class Session : public SessionTest {
protected:
    void SetUp() override {
        SessionTest::SetUp();
        make_profile(REMAPI_W("One"), REMAPI_W("FULL"));
        m_session = log_on_to(REMAPI_W("One"));
    }
    void TearDown() override {
        m_session.reset();
        SessionTest::TearDown();
    }
    Profile profile() { return Profile::open(REMAPI_W("One")); }
    std::vector<PropertyBag> stores() {
        com::Ptr<IMAPITable> table;
        EXPECT_EQ(S_OK, m_session->GetMsgStoresTable(MAPI_UNICODE, table.put()));
        return spi::read_rows(table.get());
    }
    std::vector<PropertyBag> status() {
        com::Ptr<IMAPITable> table;
        EXPECT_EQ(S_OK, m_session->GetStatusTable(MAPI_UNICODE, table.put()));
        return spi::read_rows(table.get());
    }
    HRESULT open_store(const Bytes& id, com::Ptr<IMsgStore>& store, ULONG flags = MDB_NO_DIALOG) {
        return m_session->OpenMsgStore(0, narrow_size(id.size()), raw(id), nullptr, flags,
                                       store.put());
    }

    com::Ptr<IMAPISession> m_session;
};

TEST_F(Session, TheStoreTableHasItsRequiredColumns) {
    const std::vector<PropertyBag> rows = stores();
    ASSERT_EQ(1u, rows.size());
    EXPECT_TRUE(rows[0].truth(PR_DEFAULT_STORE));
    EXPECT_EQ(StringView(REMAPI_W("Null Store")), rows[0].text(PR_DISPLAY_NAME_W));
    EXPECT_EQ(StringView(REMAPI_W("Null Provider")), rows[0].text(PR_PROVIDER_DISPLAY_W));
    EXPECT_EQ(MAPI_STORE, rows[0].number(PR_OBJECT_TYPE));
    EXPECT_EQ(MAPI_STORE_PROVIDER, rows[0].number(PR_RESOURCE_TYPE));
    EXPECT_TRUE(format::is_wrapped_store_id(rows[0].bytes(PR_ENTRYID)));
    EXPECT_FALSE(rows[0].bytes(PR_INSTANCE_KEY).empty());
}

TEST_F(Session, OpensAStoreByTheTablesEntryIdAndLearnsFromIt) {
    com::Ptr<IMsgStore> store;
    ASSERT_EQ(S_OK, open_store(to_bytes(stores()[0].bytes(PR_ENTRYID)), store));
    EXPECT_EQ(StringView(REMAPI_W("Null store")),
              spi::read_properties(store.get(), {PR_DISPLAY_NAME_W}).text(PR_DISPLAY_NAME_W));
    EXPECT_EQ(StringView(REMAPI_W("Null store")), stores()[0].text(PR_DISPLAY_NAME_W));
    EXPECT_TRUE(equal_bytes(view_bytes(null_provider::kUid), stores()[0].bytes(PR_RECORD_KEY)));
}

TEST_F(Session, AStoreThatNobodyHasIsNotFound) {
    com::Ptr<IMsgStore> store;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              m_session->OpenMsgStore(0, 0, nullptr, nullptr, 0, store.put()));
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_store(Bytes(40, 9), store));
    EXPECT_EQ(MAPI_E_NOT_FOUND,
              open_store(format::wrap_store_entry_id("remapigone.dll", Bytes(24, 9)), store));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS,
              open_store(to_bytes(stores()[0].bytes(PR_ENTRYID)), store, 0x40000000));
    EXPECT_FALSE(store);
}

TEST_F(Session, AStoreOutsideTheProfileIsOpenedByItsWrappedEntryId) {
    com::Ptr<IMsgStore> store;
    EXPECT_EQ(S_OK, open_store(format::wrap_store_entry_id("remapinull.dll", Bytes(24, 9)), store));
    EXPECT_TRUE(store);
    EXPECT_EQ(1u, stores().size());
}

TEST_F(Session, ARefusedLogonIsPassedOn) {
    const MAPIUID provider = provider_uids(profile(), spi::ProviderKind::Store).at(0);
    profile().write(provider, PropValue(null_provider::kTagLogonAnswer, LONG{MAPI_E_UNCONFIGURED}));
    com::Ptr<IMsgStore> store;
    EXPECT_EQ(MAPI_E_UNCONFIGURED, open_store(to_bytes(stores()[0].bytes(PR_ENTRYID)), store));
    profile().write(provider, PropValue(null_provider::kTagLogonAnswer, LONG{S_OK}));
    EXPECT_EQ(S_OK, open_store(to_bytes(stores()[0].bytes(PR_ENTRYID)), store));
}

TEST_F(Session, OpenEntryOpensStoresOneOffsAndStatusObjects) {
    ULONG type = 0;
    com::Ptr<IUnknown> object;
    const Bytes store = to_bytes(stores()[0].bytes(PR_ENTRYID));
    EXPECT_EQ(S_OK, m_session->OpenEntry(narrow_size(store.size()), raw(store), nullptr, 0, &type,
                                         object.put()));
    EXPECT_EQ(static_cast<ULONG>(MAPI_STORE), type);
    const Bytes one_off =
        format::encode_one_off({REMAPI_W("A"), REMAPI_W("SMTP"), REMAPI_W("a@b.c")});
    EXPECT_EQ(S_OK, m_session->OpenEntry(narrow_size(one_off.size()), raw(one_off), nullptr, 0,
                                         &type, object.put()));
    EXPECT_EQ(static_cast<ULONG>(MAPI_MAILUSER), type);
    const Bytes row = to_bytes(status()[0].bytes(PR_ENTRYID));
    EXPECT_EQ(S_OK, m_session->OpenEntry(narrow_size(row.size()), raw(row), nullptr, 0, &type,
                                         object.put()));
    EXPECT_EQ(static_cast<ULONG>(MAPI_STATUS), type);
    const Bytes foreign(40, 3);
    EXPECT_EQ(MAPI_E_UNKNOWN_ENTRYID,
              m_session->OpenEntry(narrow_size(foreign.size()), raw(foreign), nullptr, 0, &type,
                                   object.put()));
    EXPECT_EQ(MAPI_E_INVALID_ENTRYID,
              m_session->OpenEntry(3, raw(foreign), nullptr, 0, &type, object.put()));
}

TEST_F(Session, ComparesEntryIdsOfOneProvider) {
    const Bytes left = to_bytes(stores()[0].bytes(PR_ENTRYID));
    const Bytes right = format::wrap_store_entry_id("remapinull.dll", Bytes(24, 9));
    const auto compare = [&](const Bytes& a, const Bytes& b) {
        ULONG same = 7;
        EXPECT_EQ(S_OK, m_session->CompareEntryIDs(narrow_size(a.size()), raw(a),
                                                   narrow_size(b.size()), raw(b), 0, &same));
        return same;
    };
    EXPECT_EQ(1u, compare(left, left));
    EXPECT_EQ(0u, compare(left, right));
    const Bytes a = format::encode_one_off({REMAPI_W("A"), REMAPI_W("SMTP"), REMAPI_W("a@b.c")});
    const Bytes b = format::encode_one_off({REMAPI_W("A"), REMAPI_W("smtp"), REMAPI_W("A@b.C")});
    EXPECT_EQ(1u, compare(a, b));
    EXPECT_EQ(0u, compare(a, left));
}

TEST_F(Session, TheStatusTableHasMapisRowsAndTheProviders) {
    com::Ptr<IMsgStore> store;
    ASSERT_EQ(S_OK, open_store(to_bytes(stores()[0].bytes(PR_ENTRYID)), store));
    const std::vector<PropertyBag> rows = status();
    ASSERT_GE(rows.size(), 4u);
    EXPECT_EQ(static_cast<std::int64_t>(MAPI_SUBSYSTEM), rows[0].number(PR_RESOURCE_TYPE));
    EXPECT_EQ(static_cast<std::int64_t>(MAPI_SPOOLER), rows[1].number(PR_RESOURCE_TYPE));
    EXPECT_EQ(static_cast<std::int64_t>(MAPI_AB), rows[2].number(PR_RESOURCE_TYPE));
    for (const PropertyBag& row : rows) EXPECT_EQ(MAPI_STATUS, row.number(PR_OBJECT_TYPE));
    EXPECT_EQ(static_cast<std::int64_t>(MAPI_STORE_PROVIDER), rows[3].number(PR_RESOURCE_TYPE));
}

TEST_F(Session, TransportsTellTheirAddressTypes) {
    ULONG count = 0;
    Buffer<LPTSTR> types;
    ASSERT_EQ(S_OK, m_session->EnumAdrTypes(MAPI_UNICODE, &count, types.put()));
    ASSERT_EQ(1u, count);
    EXPECT_EQ(String(null_provider::kAddressType),
              String(reinterpret_cast<const WideChar*>(types[0])));
    m_session = log_on_to(REMAPI_W("One"), MAPI_NO_MAIL);
    ASSERT_EQ(S_OK, m_session->EnumAdrTypes(0, &count, types.put()));
    EXPECT_EQ(0u, count);
}

TEST_F(Session, NobodysIdentityIsAWarning) {
    ULONG bytes = 0;
    Buffer<ENTRYID> entry;
    EXPECT_EQ(MAPI_W_NO_SERVICE, m_session->QueryIdentity(&bytes, entry.put()));
    EXPECT_TRUE(format::is_one_off(view_bytes(entry.get(), bytes)));
}

TEST_F(Session, TheDefaultStoreCanBeChosenAndTakenAway) {
    const Bytes id = to_bytes(stores()[0].bytes(PR_ENTRYID));
    ASSERT_EQ(S_OK, m_session->SetDefaultStore(MAPI_DEFAULT_STORE, 0, nullptr));
    EXPECT_FALSE(stores()[0].truth(PR_DEFAULT_STORE, true));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([&] { open_default_store(*m_session, 0); }));
    ASSERT_EQ(S_OK,
              m_session->SetDefaultStore(MAPI_DEFAULT_STORE, narrow_size(id.size()), raw(id)));
    EXPECT_TRUE(stores()[0].truth(PR_DEFAULT_STORE));
    EXPECT_TRUE(default_store(profile()).has_value());
    ASSERT_EQ(S_OK, m_session->SetDefaultStore(MAPI_SIMPLE_STORE_TEMPORARY, narrow_size(id.size()),
                                               raw(id)));
    EXPECT_TRUE(stores()[0].number(PR_RESOURCE_FLAGS) & STATUS_SIMPLE_STORE);
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS,
              m_session->SetDefaultStore(77, narrow_size(id.size()), raw(id)));
}

TEST_F(Session, ProvidersSectionsNeedForceAndOthersDoNot) {
    MAPIUID provider = provider_uids(profile()).at(0);
    com::Ptr<IProfSect> section;
    EXPECT_EQ(MAPI_E_NO_ACCESS,
              m_session->OpenProfileSection(&provider, nullptr, 0, section.put()));
    MAPIUID own = {{42}};
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_session->OpenProfileSection(&own, nullptr, 0, section.put()));
    EXPECT_EQ(S_OK, m_session->OpenProfileSection(&own, nullptr, MAPI_MODIFY, section.put()));
}

TEST_F(Session, WhatIsNotBuiltSaysSo) {
    ULONG_PTR token = 1;
    EXPECT_EQ(MAPI_E_NO_SUPPORT, m_session->PrepareForm(nullptr, nullptr, &token));
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_session->MessageOptions(0, 0, nullptr, nullptr));
    void* other = nullptr;
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, m_session->QueryInterface(IID_IMessage, &other));
}

}  // namespace
}  // namespace remapi::session
