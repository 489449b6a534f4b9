// SPDX-License-Identifier: LGPL-2.1-or-later
//
// From a file of schema 1 to the schema that this module writes.
#include <gtest/gtest.h>

#include "providers/localstore/backend/schema.h"
#include "providers/localstore/model/folder.h"
#include "providers/localstore/testing/schema_1.h"
#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {
namespace {

constexpr std::int64_t kInbox = 3;

class Migration : public testing::Test {
protected:
    Migration() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {
        old.open(path, true);
        schema_1::create(old, Bytes(16, 0x42), encode_properties({}));
    }
    std::int64_t add(std::size_t body_units, StringView subject = REMAPI_W("subject")) {
        StoredProperties properties;
        properties.values.set({PR_SUBJECT_W, subject});
        properties.values.set({PR_BODY_W, String(body_units, REMAPI_W('b'))});
        return schema_1::add_message(old, kInbox, encode_properties(properties));
    }
    std::int64_t number(const char* sql) {
        Connection connection;
        connection.open(path, false);
        return connection.number(sql);
    }
    static MessageFacts facts(const std::shared_ptr<Store>& store, std::int64_t id,
                              Extent extent = Extent::Whole) {
        Transaction work(*store->database(), Transaction::Kind::Read);
        return MessageFacts(store, work, id, extent);
    }

    TestFolder folder;
    const String path = folder.file(REMAPI_W("a.rms"));
    Connection old;
};

TEST_F(Migration, MessagesAreSplitAndSayTheSame) {
    old.execute("BEGIN");
    for (int i = 0; i < 1100; ++i) add(600);
    const std::int64_t small = add(20);
    old.execute("COMMIT");
    old.close();
    const auto store = Store::open(path, Database::Open::Existing);
    EXPECT_EQ(kSchemaVersion, number("PRAGMA user_version"));
    EXPECT_EQ(1100, number("SELECT count(*) FROM message_content"));
    EXPECT_EQ(0, number("SELECT count(*) FROM unsplit"));
    EXPECT_LT(number("SELECT max(length(summary)) FROM message"), 100);
    EXPECT_EQ(String(600, REMAPI_W('b')), facts(store, 1100).load(PR_BODY_W)->text());
    EXPECT_EQ(String(REMAPI_W("subject")), facts(store, 1).load(PR_SUBJECT_W)->text());
    EXPECT_EQ(String(20, REMAPI_W('b')), facts(store, small).load(PR_BODY_W)->text());
    EXPECT_FALSE(facts(store, 1, Extent::Shown).load(PR_BODY_W));
}

TEST_F(Migration, FoldersKeepCountsNamesAndNumbers) {
    add(600);
    old.execute(
        "INSERT INTO folder(id, parent, kind, name, name_key, created, modified, properties) "
        "SELECT 70, 2, 1, 'x', 'x', 1, 1, properties FROM folder WHERE id = 2;"
        "DELETE FROM folder WHERE id = 70");
    old.close();
    const auto store = Store::open(path, Database::Open::Existing);
    EXPECT_EQ(0, number("SELECT count(*) FROM pragma_foreign_key_check"));
    EXPECT_EQ(8, number("SELECT folder_count FROM folder WHERE id = 2"));
    Folder subtree(store, store->special(Special::Subtree), true);
    EXPECT_EQ(71, subtree.create_folder(FOLDER_GENERIC, REMAPI_W("new"), {}, false).id);
    EXPECT_EQ(9, subtree.facts().row.folder_count);
    Folder inbox(store, store->special(Special::Inbox), true);
    EXPECT_EQ(1, inbox.facts().row.content_count);
    const auto messages = inbox.messages(false);
    EXPECT_EQ(1u, inbox.delete_messages(messages, Removal::Soft).size());
    EXPECT_EQ(0, inbox.facts().row.content_count);
    EXPECT_EQ(1, inbox.facts().row.deleted_message_count);
    EXPECT_TRUE(subtree.delete_folder(71, 0, Removal::Hard));
    EXPECT_EQ(8, subtree.facts().row.folder_count);
}

TEST_F(Migration, AMessageIsReadWellBeforeItsTurnHasCome) {
    const std::int64_t id = add(600);
    old.close();
    auto store = Store::open(path, Database::Open::Existing);
    {
        // As an opening leaves it that was killed before this message's turn.
        Transaction work(*store->database(), Transaction::Kind::Write);
        StoredProperties whole = decode_properties(rows::read_message_content(work, id));
        whole.values.set({PR_SUBJECT_W, REMAPI_W("subject")});
        rows::write_summary(work, id, encode_properties(whole));
        work.sql().execute("DELETE FROM message_content; INSERT INTO unsplit VALUES(1, 1)");
        work.commit();
    }
    EXPECT_EQ(String(600, REMAPI_W('b')), facts(store, id).load(PR_BODY_W)->text());
    store.reset();
    store = Store::open(path, Database::Open::Existing);
    EXPECT_EQ(1, number("SELECT count(*) FROM message_content"));
    EXPECT_EQ(0, number("SELECT count(*) FROM unsplit"));
    EXPECT_EQ(String(600, REMAPI_W('b')), facts(store, id).load(PR_BODY_W)->text());
}

TEST_F(Migration, ADamagedMessageStaysAsItIsAndStopsNothing) {
    const Bytes broken{1, 2, 3};
    schema_1::add_message(old, kInbox, broken);
    const std::int64_t good = add(600);
    old.close();
    const auto store = Store::open(path, Database::Open::Existing);
    EXPECT_EQ(3, number("SELECT length(summary) FROM message WHERE id = 1"));
    EXPECT_EQ(String(600, REMAPI_W('b')), facts(store, good).load(PR_BODY_W)->text());
}

TEST_F(Migration, ATableShowsTheBeginningOfAText) {
    const std::int64_t id = add(10, String(1000, REMAPI_W('s')));
    const std::int64_t huge = add(10, String(15'000, REMAPI_W('t')));
    old.close();
    const auto store = Store::open(path, Database::Open::Existing);
    EXPECT_EQ(1000u, facts(store, id).load(PR_SUBJECT_W)->text().size());
    EXPECT_EQ(255u, facts(store, id, Extent::Shown).load(PR_SUBJECT_W)->text().size());
    EXPECT_EQ(255u, facts(store, huge, Extent::Shown).load(PR_SUBJECT_W)->text().size());
}

}  // namespace
}  // namespace remapi::localstore
