// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Deleting, restoring and removing for good. Pages: mapi/imapifolder-deletemessages.md,
// mapi/imapifolder-deletefolder.md, mapi/imapifolder-emptyfolder.md,
// mapi/imapicontainer-getcontentstable.md
#include <gtest/gtest.h>

#include "providers/localstore/model/store.h"
#include "providers/localstore/model/tags.h"
#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

class Deletion : public testing::Test {
protected:
    Deletion() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        ASSERT_EQ(S_OK, store->result);
        inbox = make_folder(store->folder(PR_IPM_SUBTREE_ENTRYID).get(), REMAPI_W("Letters"));
    }

    /// Everything is as if it had been deleted a year ago, and the store is opened again.
    void a_year_passes() {
        {
            const auto model = Store::open(path, Database::Open::Existing);
            Transaction work(*model->database(), Transaction::Kind::Write);
            work.sql().execute(
                "UPDATE message SET deleted = 1 WHERE deleted IS NOT NULL;"
                "UPDATE folder SET deleted = 1 WHERE deleted IS NOT NULL");
            work.commit();
        }
        const Bytes entry = entry_of(inbox.get());
        inbox.reset();
        store.reset();
        store.emplace(path);
        ASSERT_EQ(S_OK, store->result);
        inbox = store->open<IMAPIFolder>(entry);
    }
    std::int64_t stored_messages() {
        const auto model = Store::open(path, Database::Open::Existing);
        Transaction work(*model->database(), Transaction::Kind::Read);
        return work.sql().number("SELECT count(*) FROM message");
    }

    TestFolder folder;
    const String path = folder.file(REMAPI_W("a.rms"));
    std::optional<TestStore> store{std::in_place, path};
    com::Ptr<IMAPIFolder> inbox;
};

TEST_F(Deletion, ADeletedMessageIsHiddenCountedApartAndStillReadable) {
    const Bytes entry = make_message(inbox.get(), REMAPI_W("m"));
    ASSERT_EQ(S_OK, delete_messages(inbox.get(), {entry}));
    EXPECT_TRUE(contents_of(inbox.get()).empty());
    EXPECT_EQ(0, number_of(inbox.get(), PR_CONTENT_COUNT));
    EXPECT_EQ(0, number_of(inbox.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(1, number_of(inbox.get(), kTagDeletedMessageCount));
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_result(store->store.get(), entry, 0));
    EXPECT_EQ(MAPI_E_NO_ACCESS,
              open_result(store->store.get(), entry, kShowSoftDeletes | MAPI_MODIFY));
    const auto message = store->open<IMessage>(entry, kShowSoftDeletes | MAPI_BEST_ACCESS);
    EXPECT_EQ(0, number_of(message.get(), PR_ACCESS_LEVEL));
    const auto rows = contents_of(inbox.get(), kShowSoftDeletes);
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(String(REMAPI_W("m")), String(rows[0].text(PR_SUBJECT_W)));
    EXPECT_TRUE(object::get_one_prop(message.get(), kTagDeletedOn));
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION, delete_messages(inbox.get(), {entry}));
}

TEST_F(Deletion, MovingADeletedMessageRestoresItWithItsEntryId) {
    const Bytes entry = make_message(inbox.get(), REMAPI_W("m"));
    ASSERT_EQ(S_OK, delete_messages(inbox.get(), {entry}));
    ASSERT_EQ(S_OK, copy_messages(inbox.get(), {entry}, inbox.get(), MESSAGE_MOVE));
    EXPECT_EQ(1u, contents_of(inbox.get()).size());
    EXPECT_TRUE(contents_of(inbox.get(), kShowSoftDeletes).empty());
    EXPECT_EQ(1, number_of(inbox.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedMessageCount));
    EXPECT_EQ(S_OK, open_result(store->store.get(), entry, MAPI_MODIFY));
}

TEST_F(Deletion, OpenTablesFollowDeletionAndRestoration) {
    com::Ptr<IMAPITable> there;
    com::Ptr<IMAPITable> gone;
    ASSERT_EQ(S_OK, inbox->GetContentsTable(0, there.put()));
    ASSERT_EQ(S_OK, inbox->GetContentsTable(kShowSoftDeletes, gone.put()));
    const auto counts = [&] {
        ULONG left = 0;
        ULONG right = 0;
        check(there->GetRowCount(0, &left), "IMAPITable::GetRowCount");
        check(gone->GetRowCount(0, &right), "IMAPITable::GetRowCount");
        return std::pair(static_cast<unsigned>(left), static_cast<unsigned>(right));
    };
    const Bytes entry = make_message(inbox.get(), REMAPI_W("m"));
    EXPECT_EQ(std::pair(1u, 0u), counts());
    delete_messages(inbox.get(), {entry});
    EXPECT_EQ(std::pair(0u, 1u), counts());
    copy_messages(inbox.get(), {entry}, inbox.get(), MESSAGE_MOVE);
    EXPECT_EQ(std::pair(1u, 0u), counts());
    delete_messages(inbox.get(), {entry});
    delete_messages(inbox.get(), {entry}, kHardDelete);
    EXPECT_EQ(std::pair(0u, 0u), counts());
}

