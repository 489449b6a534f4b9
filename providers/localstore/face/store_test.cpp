// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/imsprovider-logon.md, mapi/imsgstoreimapiprop.md, mapi/imapifolderimapicontainer.md,
// mapi/imessageimapiprop.md
#include <gtest/gtest.h>

#include "object/notify/callback_sink.h"
#include "providers/localstore/backend/database.h"
#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {
namespace {

class StoreFace : public testing::Test {
protected:
    StoreFace() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override { ASSERT_EQ(S_OK, store.result); }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
};

TEST_F(StoreFace, LogonWritesWhereTheStoreIsIntoTheProfileSection) {
    const auto entry = object::get_one_prop(store.support->section.get(), PR_ENTRYID);
    ASSERT_TRUE(entry);
    EXPECT_EQ(store.entry_id(PR_ENTRYID), entry->bytes());
    ASSERT_EQ(1u, store.support->uids.size());
    EXPECT_EQ(to_bytes(view_bytes(store.support->uids[0])),
              object::get_required_prop(store.store.get(), PR_RECORD_KEY).bytes());
}

TEST_F(StoreFace, ANewStoreHasItsSpecialFoldersAndReceiveFolders) {
    for (const ULONG tag : {PR_IPM_SUBTREE_ENTRYID, PR_IPM_OUTBOX_ENTRYID, PR_IPM_SENTMAIL_ENTRYID,
                            PR_IPM_WASTEBASKET_ENTRYID, PR_VIEWS_ENTRYID, PR_FINDER_ENTRYID}) {
        EXPECT_TRUE(store.folder(tag)) << std::hex << tag;
    }
    ULONG size = 0;
    ENTRYID* entry = nullptr;
    LPTSTR explicit_class = nullptr;
    WideChar note[] = REMAPI_W("IPM.Note.Special");
    ASSERT_EQ(S_OK, store.store->GetReceiveFolder(reinterpret_cast<LPTSTR>(note), MAPI_UNICODE,
                                                  &size, &entry, &explicit_class));
    EXPECT_EQ(String(REMAPI_W("IPM")), String(reinterpret_cast<WideChar*>(explicit_class)));
    const auto inbox = store.open<IMAPIFolder>(to_bytes(format::view_entry_id(size, entry)));
    EXPECT_EQ(String(REMAPI_W("Inbox")),
              object::get_required_prop(inbox.get(), PR_DISPLAY_NAME_W).text());
    memory::routines().free(entry);
    memory::routines().free(explicit_class);
}

TEST_F(StoreFace, ASavedMessageIsInTheContentsTableWithItsComputedProperties) {
    const auto message = store.new_message(REMAPI_W("RE: Grüße"));
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    TestStore::add_recipient(message.get(), REMAPI_W("Bob"));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const auto rows = store.contents(PR_IPM_OUTBOX_ENTRYID);
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(String(REMAPI_W("Alice; Bob")), String(rows[0].text(PR_DISPLAY_TO_W)));
    EXPECT_EQ(String(REMAPI_W("Grüße")), String(rows[0].text(PR_NORMALIZED_SUBJECT_W)));
    EXPECT_EQ(1,
              object::get_required_prop(store.folder(PR_IPM_OUTBOX_ENTRYID).get(), PR_CONTENT_COUNT)
                  .number());
    EXPECT_EQ(
        1, object::get_required_prop(store.folder(PR_IPM_OUTBOX_ENTRYID).get(), PR_CONTENT_UNREAD)
               .number());
}

TEST_F(StoreFace, AnAttachmentIsThereOnlyOnceTheMessageWasSavedToo) {
    const auto message = store.new_message(REMAPI_W("m"));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const Bytes entry = object::get_required_prop(message.get(), PR_ENTRYID).bytes();
    com::Ptr<IAttach> attachment;
    ULONG number = 0;
    ASSERT_EQ(S_OK, message->CreateAttach(nullptr, 0, &number, attachment.put()));
    Bytes data(3'000'000);
    for (std::size_t i = 0; i < data.size(); ++i)
        data[i] = static_cast<std::uint8_t>(i * 7 + i / 65536);
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK, attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READWRITE,
                                             MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()));
    object::write_stream(stream.get(), data);
    stream.reset();
    ASSERT_EQ(S_OK, attachment->SaveChanges(KEEP_OPEN_READONLY));
    {
        const auto before = store.open<IMessage>(entry, 0);
        com::Ptr<IAttach> none;
        EXPECT_EQ(MAPI_E_NOT_FOUND, before->OpenAttach(number, nullptr, 0, none.put()));
    }
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const auto after = store.open<IMessage>(entry, 0);
    com::Ptr<IAttach> saved;
    ASSERT_EQ(S_OK, after->OpenAttach(number, nullptr, 0, saved.put()));
    com::Ptr<IStream> again;
    ASSERT_EQ(S_OK, saved->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0,
                                        again.put_as<IUnknown>()));
    EXPECT_TRUE(data == object::read_stream(again.get()));
    EXPECT_TRUE(object::get_required_prop(after.get(), PR_HASATTACH).truth());
}

