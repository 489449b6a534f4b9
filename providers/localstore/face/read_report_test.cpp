// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The read flag and the reports about it. Pages: mapi/imessage-setreadflag.md,
// mapi/imapifolder-setreadflags.md,
// mapi/providing-read-and-nonread-reports-for-message-store-providers.md
#include <gtest/gtest.h>

#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

constexpr ULONG kPending = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;

class ReadReports : public testing::Test {
protected:
    ReadReports() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        ASSERT_EQ(S_OK, store.result);
        inbox = make_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), REMAPI_W("Letters"));
        store.support->on_report = [this](ULONG flags, IMessage* about, IMessage* report) {
            reported.push_back({flags, text_of(about, PR_SUBJECT_W)});
            if (FAILED(report_result)) return report_result;
            object::set_prop(report, {PR_SUBJECT_W, REMAPI_W("report")});
            TestStore::add_recipient(report, REMAPI_W("Sender"));
            return report_result;
        };
    }

    /// A message as a transport delivers it.
    Bytes deliver(std::initializer_list<PropValue> more = {{PR_READ_RECEIPT_REQUESTED, true}}) {
        com::Ptr<IMessage> message;
        check(inbox->CreateMessage(nullptr, 0, message.put()), "IMAPIFolder::CreateMessage");
        object::set_prop(message.get(), {PR_MESSAGE_FLAGS, 0});
        object::set_prop(message.get(), {PR_SUBJECT_W, REMAPI_W("letter")});
        object::set_prop(message.get(), {PR_MESSAGE_DELIVERY_TIME, std::uint64_t{5}});
        for (const PropValue& value : more) object::set_prop(message.get(), value);
        check(message->SaveChanges(0), "IMAPIProp::SaveChanges");
        return entry_of(message.get());
    }
    std::int64_t flags_of(const Bytes& entry) {
        return number_of(store.open<IMessage>(entry, 0).get(), PR_MESSAGE_FLAGS);
    }
    HRESULT set(const Bytes& entry, ULONG flags) {
        return store.open<IMessage>(entry, 0)->SetReadFlag(flags);
    }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
    com::Ptr<IMAPIFolder> inbox;
    HRESULT report_result = S_OK;
    std::vector<std::pair<ULONG, String>> reported;
};

TEST_F(ReadReports, ADeliveredMessageOwesWhatItsSenderAskedFor) {
    EXPECT_EQ(kPending, flags_of(deliver()) & kPending);
    EXPECT_EQ(MSGFLAG_NRN_PENDING,
              flags_of(deliver({{PR_NON_RECEIPT_NOTIFICATION_REQUESTED, true}})) & kPending);
    EXPECT_EQ(0, flags_of(deliver({})) & kPending);
    EXPECT_EQ(0, flags_of(make_message(inbox.get(), REMAPI_W("draft"))) & kPending);
}

TEST_F(ReadReports, ReadingSubmitsOneReportAndOnlyOne) {
    const Bytes entry = deliver();
    ASSERT_EQ(S_OK, set(entry, 0));
    EXPECT_EQ(MSGFLAG_READ, flags_of(entry) & (MSGFLAG_READ | kPending));
    ASSERT_EQ(1u, reported.size());
    EXPECT_EQ(0u, reported[0].first);
    const auto queue = store.queue();
    ASSERT_EQ(1u, queue.size());
    EXPECT_EQ(String(REMAPI_W("report")), String(queue[0].text(PR_SUBJECT_W)));
    set(entry, CLEAR_READ_FLAG);
    EXPECT_EQ(0, flags_of(entry) & MSGFLAG_READ);
    set(entry, 0);
    EXPECT_EQ(1u, reported.size());
}

TEST_F(ReadReports, SuppressingReadsWithoutAReport) {
    const Bytes entry = deliver();
    EXPECT_EQ(S_OK, set(entry, SUPPRESS_RECEIPT));
    EXPECT_EQ(MSGFLAG_READ, flags_of(entry) & (MSGFLAG_READ | kPending));
    EXPECT_TRUE(reported.empty());
}

TEST_F(ReadReports, GeneratingOnlyReportsLeavesTheFlagAlone) {
    const Bytes entry = deliver();
    EXPECT_EQ(S_OK, set(entry, GENERATE_RECEIPT_ONLY));
    EXPECT_EQ(0, flags_of(entry) & (MSGFLAG_READ | kPending));
    EXPECT_EQ(1u, reported.size());
}

TEST_F(ReadReports, SuppressingAndGeneratingTakesTheRequestBack) {
    const Bytes entry = deliver();
    EXPECT_EQ(S_OK, set(entry, SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY));
    EXPECT_EQ(0, flags_of(entry) & (MSGFLAG_READ | kPending));
    EXPECT_FALSE(
        object::get_required_prop(store.open<IMessage>(entry, 0).get(), PR_READ_RECEIPT_REQUESTED)
            .truth());
    EXPECT_EQ(S_OK, set(entry, 0));
    EXPECT_TRUE(reported.empty());
}

