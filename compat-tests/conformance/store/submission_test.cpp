// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Messages on their way out; the tests do what the spooler would.
#include "compat-tests/conformance/store/recording_sink.h"
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imessage-submitmessage.md, mapi/imsgstore-abortsubmit.md,
/// mapi/imsgstore-getoutgoingqueue.md, mapi/imsgstore-setlockstate.md,
/// mapi/imsgstore-finishedmsg.md, mapi/outgoing-queue-tables.md, mapi/recipient-tables.md,
/// mapi/sending-messages-message-store-provider-tasks.md, mapi/imapifolder-deletemessages.md,
/// mapi/imapifolder-emptyfolder.md
class Submission : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        sent = make_folder(&world.subtree(), REMAPI_W("sent by test"), OPEN_IF_EXISTS);
    }
    void TearDown() override {
        for (const Bytes& id : submitted) {
            lock(id, MSG_UNLOCKED);
            abort(id);
        }
        if (sent) sent->EmptyFolder(0, nullptr, 0);
        StoreTest::TearDown();
    }
    com::Ptr<IMessage> outgoing(const WideChar* subject) {
        auto message = new_message(folder.get(), subject);
        add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@example.org")}});
        return message;
    }
    /// Submits one and answers its identifier, which was asked for before.
    Bytes submit(com::Ptr<IMessage> message) {
        save(message.get());
        const Bytes id = id_of(message.get());
        check(message->SubmitMessage(0), "IMessage::SubmitMessage");
        submitted.push_back(id);
        return id;
    }
    Bytes submit(const WideChar* subject) { return submit(outgoing(subject)); }
    com::Ptr<IMAPITable> queue() {
        com::Ptr<IMAPITable> table;
        check(store()->GetOutgoingQueue(0, table.put()), "IMsgStore::GetOutgoingQueue");
        return table;
    }
    Texts queued() {
        const auto table = queue();
        const object::TagArray columns{PR_SUBJECT_W};
        check(table->SetColumns(columns.get(), 0), "IMAPITable::SetColumns");
        return texts(table.get(), PR_SUBJECT_W);
    }
    HRESULT abort(const Bytes& id) {
        return store()->AbortSubmit(narrow_size(id.size()), as_entry(id), 0);
    }
    HRESULT lock(const Bytes& id, ULONG state) {
        ULONG type = 0;
        com::Ptr<IMessage> message;
        const HRESULT hr = store()->OpenEntry(narrow_size(id.size()), as_entry(id), &IID_IMessage,
                                              MAPI_BEST_ACCESS, &type, message.put_as<IUnknown>());
        return FAILED(hr) ? hr : store()->SetLockState(message.get(), state);
    }
    HRESULT finish(const Bytes& id) {
        return store()->FinishedMsg(0, narrow_size(id.size()), as_entry(id));
    }
    ULONG flags_of(const Bytes& id) {
        return static_cast<ULONG>(
            get_number(open<IMessage>(store(), id, 0).get(), PR_MESSAGE_FLAGS));
    }
    /// Hands a message over as a spooler does.
    void send(const Bytes& id) {
        ASSERT_HR(S_OK, lock(id, MSG_LOCKED));
        ASSERT_HR(S_OK, finish(id));
    }

    com::Ptr<IMAPIFolder> sent;
    std::vector<Bytes> submitted;
};

TEST_F(Submission, NeedsARecipient) {
    const auto message = new_message(folder.get(), REMAPI_W("m"));
    EXPECT_HR(MAPI_E_NO_RECIPIENTS, message->SubmitMessage(0));
    // The message stays open.
    EXPECT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("n")}));
    EXPECT_HR(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_TRUE(queued().empty());
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, message->SubmitMessage(0x10000000));
}

TEST_F(Submission, SavesAndQueuesTheMessage) {
    const auto message = outgoing(REMAPI_W("m"));
    save(message.get());
    const Bytes id = id_of(message.get());
    ASSERT_HR(S_OK, set(message.get(), {PR_BODY_W, REMAPI_W("not saved yet")}));
    ASSERT_HR(S_OK, message->SubmitMessage(0));
    submitted.push_back(id);
    EXPECT_EQ(Texts{REMAPI_W("m")}, queued());
    const auto waiting = open<IMessage>(store(), id, 0);
    EXPECT_EQ(REMAPI_W("not saved yet"), get_text(waiting.get(), PR_BODY_W));
    EXPECT_NE(0u, flags_of(id) & MSGFLAG_SUBMIT);
    EXPECT_HR(S_OK, error_of(get(waiting.get(), PR_CLIENT_SUBMIT_TIME)));
}