TEST_F(StoreFace, AnEmbeddedMessageIsSavedWithItsAttachmentAndMessage) {
    const auto message = store.new_message(REMAPI_W("outer"));
    com::Ptr<IAttach> attachment;
    ULONG number = 0;
    ASSERT_EQ(S_OK, message->CreateAttach(nullptr, 0, &number, attachment.put()));
    com::Ptr<IMessage> inner;
    ASSERT_EQ(S_OK, attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                             MAPI_CREATE | MAPI_MODIFY, inner.put_as<IUnknown>()));
    object::set_prop(inner.get(), {PR_SUBJECT_W, REMAPI_W("inner")});
    object::set_prop(inner.get(), {PR_BODY_W, String(100'000, REMAPI_W('x'))});
    ASSERT_EQ(S_OK, inner->SaveChanges(0));
    ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const Bytes entry = object::get_required_prop(message.get(), PR_ENTRYID).bytes();
    const auto after = store.open<IMessage>(entry, 0);
    com::Ptr<IAttach> saved;
    ASSERT_EQ(S_OK, after->OpenAttach(number, nullptr, 0, saved.put()));
    com::Ptr<IMessage> read;
    ASSERT_EQ(S_OK, saved->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                        read.put_as<IUnknown>()));
    EXPECT_EQ(String(REMAPI_W("inner")),
              object::get_required_prop(read.get(), PR_SUBJECT_W).text());
    EXPECT_EQ(100'000u, object::get_large_prop(read.get(), PR_BODY_W)->text().size());
    EXPECT_EQ(1u, store.contents(PR_IPM_OUTBOX_ENTRYID).size());
}

TEST_F(StoreFace, AConflictingEditIsRefusedUnlessForced) {
    const auto first = store.new_message(REMAPI_W("1"));
    ASSERT_EQ(S_OK, first->SaveChanges(KEEP_OPEN_READWRITE));
    const auto second =
        store.open<IMessage>(object::get_required_prop(first.get(), PR_ENTRYID).bytes());
    object::set_prop(second.get(), {PR_SUBJECT_W, REMAPI_W("2")});
    ASSERT_EQ(S_OK, second->SaveChanges(0));
    object::set_prop(first.get(), {PR_SUBJECT_W, REMAPI_W("3")});
    EXPECT_EQ(MAPI_E_OBJECT_CHANGED, first->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(S_OK, first->SaveChanges(KEEP_OPEN_READWRITE | FORCE_SAVE));
    EXPECT_EQ(String(REMAPI_W("3")),
              String(store.contents(PR_IPM_OUTBOX_ENTRYID)[0].text(PR_SUBJECT_W)));
}

TEST_F(StoreFace, SubmitWithoutRecipientsIsRefusedAndLeavesTheMessageOpen) {
    const auto message = store.new_message(REMAPI_W("m"));
    EXPECT_EQ(MAPI_E_NO_RECIPIENTS, message->SubmitMessage(0));
    EXPECT_TRUE(store.queue().empty());
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    EXPECT_EQ(S_OK, message->SubmitMessage(0));
}

TEST_F(StoreFace, SubmittedMessagesWaitInOrderAndTheHostIsTold) {
    store.submit(REMAPI_W("first"));
    store.submit(REMAPI_W("second"));
    const auto rows = store.queue();
    ASSERT_EQ(2u, rows.size());
    EXPECT_EQ(String(REMAPI_W("first")), String(rows[0].text(PR_SUBJECT_W)));
    EXPECT_EQ(String(REMAPI_W("queued")), String(rows[1].text(kTagQueueState)));
    EXPECT_FALSE(rows[0].text(kTagInternetMessageId).empty());
    EXPECT_NE(String(rows[0].text(kTagInternetMessageId)),
              String(rows[1].text(kTagInternetMessageId)));
    EXPECT_NE(0, rows[0].number(PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT);
    const Bytes key = to_bytes(std::string_view(kOutgoingQueueKey));
    const auto told = std::count_if(store.support->notified.begin(), store.support->notified.end(),
                                    [&](const auto& entry) { return entry.first == key; });
    EXPECT_EQ(2, told);
}

TEST_F(StoreFace, AFailingExpansionLeavesNothingInTheQueue) {
    store.support->expand_result = MAPI_E_AMBIGUOUS_RECIP;
    const auto message = store.new_message(REMAPI_W("m"));
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    EXPECT_EQ(MAPI_E_AMBIGUOUS_RECIP, message->SubmitMessage(0));
    EXPECT_TRUE(store.queue().empty());
}

TEST_F(StoreFace, AFinishedMessageIsFiledAndHasLeftTheQueue) {
    store.submit(REMAPI_W("m"));
    store.finish_queue();
    EXPECT_TRUE(store.queue().empty());
    EXPECT_TRUE(store.contents(PR_IPM_OUTBOX_ENTRYID).empty());
    const auto sent = store.contents(PR_IPM_SENTMAIL_ENTRYID);
    ASSERT_EQ(1u, sent.size());
    EXPECT_EQ(MSGFLAG_READ,
              sent[0].number(PR_MESSAGE_FLAGS) & (MSGFLAG_READ | MSGFLAG_SUBMIT | MSGFLAG_UNSENT));
}

TEST_F(StoreFace, ASentMessageThatCannotBeFiledIsNotSentAgainAndFiledLater) {
    store.submit(REMAPI_W("m"));
    store.support->sent_result = MAPI_E_NO_ACCESS;
    EXPECT_THROW(store.finish_queue(), Error);
    store.support->sent_result = S_OK;
    EXPECT_TRUE(store.queue().empty());  // and opening the queue files it
    EXPECT_EQ(1u, store.contents(PR_IPM_SENTMAIL_ENTRYID).size());
}

TEST_F(StoreFace, ALockedMessageCannotBeTakenBackAWaitingOneCan) {
    store.submit(REMAPI_W("m"));
    Bytes entry = to_bytes(store.queue()[0].bytes(PR_ENTRYID));
    const auto message = store.open<IMessage>(entry, MAPI_BEST_ACCESS);
    auto* id = reinterpret_cast<ENTRYID*>(entry.data());
    ASSERT_EQ(S_OK, store.store->SetLockState(message.get(), MSG_LOCKED));
    EXPECT_EQ(MAPI_E_UNABLE_TO_ABORT, store.store->AbortSubmit(narrow_size(entry.size()), id, 0));
    ASSERT_EQ(S_OK, store.store->SetLockState(message.get(), MSG_UNLOCKED));
    EXPECT_EQ(S_OK, store.store->AbortSubmit(narrow_size(entry.size()), id, 0));
    EXPECT_EQ(MAPI_E_NOT_IN_QUEUE, store.store->AbortSubmit(narrow_size(entry.size()), id, 0));
    EXPECT_TRUE(store.queue().empty());
    EXPECT_EQ(1u, store.contents(PR_IPM_OUTBOX_ENTRYID).size());
}

TEST_F(StoreFace, TheSpoolerKeepsWhyAndWhenInTheQueue) {
    store.submit(REMAPI_W("m"));
    const Bytes entry = to_bytes(store.queue()[0].bytes(PR_ENTRYID));
    TestStore spooler(folder.file(REMAPI_W("a.rms")), true);
    const auto message = spooler.open<IMessage>(entry);
    object::set_prop(message.get(), {kTagQueueLastError, REMAPI_W("no route")});
    object::set_prop(message.get(), {kTagQueueTries, 3});
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const auto row = store.queue()[0];
    EXPECT_EQ(String(REMAPI_W("no route")), String(row.text(kTagQueueLastError)));
    EXPECT_EQ(3, row.number(kTagQueueTries));
}

TEST_F(StoreFace, WhatTheSpoolerNotesDoesNotUndoALock) {
    store.submit(REMAPI_W("m"));
    const Bytes entry = to_bytes(store.queue()[0].bytes(PR_ENTRYID));
    TestStore spooler(folder.file(REMAPI_W("a.rms")), true);
    const auto message = spooler.open<IMessage>(entry);
    ASSERT_EQ(S_OK, spooler.store->SetLockState(message.get(), MSG_LOCKED));
    object::set_prop(message.get(), {kTagQueueTries, 1});
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(String(REMAPI_W("handing-over")), String(store.queue()[0].text(kTagQueueState)));
}

TEST_F(StoreFace, ASubmittedMessageIsNeitherDeletedNorWritten) {
    store.submit(REMAPI_W("m"));
    Bytes entry = to_bytes(store.queue()[0].bytes(PR_ENTRYID));
    SBinary id = {narrow_size(entry.size()), entry.data()};
    ENTRYLIST list = {1, &id};
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION,
              store.folder(PR_IPM_OUTBOX_ENTRYID)->DeleteMessages(&list, 0, nullptr, 0));
    EXPECT_THROW(store.open<IMessage>(entry, MAPI_MODIFY), Error);
    EXPECT_EQ(1u, store.queue().size());
}

TEST_F(StoreFace, FoldersAreMadeNestedRenamedAndDeleted) {
    const auto top = store.folder(PR_IPM_SUBTREE_ENTRYID);
    WideChar name[] = REMAPI_W("Projects");
    com::Ptr<IMAPIFolder> child;
    auto* text = reinterpret_cast<LPTSTR>(name);
    ASSERT_EQ(S_OK,
              top->CreateFolder(FOLDER_GENERIC, text, nullptr, nullptr, MAPI_UNICODE, child.put()));
    com::Ptr<IMAPIFolder> again;
    EXPECT_EQ(MAPI_E_COLLISION,
              top->CreateFolder(FOLDER_GENERIC, text, nullptr, nullptr, MAPI_UNICODE, again.put()));
    EXPECT_EQ(S_OK, top->CreateFolder(FOLDER_GENERIC, text, nullptr, nullptr,
                                      MAPI_UNICODE | OPEN_IF_EXISTS, again.put()));
    com::Ptr<IMAPIFolder> grandchild;
    ASSERT_EQ(S_OK, child->CreateFolder(FOLDER_GENERIC, text, nullptr, nullptr, MAPI_UNICODE,
                                        grandchild.put()));
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, top->GetHierarchyTable(CONVENIENT_DEPTH | MAPI_UNICODE, table.put()));
    LONG deepest = 0;
    for (const auto& row : object::query_all_rows(table.get())) {
        deepest = std::max(deepest, static_cast<LONG>(row.number(PR_DEPTH)));
    }
    EXPECT_EQ(1, deepest);
    Bytes entry = object::get_required_prop(child.get(), PR_ENTRYID).bytes();
    auto* id = reinterpret_cast<ENTRYID*>(entry.data());
    EXPECT_EQ(MAPI_E_HAS_FOLDERS, top->DeleteFolder(narrow_size(entry.size()), id, 0, nullptr, 0));
    EXPECT_EQ(S_OK, top->DeleteFolder(narrow_size(entry.size()), id, 0, nullptr, DEL_FOLDERS));
    Bytes inbox = store.entry_id(PR_IPM_OUTBOX_ENTRYID);
    EXPECT_EQ(MAPI_E_NO_ACCESS,
              top->DeleteFolder(narrow_size(inbox.size()), reinterpret_cast<ENTRYID*>(inbox.data()),
                                0, nullptr, DEL_FOLDERS | DEL_MESSAGES));
}

TEST_F(StoreFace, AnOpenContentsTableAndASinkHearOfANewMessage) {
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK,
              store.folder(PR_IPM_OUTBOX_ENTRYID)->GetContentsTable(MAPI_UNICODE, table.put()));
    Bytes outbox = store.entry_id(PR_IPM_OUTBOX_ENTRYID);
    ULONG seen = 0;
    auto sink = com::make<object::CallbackSink>([&](const NOTIFICATION* events, ULONG count) {
        seen |= count != 0 ? events->ulEventType : 0;
    });
    ULONG_PTR connection = 0;
    ASSERT_EQ(S_OK, store.store->Advise(narrow_size(outbox.size()),
                                        reinterpret_cast<ENTRYID*>(outbox.data()),
                                        fnevObjectCreated, sink.get(), &connection));
    const auto message = store.new_message(REMAPI_W("m"));
    ASSERT_EQ(S_OK, message->SaveChanges(0));
    EXPECT_EQ(1u, object::query_all_rows(table.get()).size());
    EXPECT_EQ(static_cast<ULONG>(fnevObjectCreated), seen);
    EXPECT_EQ(S_OK, store.store->Unadvise(connection));
    EXPECT_EQ(MAPI_E_NOT_FOUND, store.store->Unadvise(connection));
}

TEST_F(StoreFace, AnotherSessionOfThisProcessSeesAndTellsTheSameStore) {
    const TestStore other(folder.file(REMAPI_W("a.rms")));
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, store.folder(PR_IPM_OUTBOX_ENTRYID)->GetContentsTable(0, table.put()));
    ASSERT_EQ(S_OK, other.new_message(REMAPI_W("m"))->SaveChanges(0));
    ULONG count = 0;
    ASSERT_EQ(S_OK, table->GetRowCount(0, &count));
    EXPECT_EQ(1u, count);
}