TEST_F(ReadReports, PendingReportsCanBeForgottenOneByOne) {
    const Bytes entry = deliver();
    EXPECT_EQ(S_OK, set(entry, CLEAR_RN_PENDING | MAPI_DEFERRED_ERRORS));
    EXPECT_EQ(MSGFLAG_NRN_PENDING, flags_of(entry) & (MSGFLAG_READ | kPending));
    EXPECT_EQ(S_OK, set(entry, CLEAR_NRN_PENDING));
    EXPECT_EQ(0, flags_of(entry) & (MSGFLAG_READ | kPending));
    EXPECT_EQ(S_OK, set(entry, 0));
    EXPECT_TRUE(reported.empty());
}

TEST_F(ReadReports, ContradictingFlagsAreInvalid) {
    const Bytes entry = deliver();
    for (const ULONG flags :
         {SUPPRESS_RECEIPT | CLEAR_READ_FLAG, CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
          SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY}) {
        EXPECT_EQ(MAPI_E_INVALID_PARAMETER, set(entry, flags)) << flags;
        EXPECT_EQ(MAPI_E_INVALID_PARAMETER, inbox->SetReadFlags(nullptr, 0, nullptr, flags));
    }
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, set(entry, 0x80000000));
}

TEST_F(ReadReports, AFolderReadsAllItsMessages) {
    const Bytes first = deliver();
    const Bytes second = deliver({});
    ASSERT_EQ(S_OK, inbox->SetReadFlags(nullptr, 0, nullptr, 0));
    EXPECT_EQ(0, number_of(inbox.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(1u, reported.size());
    EXPECT_EQ(
        MAPI_W_PARTIAL_COMPLETION,
        inbox->SetReadFlags(EntryList({first, store.entry_id(PR_IPM_OUTBOX_ENTRYID), second}).get(),
                            0, nullptr, CLEAR_READ_FLAG));
    EXPECT_EQ(2, number_of(inbox.get(), PR_CONTENT_UNREAD));
}

TEST_F(ReadReports, DeletingAnUnreadMessageReportsThatItWasNotRead) {
    delete_messages(inbox.get(), {deliver()});
    ASSERT_EQ(1u, reported.size());
    EXPECT_EQ(MAPI_NON_READ, reported[0].first);
    const Bytes read = deliver();
    set(read, 0);
    delete_messages(inbox.get(), {read});
    EXPECT_EQ(2u, reported.size());
    deliver();
    inbox->EmptyFolder(0, nullptr, 0);
    EXPECT_EQ(3u, reported.size());
}

TEST_F(ReadReports, WhatIsNotDeletedAfterAllIsNotReported) {
    const Bytes entry = deliver();
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION,
              delete_messages(store.folder(PR_IPM_OUTBOX_ENTRYID).get(), {entry}));
    EXPECT_EQ(MAPI_E_HAS_MESSAGES,
              delete_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), entry_of(inbox.get()), 0));
    EXPECT_TRUE(reported.empty());
    EXPECT_EQ(S_OK, delete_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), entry_of(inbox.get()),
                                  DEL_MESSAGES));
    EXPECT_EQ(1u, reported.size());
}

TEST_F(ReadReports, ACopyOwesNothing) {
    const Bytes entry = deliver();
    const auto other = make_folder(inbox.get(), REMAPI_W("copies"));
    ASSERT_EQ(S_OK, copy_messages(inbox.get(), {entry}, other.get(), 0));
    ASSERT_EQ(S_OK, copy_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), entry_of(inbox.get()),
                                store.folder(PR_IPM_SUBTREE_ENTRYID).get(), 0, REMAPI_W("all")));
    ASSERT_EQ(S_OK, other->SetReadFlags(nullptr, 0, nullptr, 0));
    other->EmptyFolder(0, nullptr, 0);
    EXPECT_TRUE(reported.empty());
    EXPECT_EQ(kPending, flags_of(entry) & kPending);
}

TEST_F(ReadReports, AReportThatCannotBeSentIsOwedOn) {
    const Bytes entry = deliver();
    report_result = MAPI_E_NOT_FOUND;
    EXPECT_EQ(S_OK, set(entry, 0));
    EXPECT_EQ(MSGFLAG_READ | MSGFLAG_RN_PENDING,
              flags_of(entry) & (MSGFLAG_READ | MSGFLAG_RN_PENDING));
    EXPECT_TRUE(store.queue().empty());
    report_result = S_OK;
    EXPECT_EQ(S_OK, set(entry, GENERATE_RECEIPT_ONLY));
    EXPECT_EQ(1u, store.queue().size());
}

TEST_F(ReadReports, ASubmittedMessageKeepsItsFlag) {
    store.submit(REMAPI_W("m"));
    EXPECT_EQ(MAPI_E_SUBMITTED, set(to_bytes(store.queue()[0].bytes(PR_ENTRYID)), 0));
}

}  // namespace
}  // namespace remapi::localstore