TEST_F(Submission, QueuesInItsOwnOrder) {
    submit(REMAPI_W("b"));
    submit(REMAPI_W("a"));
    submit(REMAPI_W("c"));
    EXPECT_EQ((Texts{REMAPI_W("b"), REMAPI_W("a"), REMAPI_W("c")}), queued());
}

TEST_F(Submission, QueuesWithTheRequiredColumns) {
    const auto table = queue();
    for (const ULONG tag : {PR_CLIENT_SUBMIT_TIME, PR_DISPLAY_BCC, PR_DISPLAY_CC, PR_DISPLAY_TO,
                            PR_ENTRYID, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_PRIORITY,
                            PR_SENDER_NAME, PR_SUBJECT, PR_SUBMIT_FLAGS})
        EXPECT_TRUE(has_column(table.get(), tag)) << std::hex << tag;
}

TEST_F(Submission, NamesTheMessageInTheQueue) {
    const Bytes id = submit(REMAPI_W("m"));
    const auto rows = rows_of(queue().get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(id, to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(REMAPI_W("Ann"), rows[0].text(PR_DISPLAY_TO_W));
    EXPECT_NE(0, rows[0].number(PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT);
    EXPECT_EQ(0, rows[0].number(PR_SUBMIT_FLAGS, -1) & SUBMITFLAG_LOCKED);
}

TEST_F(Submission, TellsWhoeverWatchesTheQueue) {
    const auto sink = com::make<EventSink>();
    const auto table = queue();
    ULONG_PTR connection = 0;
    ASSERT_HR(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    const Bytes id = submit(REMAPI_W("m"));
    world.dispatch();
    EXPECT_FALSE(sink->take().empty());
    EXPECT_EQ(1u, rows_of(table.get()).size());
    ASSERT_HR(S_OK, abort(id));
    world.dispatch();
    EXPECT_FALSE(sink->take().empty());
    EXPECT_TRUE(rows_of(table.get()).empty());
    EXPECT_HR(S_OK, table->Unadvise(connection));
}

TEST_F(Submission, LeavesEveryRecipientWithoutATransport) {
    const auto waiting = open<IMessage>(store(), submit(REMAPI_W("m")), 0);
    const auto table = recipients(waiting.get());
    EXPECT_TRUE(has_column(table.get(), PR_RESPONSIBILITY));
    EXPECT_TRUE(has_column(table.get(), PR_ADDRTYPE));
    for (const PropertyBag& row : rows_of(table.get())) {
        ASSERT_NE(nullptr, row.find(PR_RESPONSIBILITY));
        EXPECT_FALSE(row.truth(PR_RESPONSIBILITY, true));
        EXPECT_FALSE(row.bytes(PR_ENTRYID).empty());
    }
}

TEST_F(Submission, ProtectsTheMessage) {
    const Bytes id = submit(REMAPI_W("m"));
    EntryList list({id});
    EXPECT_TRUE(is_partial(folder->DeleteMessages(list.get(), 0, nullptr, 0)));
    EXPECT_TRUE(is_partial(
        folder->CopyMessages(list.get(), nullptr, sent.get(), 0, nullptr, MESSAGE_MOVE)));
    EXPECT_TRUE(is_partial(folder->SetReadFlags(list.get(), 0, nullptr, 0)));
    EXPECT_HR(MAPI_W_PARTIAL_COMPLETION, folder->EmptyFolder(0, nullptr, 0));
    EXPECT_EQ(Texts{REMAPI_W("m")}, queued());
}

TEST_F(Submission, ClosesTheMessageForWriting) {
    const Bytes id = submit(REMAPI_W("m"));
    ULONG type = 0;
    com::Ptr<IMessage> message;
    EXPECT_TRUE(FAILED(store()->OpenEntry(narrow_size(id.size()), as_entry(id), &IID_IMessage,
                                          MAPI_MODIFY, &type, message.put_as<IUnknown>())));
    EXPECT_HR(S_OK, store()->OpenEntry(narrow_size(id.size()), as_entry(id), &IID_IMessage,
                                       MAPI_BEST_ACCESS, &type, message.put_as<IUnknown>()));
    EXPECT_EQ(0, get_number(message.get(), PR_ACCESS_LEVEL));
}

TEST_F(Submission, IsTakenBack) {
    const Bytes id = submit(REMAPI_W("m"));
    ASSERT_HR(S_OK, abort(id));
    EXPECT_TRUE(queued().empty());
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_SUBMIT);
    EXPECT_NE(0u, flags_of(id) & MSGFLAG_UNSENT);
    const auto draft = open<IMessage>(store(), id);
    EXPECT_HR(S_OK, set(draft.get(), {PR_SUBJECT_W, REMAPI_W("n")}));
    EXPECT_HR(S_OK, draft->SaveChanges(KEEP_OPEN_READWRITE));
}

TEST_F(Submission, IsMadeAgainAfterItWasTakenBack) {
    const Bytes id = submit(REMAPI_W("m"));
    ASSERT_HR(S_OK, abort(id));
    EXPECT_EQ(id, submit(open<IMessage>(store(), id)));
    EXPECT_EQ(Texts{REMAPI_W("m")}, queued());
}

TEST_F(Submission, IsNotTakenBackWhenThereIsNone) {
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_HR(MAPI_E_NOT_IN_QUEUE, abort(id_of(message.get())));
    const Bytes id = submit(REMAPI_W("n"));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, store()->AbortSubmit(narrow_size(id.size()), as_entry(id), 1));
}

TEST_F(Submission, IsNotTakenBackWhenTheSpoolerHasLockedIt) {
    const Bytes id = submit(REMAPI_W("m"));
    ASSERT_HR(S_OK, lock(id, MSG_LOCKED));
    EXPECT_HR(MAPI_E_UNABLE_TO_ABORT, abort(id));
    EXPECT_NE(0, rows_of(queue().get())[0].number(PR_SUBMIT_FLAGS) & SUBMITFLAG_LOCKED);
    ASSERT_HR(S_OK, lock(id, MSG_UNLOCKED));
    EXPECT_EQ(0, rows_of(queue().get())[0].number(PR_SUBMIT_FLAGS) & SUBMITFLAG_LOCKED);
    EXPECT_HR(S_OK, abort(id));
}

TEST_F(Submission, IsLockedOnlyAsTheParameterSays) {
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, store()->SetLockState(nullptr, MSG_LOCKED));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, store()->SetLockState(message.get(), 77));
    EXPECT_TRUE(FAILED(store()->SetLockState(message.get(), MSG_LOCKED)));
}

