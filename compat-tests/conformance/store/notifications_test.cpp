// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/recording_sink.h"
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

constexpr ULONG kObjectEvents =
    fnevObjectCreated | fnevObjectDeleted | fnevObjectModified | fnevObjectMoved | fnevObjectCopied;

/// Pages: mapi/imsgstore-advise.md, mapi/imsgstore-unadvise.md, mapi/imsgstore-notifynewmail.md,
/// mapi/mapi-notification-events.md, mapi/object_notification.md, mapi/newmail_notification.md,
/// mapi/timing-a-notification.md
class Notifications : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        target = make_folder(folder.get(), REMAPI_W("target"));
        sink = com::make<EventSink>();
    }
    void TearDown() override {
        for (const ULONG_PTR connection : connections) store()->Unadvise(connection);
        StoreTest::TearDown();
    }
    HRESULT advise(ULONG mask, const Bytes& id = {}) {
        ULONG_PTR connection = 0;
        const HRESULT hr =
            store()->Advise(narrow_size(id.size()), id.empty() ? nullptr : as_entry(id), mask,
                            sink.get(), &connection);
        if (SUCCEEDED(hr)) connections.push_back(connection);
        return hr;
    }
    /// What was heard of one kind since the last call.
    std::vector<Heard> heard(ULONG event) {
        world.dispatch();
        std::vector<Heard> all = sink->take();
        std::erase_if(all, [&](const Heard& one) { return one.event != event; });
        return all;
    }
    /// The only one of its kind about that object.
    Heard only(ULONG event, const Bytes& id) {
        std::vector<Heard> all = heard(event);
        std::erase_if(all, [&](const Heard& one) { return one.id != id; });
        EXPECT_EQ(1u, all.size()) << event;
        return all.empty() ? Heard{} : all[0];
    }
    Bytes put(const WideChar* subject) {
        const auto message = saved_message(folder.get(), subject);
        return id_of(message.get());
    }
    HRESULT copy(const Bytes& id, ULONG flags) {
        EntryList list({id});
        return folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, flags);
    }
    Bytes only_row(IMAPITable* table) {
        const auto rows = rows_of(table);
        EXPECT_EQ(1u, rows.size());
        return rows.empty() ? Bytes() : to_bytes(rows[0].bytes(PR_ENTRYID));
    }

    com::Ptr<IMAPIFolder> target;
    com::Ptr<EventSink> sink;
    std::vector<ULONG_PTR> connections;
};

TEST_F(Notifications, HaveAConnectionThatIsNotZero) {
    ASSERT_HR(S_OK, advise(kObjectEvents));
    EXPECT_NE(0u, connections[0]);
    ASSERT_HR(S_OK, advise(kObjectEvents));
    EXPECT_NE(connections[0], connections[1]);
}

TEST_F(Notifications, NeedASinkAndAPlaceForTheConnection) {
    ULONG_PTR connection = 0;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              store()->Advise(0, nullptr, kObjectEvents, nullptr, &connection));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              store()->Advise(0, nullptr, kObjectEvents, sink.get(), nullptr));
}

TEST_F(Notifications, TellOfAMessageThatIsCreated) {
    ASSERT_HR(S_OK, advise(kObjectEvents));
    const auto message = new_message(folder.get(), REMAPI_W("m"));
    EXPECT_TRUE(heard(fnevObjectCreated).empty());  // not before it is saved
    save(message.get());
    const Heard event = only(fnevObjectCreated, id_of(message.get()));
    EXPECT_EQ(MAPI_MESSAGE, event.object_type);
    EXPECT_EQ(id_of(folder.get()), event.parent);
}

TEST_F(Notifications, TellOfAMessageThatIsModified) {
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(kObjectEvents));
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("n")}));
    save(message.get());
    const Heard event = only(fnevObjectModified, id_of(message.get()));
    EXPECT_EQ(MAPI_MESSAGE, event.object_type);
    EXPECT_EQ(id_of(folder.get()), event.parent);
}

TEST_F(Notifications, TellOfAMessageThatIsRead) {
    const Bytes id = put(REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(kObjectEvents));
    EntryList list({id});
    ASSERT_HR(S_OK, folder->SetReadFlags(list.get(), 0, nullptr, 0));
    only(fnevObjectModified, id);
}

TEST_F(Notifications, TellOfAMessageThatIsDeleted) {
    const Bytes id = put(REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(kObjectEvents));
    EntryList list({id});
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    const Heard event = only(fnevObjectDeleted, id);
    EXPECT_EQ(MAPI_MESSAGE, event.object_type);
    EXPECT_EQ(id_of(folder.get()), event.parent);
}

TEST_F(Notifications, TellOfAMessageThatIsMoved) {
    const Bytes old = put(REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(kObjectEvents));
    ASSERT_HR(S_OK, copy(old, MESSAGE_MOVE));
    const Heard event = only(fnevObjectMoved, only_row(contents(target.get()).get()));
    EXPECT_EQ(id_of(target.get()), event.parent);
    EXPECT_EQ(old, event.old_id);
    EXPECT_EQ(id_of(folder.get()), event.old_parent);
}