TEST_F(Deletion, HardDeletionTakesDeletedMessagesToo) {
    const Bytes first = make_message(inbox.get(), REMAPI_W("1"));
    const Bytes second = make_message(inbox.get(), REMAPI_W("2"));
    delete_messages(inbox.get(), {first});
    EXPECT_EQ(S_OK, delete_messages(inbox.get(), {first, second}, kHardDelete));
    EXPECT_EQ(0, stored_messages());
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_result(store->store.get(), first, kShowSoftDeletes));
}

TEST_F(Deletion, AssociatedMessagesAreDeletedAndCountedApart) {
    const Bytes entry = make_message(inbox.get(), REMAPI_W("view"), MAPI_ASSOCIATED);
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, inbox->GetContentsTable(MAPI_ASSOCIATED, table.put()));
    ASSERT_EQ(S_OK, delete_messages(inbox.get(), {entry}));
    EXPECT_TRUE(object::query_all_rows(table.get()).empty());
    EXPECT_EQ(0, number_of(inbox.get(), PR_ASSOC_CONTENT_COUNT));
    EXPECT_EQ(1, number_of(inbox.get(), kTagDeletedAssociatedCount));
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedMessageCount));
    EXPECT_EQ(1u, contents_of(inbox.get(), MAPI_ASSOCIATED | kShowSoftDeletes).size());
}

TEST_F(Deletion, AMessageDeletedWhileItIsOpenCannotBeSaved) {
    const Bytes entry = make_message(inbox.get(), REMAPI_W("m"));
    const auto message = store->open<IMessage>(entry);
    delete_messages(inbox.get(), {entry});
    object::set_prop(message.get(), {PR_SUBJECT_W, REMAPI_W("changed")});
    EXPECT_EQ(MAPI_E_OBJECT_DELETED, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(MAPI_E_OBJECT_DELETED, message->SaveChanges(FORCE_SAVE));
}

TEST_F(Deletion, ADeletedFolderLeavesItsNameFreeAndComesBackWithEverything) {
    const auto child = make_folder(inbox.get(), REMAPI_W("Bills"));
    const Bytes message = make_message(child.get(), REMAPI_W("m"));
    const Bytes entry = entry_of(child.get());
    ASSERT_EQ(S_OK, delete_folder(inbox.get(), entry, DEL_MESSAGES));
    EXPECT_TRUE(hierarchy_of(inbox.get()).empty());
    EXPECT_FALSE(object::get_required_prop(inbox.get(), PR_SUBFOLDERS).truth());
    EXPECT_EQ(1, number_of(inbox.get(), kTagDeletedFolderCount));
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_result(store->store.get(), entry, 0));
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_result(store->store.get(), message, 0));
    EXPECT_EQ(S_OK, open_result(store->store.get(), message, kShowSoftDeletes));
    ASSERT_EQ(1u, hierarchy_of(inbox.get(), kShowSoftDeletes).size());

    const auto other = make_folder(inbox.get(), REMAPI_W("Bills"));
    EXPECT_NE(entry, entry_of(other.get()));
    EXPECT_EQ(MAPI_E_COLLISION, copy_folder(inbox.get(), entry, inbox.get(), FOLDER_MOVE));
    EXPECT_EQ(S_OK, copy_folder(inbox.get(), entry, inbox.get(), FOLDER_MOVE, REMAPI_W("Old")));
    EXPECT_EQ(2u, hierarchy_of(inbox.get()).size());
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedFolderCount));
    EXPECT_EQ(1u, contents_of(store->open<IMAPIFolder>(entry).get()).size());
    EXPECT_EQ(S_OK, open_result(store->store.get(), message, 0));
}

TEST_F(Deletion, AFolderThatHoldsNothingButDeletedItemsCountsAsEmpty) {
    const auto child = make_folder(inbox.get(), REMAPI_W("Bills"));
    delete_messages(child.get(), {make_message(child.get(), REMAPI_W("m"))});
    delete_folder(child.get(), entry_of(make_folder(child.get(), REMAPI_W("c")).get()), 0);
    EXPECT_EQ(S_OK, delete_folder(inbox.get(), entry_of(child.get()), 0));
}

TEST_F(Deletion, NothingIsSavedInAFolderThatWasDeletedMeanwhile) {
    const auto child = make_folder(inbox.get(), REMAPI_W("Bills"));
    com::Ptr<IMessage> message;
    ASSERT_EQ(S_OK, child->CreateMessage(nullptr, 0, message.put()));
    ASSERT_EQ(S_OK, delete_folder(inbox.get(), entry_of(child.get()), 0));
    EXPECT_EQ(MAPI_E_OBJECT_DELETED, message->SaveChanges(0));
}