TEST_F(Submission, EndsWhereItBeganWithoutAnotherWish) {
    const Bytes id = submit(REMAPI_W("m"));
    send(id);
    EXPECT_TRUE(queued().empty());
    EXPECT_EQ(Texts{REMAPI_W("m")}, subjects(folder.get()));
    EXPECT_EQ(0u, flags_of(id) & (MSGFLAG_SUBMIT | MSGFLAG_UNSENT));
}

TEST_F(Submission, EndsInTheFolderForSentMail) {
    const auto message = outgoing(REMAPI_W("m"));
    ASSERT_HR(S_OK, set(message.get(), {PR_SENTMAIL_ENTRYID, id_of(sent.get())}));
    send(submit(message));
    EXPECT_TRUE(queued().empty());
    EXPECT_TRUE(subjects(folder.get()).empty());
    EXPECT_EQ(Texts{REMAPI_W("m")}, subjects(sent.get()));
}

TEST_F(Submission, EndsWithTheMessageWhenThatIsWanted) {
    const auto message = outgoing(REMAPI_W("m"));
    ASSERT_HR(S_OK, set(message.get(), {PR_DELETE_AFTER_SUBMIT, true}));
    send(submit(message));
    EXPECT_TRUE(queued().empty());
    EXPECT_TRUE(subjects(folder.get()).empty());
}

TEST_F(Submission, EndsWithTheMessageWhenBothAreWanted) {
    const auto message = outgoing(REMAPI_W("m"));
    ASSERT_HR(S_OK, set(message.get(), {PR_DELETE_AFTER_SUBMIT, true}));
    ASSERT_HR(S_OK, set(message.get(), {PR_SENTMAIL_ENTRYID, id_of(sent.get())}));
    send(submit(message));
    EXPECT_TRUE(queued().empty());
    EXPECT_TRUE(subjects(folder.get()).empty());
    EXPECT_TRUE(subjects(sent.get()).empty());
}

TEST_F(Submission, DoesNotEndForWhatWasNotSubmitted) {
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    EXPECT_TRUE(FAILED(finish(id_of(message.get()))));
    EXPECT_EQ(Texts{REMAPI_W("m")}, subjects(folder.get()));
}

TEST_F(Submission, OfSomebodyTwiceGoesOnce) {
    const auto message = outgoing(REMAPI_W("m"));
    add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@example.org")}});
    const auto waiting = open<IMessage>(store(), submit(message), 0);
    EXPECT_EQ(1u, rows_of(recipients(waiting.get()).get()).size());
}

}  // namespace
}  // namespace remapi::test