TEST_F(Notifications, TellOfAMessageThatIsCopied) {
    const Bytes old = put(REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(kObjectEvents));
    ASSERT_HR(S_OK, copy(old, 0));
    const Heard event = only(fnevObjectCopied, only_row(contents(target.get()).get()));
    EXPECT_EQ(id_of(target.get()), event.parent);
    EXPECT_EQ(old, event.old_id);
    EXPECT_EQ(id_of(folder.get()), event.old_parent);
}

TEST_F(Notifications, TellOfAFolderThatIsCreatedModifiedAndDeleted) {
    ASSERT_HR(S_OK, advise(kObjectEvents));
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    const Bytes id = id_of(child.get());
    Heard event = only(fnevObjectCreated, id);
    EXPECT_EQ(MAPI_FOLDER, event.object_type);
    EXPECT_EQ(id_of(folder.get()), event.parent);
    ASSERT_HR(S_OK, set(child.get(), {PR_DISPLAY_NAME_W, REMAPI_W("renamed")}));
    only(fnevObjectModified, id);
    ASSERT_HR(S_OK, folder->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, 0));
    event = only(fnevObjectDeleted, id);
    EXPECT_EQ(id_of(folder.get()), event.parent);
}

TEST_F(Notifications, TellOfAFolderThatIsMoved) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK, advise(kObjectEvents));
    ASSERT_HR(S_OK, folder->CopyFolder(narrow_size(id.size()), as_entry(id), nullptr, target.get(),
                                       nullptr, 0, nullptr, FOLDER_MOVE));
    const Heard event = only(fnevObjectMoved, only_row(hierarchy(target.get()).get()));
    EXPECT_EQ(id_of(target.get()), event.parent);
    EXPECT_EQ(id, event.old_id);
    EXPECT_EQ(id_of(folder.get()), event.old_parent);
}

TEST_F(Notifications, TellThatTheCountsOfAFolderHaveChanged) {
    ASSERT_HR(S_OK, advise(fnevObjectModified, id_of(folder.get())));
    put(REMAPI_W("m"));
    std::vector<Heard> all = heard(fnevObjectModified);
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Heard& one) {
        return one.id == id_of(folder.get()) && one.object_type == MAPI_FOLDER;
    }));
}

TEST_F(Notifications, AreAboutTheObjectAdvisedOn) {
    const auto mine = saved_message(folder.get(), REMAPI_W("mine"));
    const auto other = saved_message(folder.get(), REMAPI_W("other"));
    ASSERT_HR(S_OK, advise(kObjectEvents, id_of(mine.get())));
    for (const auto& message : {mine, other}) {
        ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("changed")}));
        save(message.get());
    }
    const auto all = heard(fnevObjectModified);
    ASSERT_EQ(1u, all.size());
    EXPECT_EQ(id_of(mine.get()), all[0].id);
}

TEST_F(Notifications, AreOfTheKindsAdvisedOn) {
    ASSERT_HR(S_OK, advise(fnevObjectDeleted));
    const Bytes id = put(REMAPI_W("m"));
    world.dispatch();
    EXPECT_TRUE(sink->take().empty());
    EntryList list({id});
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    only(fnevObjectDeleted, id);
}

TEST_F(Notifications, ReachEverySession) {
    const auto session = world.log_on();
    {
        const auto second = world.open_store(*session);
        ULONG_PTR connection = 0;
        ASSERT_HR(S_OK, second->Advise(0, nullptr, kObjectEvents, sink.get(), &connection));
        only(fnevObjectCreated, put(REMAPI_W("m")));
        EXPECT_HR(S_OK, second->Unadvise(connection));
    }
    session->Logoff(0, 0, 0);
}

TEST_F(Notifications, EndWhenTheyAreCancelled) {
    ASSERT_HR(S_OK, advise(kObjectEvents));
    world.dispatch();
    EXPECT_HR(S_OK, store()->Unadvise(connections[0]));
    sink->take();
    put(REMAPI_W("m"));
    EXPECT_TRUE(heard(fnevObjectCreated).empty());
    EXPECT_TRUE(FAILED(store()->Unadvise(connections[0])));
    connections.clear();
}

TEST_F(Notifications, LetTheirSinkGoWhenTheyAreCancelled) {
    ASSERT_HR(S_OK, advise(kObjectEvents));
    EXPECT_HR(S_OK, store()->Unadvise(connections[0]));
    connections.clear();
    world.dispatch();
    sink->AddRef();
    EXPECT_EQ(1u, sink->Release());
}

TEST_F(Notifications, AreNotMadeAboutEntryIdsOfNoObject) {
    EXPECT_TRUE(FAILED(advise(kObjectEvents, Bytes{1, 2, 3})));
}

