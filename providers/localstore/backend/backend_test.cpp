// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <functional>

#include "providers/localstore/backend/folder_rows.h"
#include "providers/localstore/backend/message_rows.h"
#include "providers/localstore/backend/schema.h"
#include "providers/localstore/backend/stored_properties.h"
#include "providers/localstore/model/store.h"
#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {
namespace {

HRESULT code_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code();
    }
    return S_OK;
}

class Backend : public testing::Test {
protected:
    Backend() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    TestFolder folder;
    const String path = folder.file(REMAPI_W("a.rms"));
};

TEST(PropertyBlob, EveryTypeComesBackAsItWas) {
    const GUID guid = {0x01020304, 0x0506, 0x0708, {9, 10, 11, 12, 13, 14, 15, 16}};
    StoredProperties stored;
    stored.values = PropertyBag(std::vector<PropValue>{
        {PROP_TAG(PT_I2, 0x6700), -2},
        {PROP_TAG(PT_LONG, 0x6701), -70000},
        {PROP_TAG(PT_R4, 0x6702), PropValue::Data(1.5f)},
        {PROP_TAG(PT_DOUBLE, 0x6703), PropValue::Data(-2.25)},
        {PROP_TAG(PT_I8, 0x6704), PropValue::Data(std::int64_t{-5'000'000'000})},
        {PROP_TAG(PT_SYSTIME, 0x6705), PropValue::Data(std::uint64_t{133'000'000'000'000'000})},
        {PROP_TAG(PT_BOOLEAN, 0x6706), true},
        {PROP_TAG(PT_UNICODE, 0x6707), REMAPI_W("Grüße €")},
        {PROP_TAG(PT_CLSID, 0x6708), PropValue::Data(guid)},
        {PROP_TAG(PT_BINARY, 0x6709), Bytes{0, 1, 255}},
        {PROP_TAG(PT_BINARY, 0x670A), Bytes{}},
        {PROP_TAG(PT_MV_LONG, 0x670B), PropValue::Data(std::vector<std::int32_t>{1, -1})},
        {PROP_TAG(PT_MV_UNICODE, 0x670C),
         PropValue::Data(std::vector<String>{REMAPI_W("a"), String()})},
        {PROP_TAG(PT_MV_BINARY, 0x670D), PropValue::Data(std::vector<Bytes>{{1}, {}, {2, 3}})},
    });
    stored.streams.push_back({PR_BODY_W, 0x123456789A, 0x100000001});
    const StoredProperties back = decode_properties(encode_properties(stored));
    EXPECT_TRUE(stored.values == back.values);
    EXPECT_TRUE(stored.streams == back.streams);
}

TEST(PropertyBlob, DamageIsReportedWhereverItLies) {
    StoredProperties stored;
    stored.values.set({PR_SUBJECT_W, REMAPI_W("subject")});
    stored.values.set(
        {PROP_TAG(PT_MV_BINARY, 0x6700), PropValue::Data(std::vector<Bytes>{{1}, {2, 3}})});
    const Bytes whole = encode_properties(stored);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const HRESULT code = code_of([&] {
            const auto back = decode_properties(BytesView(whole.data(), size));
            // A cut between two values is a shorter blob; the database's own checks find it.
            if (back.values.size() >= stored.values.size())
                throw Error(E_FAIL, "damage went unnoticed");
        });
        EXPECT_NE(E_FAIL, code) << size;
    }
    Bytes foreign = whole;
    foreign[0] = 9;
    EXPECT_EQ(MAPI_E_CORRUPT_DATA, code_of([&] { decode_properties(foreign); }));
}

TEST_F(Backend, AFileOfANewerSchemaIsRefusedAndLeftAlone) {
    Store::open(path, Database::Open::OrCreate);
    {
        Connection connection;
        connection.open(path, false);
        connection.execute("PRAGMA user_version = 9999");
    }
    EXPECT_EQ(MAPI_E_VERSION, code_of([&] { Database(path, Database::Open::Existing); }));
    Connection connection;
    connection.open(path, false);
    EXPECT_EQ(9999, connection.number("PRAGMA user_version"));
}

TEST_F(Backend, ForeignDatabasesAndOtherFilesAreCorruptData) {
    {
        Connection connection;
        connection.open(path, true);
        connection.execute("CREATE TABLE t(a)");
    }
    EXPECT_EQ(MAPI_E_CORRUPT_DATA, code_of([&] { Database(path, Database::Open::Existing); }));
    const String text = folder.file(REMAPI_W("b.rms"));
    ASSERT_EQ(0, port::write_file(text, std::string(10000, 'x')));
    EXPECT_EQ(MAPI_E_CORRUPT_DATA, code_of([&] { Database(text, Database::Open::Existing); }));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([&] {
                  Database(folder.file(REMAPI_W("none.rms")), Database::Open::Existing);
              }));
}

TEST_F(Backend, AFullDiskIsReportedAndChangesNothing) {
    const auto store = Store::open(path, Database::Open::OrCreate);
    {
        Transaction work(*store->database(), Transaction::Kind::Read);
        work.sql().execute("PRAGMA max_page_count = 1");  // as small as the file is now
    }
    MessageRow row;
    row.folder = store->special(Special::Inbox);
    row.summary.assign(1u << 20, 1);
    EXPECT_EQ(MAPI_E_NOT_ENOUGH_DISK, code_of([&] {
                  Transaction work(*store->database(), Transaction::Kind::Durable);
                  rows::insert_message(work, row);
                  work.commit();
              }));
    Transaction work(*store->database(), Transaction::Kind::Read);
    EXPECT_EQ(0, work.sql().number("SELECT count(*) FROM message"));
}

TEST_F(Backend, CountsFollowEveryChange) {
    const auto store = Store::open(path, Database::Open::OrCreate);
    const std::int64_t inbox = store->special(Special::Inbox);
    const std::int64_t drafts = store->special(Special::Drafts);
    Transaction work(*store->database(), Transaction::Kind::Write);
    MessageRow row;
    row.folder = inbox;
    const std::int64_t first = rows::insert_message(work, row);
    rows::insert_message(work, row);
    rows::set_message_flags(work, first, MSGFLAG_READ, MSGFLAG_READ);
    EXPECT_EQ(2, rows::read_folder(work, inbox)->content_count);
    EXPECT_EQ(1, rows::read_folder(work, inbox)->unread_count);
    rows::move_message(work, first, drafts);
    EXPECT_EQ(1, rows::read_folder(work, inbox)->content_count);
    EXPECT_EQ(1, rows::read_folder(work, drafts)->content_count);
    EXPECT_EQ(0, rows::read_folder(work, drafts)->unread_count);
    rows::delete_message(work, first);
    EXPECT_EQ(0, rows::read_folder(work, drafts)->content_count);
}

TEST_F(Backend, NamedPropertiesKeepTheirIds) {
    const auto store = Store::open(path, Database::Open::OrCreate);
    const object::PropName number{PS_PUBLIC_STRINGS, 5, {}};
    const object::PropName text{PS_PUBLIC_STRINGS, std::nullopt, REMAPI_W("Keywords")};
    const object::PropName names[] = {number, text};
    EXPECT_EQ((std::vector<ULONG>{0, 0}), store->ids_from_names(names, false));
    const std::vector<ULONG> ids = store->ids_from_names(names, true);
    EXPECT_EQ((std::vector<ULONG>{0x8000, 0x8001}), ids);
    EXPECT_EQ(ids, store->ids_from_names(names, true));
    const auto back = store->names_from_ids(ids);
    ASSERT_TRUE(back[0] && back[1]);
    EXPECT_TRUE(*back[0] == number && *back[1] == text);
}

TEST_F(Backend, AnOwnerIsAliveUntilItsStoreIsClosed) {
    Database first(path, Database::Open::OrCreate);
    Bytes name;
    {
        Database second(path, Database::Open::Existing);
        name = to_bytes(second.owner());
        EXPECT_TRUE(first.owner_is_alive(name));
    }
    EXPECT_FALSE(first.owner_is_alive(name));
}

TEST(EntryIds, KeepTheirLayout) {
    MAPIUID uid;
    for (std::size_t i = 0; i < sizeof uid.ab; ++i) uid.ab[i] = static_cast<BYTE>(0x10 + i);
    const Bytes expected{0,    0,    0,    0,    0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16,
                         0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 1,    0,
                         5,    0,    0x2A, 0,    0,    0,    0,    0,    0,    0};
    EXPECT_EQ(expected, object_entry_id(uid, {MAPI_MESSAGE, 42}));
    EXPECT_EQ((ObjectId{MAPI_MESSAGE, 42}), parse_object_entry_id(uid, expected));
    EXPECT_EQ(Bytes(expected.begin() + 4, expected.end()),
              object_record_key(uid, {MAPI_MESSAGE, 42}));
    const auto store = parse_store_entry_id(store_entry_id(uid, REMAPI_W("/a/b.rms")));
    ASSERT_TRUE(store);
    EXPECT_TRUE(format::same_uid(uid, store->store));
    EXPECT_EQ(String(REMAPI_W("/a/b.rms")), store->path);
    EXPECT_FALSE(parse_object_entry_id(uid, BytesView(expected.data(), expected.size() - 1)));
}

}  // namespace
}  // namespace remapi::localstore