TEST_F(StoreFace, LoggingOffEndsTheUseOfTheHost) {
    const auto message = store.new_message(REMAPI_W("m"));
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    ULONG flags = 0;
    ASSERT_EQ(S_OK, store.logon->Logoff(&flags));
    EXPECT_EQ(MAPI_E_END_OF_SESSION, message->SubmitMessage(0));
}

TEST(StoreFaceObjects, NoneIsLeftBehind) {
    const long before = com::live_objects();
    {
        const TestFolder folder("objects");
        const TestStore store(folder.file(REMAPI_W("a.rms")));
        store.submit(REMAPI_W("m"));
        EXPECT_EQ(1u, store.contents(PR_IPM_OUTBOX_ENTRYID).size());
    }
    EXPECT_EQ(before, com::live_objects());
}

/// Takes the property blob of the message that was submitted last from under the store.
void damage_last_submitted(const String& path) {
    Database database(path, Database::Open::Existing);
    Transaction work(database, Transaction::Kind::Write);
    work.sql()
        .prepare(
            "UPDATE message SET summary = x'00' WHERE id = "
            "(SELECT message FROM outgoing ORDER BY sequence DESC LIMIT 1)")
        .run();
    work.commit();
}

TEST_F(StoreFace, ADamagedMessageStaysInTheQueueAndTakesNotes) {
    store.submit(REMAPI_W("whole"));
    store.submit(REMAPI_W("damaged"));
    Bytes entry = to_bytes(store.queue()[1].bytes(PR_ENTRYID));
    damage_last_submitted(folder.file(REMAPI_W("a.rms")));
    EXPECT_EQ(2u, store.contents(PR_IPM_OUTBOX_ENTRYID).size());
    ASSERT_EQ(2u, store.queue().size());
    EXPECT_EQ(entry, to_bytes(store.queue()[1].bytes(PR_ENTRYID)));
    EXPECT_NE(0, store.queue()[1].number(PR_CLIENT_SUBMIT_TIME));
    auto* const id = reinterpret_cast<ENTRYID*>(entry.data());
    const ULONG size = narrow_size(entry.size());
    com::Ptr<IMessage> message;
    ULONG type = 0;
    EXPECT_EQ(MAPI_E_CORRUPT_DATA, store.store->OpenEntry(size, id, nullptr, MAPI_MODIFY, &type,
                                                          message.put_as<IUnknown>()));

    com::Ptr<IRemapiQueueNotes> notes;
    ASSERT_EQ(S_OK, store.store->QueryInterface(kIidRemapiQueueNotes, notes.put_as<void>()));
    ASSERT_EQ(S_OK, notes->NoteTry(size, id, 3, kQueueNextTryNever, REMAPI_W("cannot be opened")));
    const PropertyBag row = store.queue()[1];
    EXPECT_EQ(String(REMAPI_W("queued")), String(row.text(kTagQueueState)));
    EXPECT_EQ(String(REMAPI_W("cannot be opened")), String(row.text(kTagQueueLastError)));
    EXPECT_EQ(3, row.number(kTagQueueTries));
    EXPECT_EQ(kQueueNextTryNever, static_cast<std::uint64_t>(row.number(kTagQueueNextTry)));
    EXPECT_EQ(S_OK, store.store->AbortSubmit(size, id, 0)) << "it can still be taken back";
    EXPECT_EQ(MAPI_E_NOT_IN_QUEUE, notes->NoteTry(size, id, 4, 0, REMAPI_W("too late")));
}

}  // namespace
}  // namespace remapi::localstore