TEST_F(Notifications, TellOfNewMailAsTheSpoolerSays) {
    const Bytes id = put(REMAPI_W("m"));
    ASSERT_HR(S_OK, advise(fnevNewMail));
    NOTIFICATION mail = {};
    mail.ulEventType = fnevNewMail;
    Bytes parent = id_of(folder.get());
    mail.info.newmail.cbEntryID = narrow_size(id.size());
    mail.info.newmail.lpEntryID = as_entry(id);
    mail.info.newmail.cbParentID = narrow_size(parent.size());
    mail.info.newmail.lpParentID = as_entry(parent);
    mail.info.newmail.ulFlags = MAPI_UNICODE;
    mail.info.newmail.lpszMessageClass = as_tstr(REMAPI_W("IPM.Note"));
    ASSERT_HR(S_OK, store()->NotifyNewMail(&mail));
    EXPECT_EQ(parent, only(fnevNewMail, id).parent);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, store()->NotifyNewMail(nullptr));
}

/// Page: mapi/table_notification.md
class TableNotifications : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        sink = com::make<EventSink>();
    }
    void watch(com::Ptr<IMAPITable> watched) {
        table = std::move(watched);
        ASSERT_HR(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    }
    /// Whether an event of that kind, or one that tells to read the table again, has come.
    bool told(ULONG event) {
        world.dispatch();
        const auto all = sink->take();
        return std::any_of(all.begin(), all.end(), [&](const Heard& one) {
            return one.table_event == event || one.table_event == TABLE_CHANGED ||
                   one.table_event == TABLE_RELOAD;
        });
    }
    void TearDown() override {
        if (table) table->Unadvise(connection);
        table.reset();
        StoreTest::TearDown();
    }

    com::Ptr<EventSink> sink;
    com::Ptr<IMAPITable> table;
    ULONG_PTR connection = 0;
};

TEST_F(TableNotifications, OfContentsTellOfRows) {
    watch(contents(folder.get()));
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_TRUE(told(TABLE_ROW_ADDED));
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("n")}));
    save(message.get());
    EXPECT_TRUE(told(TABLE_ROW_MODIFIED));
    EXPECT_EQ(Texts{REMAPI_W("n")}, texts(table.get(), PR_SUBJECT_W));
    EntryList list({id_of(message.get())});
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    EXPECT_TRUE(told(TABLE_ROW_DELETED));
    EXPECT_TRUE(rows_of(table.get()).empty());
}

TEST_F(TableNotifications, OfContentsTellOfMovedMessages) {
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EntryList list({id_of(saved_message(folder.get(), REMAPI_W("m")).get())});
    watch(contents(folder.get()));
    ASSERT_HR(S_OK,
              folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, MESSAGE_MOVE));
    EXPECT_TRUE(told(TABLE_ROW_DELETED));
    EXPECT_TRUE(rows_of(table.get()).empty());
}

TEST_F(TableNotifications, OfContentsDoNotTellOfAssociatedMessages) {
    watch(contents(folder.get()));
    EntryList list({id_of(saved_message(folder.get(), REMAPI_W("h"), MAPI_ASSOCIATED).get())});
    EXPECT_FALSE(told(TABLE_ROW_ADDED));
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    EXPECT_FALSE(told(TABLE_ROW_DELETED));
}

TEST_F(TableNotifications, OfAssociatedContentsTellOfThose) {
    watch(contents(folder.get(), MAPI_UNICODE | MAPI_ASSOCIATED));
    saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_FALSE(told(TABLE_ROW_ADDED));
    EntryList list({id_of(saved_message(folder.get(), REMAPI_W("h"), MAPI_ASSOCIATED).get())});
    EXPECT_TRUE(told(TABLE_ROW_ADDED));
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    EXPECT_TRUE(told(TABLE_ROW_DELETED));
}

TEST_F(TableNotifications, OfAHierarchyTellOfRows) {
    watch(hierarchy(folder.get()));
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    EXPECT_TRUE(told(TABLE_ROW_ADDED));
    saved_message(child.get(), REMAPI_W("m"));
    EXPECT_TRUE(told(TABLE_ROW_MODIFIED));
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK,
              folder->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, DEL_MESSAGES));
    EXPECT_TRUE(told(TABLE_ROW_DELETED));
}

TEST_F(TableNotifications, OfADeepHierarchyTellOfItsLeaves) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    watch(hierarchy(folder.get(), MAPI_UNICODE | CONVENIENT_DEPTH));
    make_folder(child.get(), REMAPI_W("grandchild"));
    EXPECT_TRUE(told(TABLE_ROW_ADDED));
    EXPECT_EQ(2u, rows_of(table.get()).size());
}

TEST_F(TableNotifications, EndWhenTheyAreCancelled) {
    watch(contents(folder.get()));
    ASSERT_HR(S_OK, table->Unadvise(connection));
    world.dispatch();
    sink->take();
    saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_FALSE(told(TABLE_ROW_ADDED));
}

}  // namespace
}  // namespace remapi::test