TEST_F(Deletion, AFolderWithAMessageOnItsWayOutStays) {
    const auto child = make_folder(inbox.get(), REMAPI_W("Out"));
    const auto inner = make_folder(child.get(), REMAPI_W("Deep"));
    com::Ptr<IMessage> message;
    ASSERT_EQ(S_OK, inner->CreateMessage(nullptr, 0, message.put()));
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    ASSERT_EQ(S_OK, message->SubmitMessage(0));
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION,
              delete_folder(inbox.get(), entry_of(child.get()), DEL_MESSAGES | DEL_FOLDERS));
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION, inbox->EmptyFolder(0, nullptr, kHardDelete));
    EXPECT_EQ(1u, store->queue().size());
}

TEST_F(Deletion, AReceiveFolderThatIsDeletedIsReplacedByTheInbox) {
    const auto child = make_folder(inbox.get(), REMAPI_W("Faxes"));
    Bytes entry = entry_of(child.get());
    WideChar fax[] = REMAPI_W("IPM.Fax");
    for (WideChar* name : {static_cast<WideChar*>(nullptr), fax}) {
        ASSERT_EQ(S_OK, store->store->SetReceiveFolder(reinterpret_cast<LPTSTR>(name), MAPI_UNICODE,
                                                       narrow_size(entry.size()), as_entry(entry)));
    }
    ASSERT_EQ(S_OK, delete_folder(inbox.get(), entry, 0));
    for (WideChar* name : {static_cast<WideChar*>(nullptr), fax}) {
        ULONG size = 0;
        ENTRYID* found = nullptr;
        ASSERT_EQ(S_OK, store->store->GetReceiveFolder(reinterpret_cast<LPTSTR>(name), MAPI_UNICODE,
                                                       &size, &found, nullptr));
        const auto now = store->open<IMAPIFolder>(to_bytes(format::view_entry_id(size, found)));
        EXPECT_EQ(String(REMAPI_W("Inbox")), text_of(now.get(), PR_DISPLAY_NAME_W));
        memory::routines().free(found);
    }
}

TEST_F(Deletion, EmptyingKeepsAssociatedMessagesUnlessAsked) {
    make_message(inbox.get(), REMAPI_W("m"));
    make_message(inbox.get(), REMAPI_W("view"), MAPI_ASSOCIATED);
    make_message(make_folder(inbox.get(), REMAPI_W("c")).get(), REMAPI_W("inner"));
    EXPECT_EQ(S_OK, inbox->EmptyFolder(0, nullptr, 0));
    EXPECT_TRUE(contents_of(inbox.get()).empty());
    EXPECT_TRUE(hierarchy_of(inbox.get()).empty());
    EXPECT_EQ(1u, contents_of(inbox.get(), MAPI_ASSOCIATED).size());
    EXPECT_EQ(S_OK, inbox->EmptyFolder(0, nullptr, DEL_ASSOCIATED));
    EXPECT_TRUE(contents_of(inbox.get(), MAPI_ASSOCIATED).empty());
    EXPECT_EQ(3, stored_messages());
    EXPECT_EQ(S_OK, inbox->EmptyFolder(0, nullptr, DEL_ASSOCIATED | kHardDelete));
    EXPECT_EQ(0, stored_messages());
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedFolderCount));
}

TEST_F(Deletion, WhatWasDeletedLongAgoIsGoneWhenTheStoreIsOpened) {
    const Bytes kept = make_message(inbox.get(), REMAPI_W("kept"));
    delete_messages(inbox.get(), {make_message(inbox.get(), REMAPI_W("m"))});
    auto child = make_folder(inbox.get(), REMAPI_W("c"));
    make_message(child.get(), REMAPI_W("inner"));
    delete_folder(inbox.get(), entry_of(child.get()), DEL_MESSAGES);
    child.reset();  // it would keep the store open
    a_year_passes();
    EXPECT_EQ(1, stored_messages());
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedMessageCount));
    EXPECT_EQ(0, number_of(inbox.get(), kTagDeletedFolderCount));
    EXPECT_EQ(S_OK, open_result(store->store.get(), kept, 0));
}

TEST_F(Deletion, ASentMessageThatIsDeletedHasLeftTheQueue) {
    store->submit(REMAPI_W("m"));
    store->support->on_sent = [&](IMessage* message) {
        const auto outbox = store->folder(PR_IPM_OUTBOX_ENTRYID);
        EXPECT_EQ(S_OK, delete_messages(outbox.get(), {entry_of(message)}));
    };
    Bytes entry = to_bytes(store->queue()[0].bytes(PR_ENTRYID));
    ASSERT_EQ(S_OK, store->store->SetLockState(store->open<IMessage>(entry, MAPI_BEST_ACCESS).get(),
                                               MSG_LOCKED));
    EXPECT_EQ(S_OK, store->store->FinishedMsg(0, narrow_size(entry.size()), as_entry(entry)));
    EXPECT_TRUE(store->queue().empty());
    EXPECT_TRUE(store->contents(PR_IPM_OUTBOX_ENTRYID).empty());
}

}  // namespace
}  // namespace remapi::localstore
