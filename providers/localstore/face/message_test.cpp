// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/imessageimapiprop.md, mapi/imapiprop-savechanges.md,
// mapi/required-properties-for-all-messages.md, mapi/pidtagmessageflags-canonical-property.md
#include <gtest/gtest.h>

#include "providers/localstore/model/folder.h"
#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

class Messages : public testing::Test {
protected:
    Messages() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        ASSERT_EQ(S_OK, store.result);
        letters = make_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), REMAPI_W("Letters"));
    }
    com::Ptr<IMessage> create() {
        com::Ptr<IMessage> message;
        check(letters->CreateMessage(nullptr, 0, message.put()), "IMAPIFolder::CreateMessage");
        return message;
    }
    std::size_t told(ULONG event) {
        return static_cast<std::size_t>(
            std::count_if(store.support->notified.begin(), store.support->notified.end(),
                          [&](const auto& entry) { return entry.second == event; }));
    }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
    com::Ptr<IMAPIFolder> letters;
};

TEST_F(Messages, HaveEveryRequiredPropertyOnceTheyAreSaved) {
    const auto message = create();
    object::set_prop(message.get(), {PR_SUBJECT_W, REMAPI_W("RE: a")});
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const auto opened = store.open<IMessage>(entry_of(message.get()), 0);
    for (const ULONG tag :
         {PR_CREATION_TIME,        PR_DISPLAY_BCC_W,     PR_DISPLAY_CC_W,
          PR_DISPLAY_TO_W,         PR_ENTRYID,           PR_LAST_MODIFICATION_TIME,
          PR_MESSAGE_CLASS_W,      PR_MESSAGE_FLAGS,     PR_MESSAGE_SIZE,
          PR_NORMALIZED_SUBJECT_W, PR_PARENT_ENTRYID,    PR_PARENT_DISPLAY_W,
          PR_RECORD_KEY,           PR_SEARCH_KEY,        PR_STORE_ENTRYID,
          PR_STORE_RECORD_KEY,     PR_SUBJECT_PREFIX_W,  PR_CONVERSATION_TOPIC_W,
          PR_CONVERSATION_INDEX,   PR_MAPPING_SIGNATURE, PR_HASATTACH}) {
        EXPECT_TRUE(object::get_one_prop(opened.get(), tag)) << std::hex << tag;
    }
    EXPECT_EQ(String(REMAPI_W("Letters")), text_of(opened.get(), PR_PARENT_DISPLAY_W));
    EXPECT_EQ(String(REMAPI_W("a")), text_of(opened.get(), PR_CONVERSATION_TOPIC_W));
    EXPECT_EQ(String(REMAPI_W("RE: ")), text_of(opened.get(), PR_SUBJECT_PREFIX_W));
    EXPECT_EQ(22u, object::get_required_prop(opened.get(), PR_CONVERSATION_INDEX).bytes().size());
}

TEST_F(Messages, ConversationsThatWereSetAreKept) {
    const auto message = create();
    const Bytes index(27, 1);
    object::set_prop(message.get(), {PR_SUBJECT_W, REMAPI_W("RE: a")});
    object::set_prop(message.get(), {PR_CONVERSATION_TOPIC_W, REMAPI_W("topic")});
    object::set_prop(message.get(), {PR_CONVERSATION_INDEX, index});
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(String(REMAPI_W("topic")), text_of(message.get(), PR_CONVERSATION_TOPIC_W));
    EXPECT_EQ(index, object::get_required_prop(message.get(), PR_CONVERSATION_INDEX).bytes());
}

TEST_F(Messages, AreUnmodifiedUntilTheirSecondSave) {
    const auto message = create();
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    constexpr ULONG kBoth = MSGFLAG_UNSENT | MSGFLAG_UNMODIFIED;
    EXPECT_EQ(kBoth, number_of(message.get(), PR_MESSAGE_FLAGS) & kBoth);
    object::set_prop(message.get(), {PR_SUBJECT_W, REMAPI_W("changed")});
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(MSGFLAG_UNSENT, number_of(message.get(), PR_MESSAGE_FLAGS) & kBoth);
    const SPropValue value = {PR_MESSAGE_FLAGS, 0, {}};
    SPropProblemArray* problems = nullptr;
    ASSERT_EQ(S_OK, message->SetProps(1, const_cast<SPropValue*>(&value), &problems));
    ASSERT_TRUE(problems);
    EXPECT_EQ(MAPI_E_COMPUTED, problems->aProblem[0].scode);
    memory::routines().free(problems);
}

TEST_F(Messages, SavingKeepsOpenAsTheFlagSays) {
    const auto message = create();
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(MAPI_MODIFY, number_of(message.get(), PR_ACCESS_LEVEL));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READONLY));
    EXPECT_EQ(0, number_of(message.get(), PR_ACCESS_LEVEL));
    EXPECT_EQ(MAPI_E_NO_ACCESS, message->SaveChanges(KEEP_OPEN_READWRITE));
    SPropValue value = {PR_IMPORTANCE, 0, {}};
    EXPECT_EQ(MAPI_E_NO_ACCESS, message->SetProps(1, &value, nullptr));
    constexpr ULONG kHints = 0x1080;  // NON_EMS_XP_SAVE, SPAMFILTER_ONSAVE
    EXPECT_EQ(S_OK, create()->SaveChanges(kHints | MAPI_DEFERRED_ERRORS));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, create()->SaveChanges(0x40000000));
}

TEST_F(Messages, SavingWithoutAChangeTellsNobody) {
    const auto message = create();
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    const std::size_t before = told(fnevObjectModified);
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(before, told(fnevObjectModified));
}

TEST_F(Messages, ReadStateAndMovesOfOthersAreNoConflict) {
    const Bytes entry = make_message(letters.get(), REMAPI_W("m"));
    const auto mine = store.open<IMessage>(entry);
    ASSERT_EQ(S_OK, store.open<IMessage>(entry, 0)->SetReadFlag(0));
    const auto other = make_folder(letters.get(), REMAPI_W("other"));
    ASSERT_EQ(S_OK, copy_messages(letters.get(), {entry}, other.get(), MESSAGE_MOVE));
    object::set_prop(mine.get(), {PR_SUBJECT_W, REMAPI_W("changed")});
    ASSERT_EQ(S_OK, mine->SaveChanges(KEEP_OPEN_READONLY));
    const auto rows = contents_of(other.get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(String(REMAPI_W("changed")), String(rows[0].text(PR_SUBJECT_W)));
    EXPECT_NE(0, rows[0].number(PR_MESSAGE_FLAGS) & MSGFLAG_READ);
}

TEST_F(Messages, ForcingOverAnEditReplacesRecipientsAndAttachmentsToo) {
    const auto first = create();
    TestStore::add_recipient(first.get(), REMAPI_W("Alice"));
    ASSERT_EQ(S_OK, first->SaveChanges(KEEP_OPEN_READWRITE));
    const Bytes entry = entry_of(first.get());
    const auto second = store.open<IMessage>(entry);
    TestStore::add_recipient(second.get(), REMAPI_W("Bob"));
    ULONG number = 0;
    com::Ptr<IAttach> attachment;
    ASSERT_EQ(S_OK, second->CreateAttach(nullptr, 0, &number, attachment.put()));
    ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    ASSERT_EQ(S_OK, second->SaveChanges(0));
    object::set_prop(first.get(), {PR_SUBJECT_W, REMAPI_W("mine")});
    ASSERT_EQ(MAPI_E_OBJECT_CHANGED, first->SaveChanges(KEEP_OPEN_READWRITE));
    ASSERT_EQ(S_OK, first->SaveChanges(FORCE_SAVE));
    const auto now = store.open<IMessage>(entry, 0);
    EXPECT_EQ(String(REMAPI_W("Alice")), text_of(now.get(), PR_DISPLAY_TO_W));
    EXPECT_FALSE(object::get_required_prop(now.get(), PR_HASATTACH).truth());
}

TEST_F(Messages, RecipientsAreAddedChangedAndRemovedByTheirRowIds) {
    const auto message = create();
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, message->OpenProperty(PR_MESSAGE_RECIPIENTS, &IID_IMAPITable, MAPI_UNICODE, 0,
                                          table.put_as<IUnknown>()));
    TestStore::add_recipient(message.get(), REMAPI_W("Alice"));
    TestStore::add_recipient(message.get(), REMAPI_W("Bob"));
    auto rows = object::query_all_rows(table.get());
    ASSERT_EQ(2u, rows.size());
    const auto modify = [&](ULONG flags, std::vector<PropValue> row) {
        const std::vector<std::vector<PropValue>> list{std::move(row)};
        ADRLIST* packed = object::pack_address_list(list);
        const HRESULT hr = message->ModifyRecipients(flags, packed);
        memory::free_address_list(packed);
        return hr;
    };
    const PropValue bob(PR_ROWID, rows[1].number(PR_ROWID));
    EXPECT_EQ(S_OK,
              modify(MODRECIP_MODIFY, {bob,
                                       {PR_RECIPIENT_TYPE, static_cast<std::int64_t>(MAPI_CC)},
                                       {PR_DISPLAY_NAME_W, REMAPI_W("Robert")}}));
    rows = object::query_all_rows(table.get());
    EXPECT_EQ(String(REMAPI_W("Robert")), String(rows[1].text(PR_DISPLAY_NAME_W)));
    EXPECT_FALSE(rows[1].find(PR_EMAIL_ADDRESS_W));  // what is not given again is gone
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(String(REMAPI_W("Alice")), text_of(message.get(), PR_DISPLAY_TO_W));
    EXPECT_EQ(String(REMAPI_W("Robert")), text_of(message.get(), PR_DISPLAY_CC_W));
    EXPECT_EQ(S_OK, modify(MODRECIP_REMOVE, {bob}));
    EXPECT_EQ(1u, object::query_all_rows(table.get()).size());
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, modify(MODRECIP_REMOVE, {bob}));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, modify(MODRECIP_ADD | MODRECIP_REMOVE, {bob}));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, modify(0x100, {bob}));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, message->ModifyRecipients(MODRECIP_ADD, nullptr));
    EXPECT_EQ(S_OK, message->ModifyRecipients(0, nullptr));
    EXPECT_TRUE(object::query_all_rows(table.get()).empty());
}

TEST_F(Messages, LongRecipientListsShowTheirBeginningInTables) {
    const auto message = create();
    for (int i = 0; i < 60; ++i) TestStore::add_recipient(message.get(), REMAPI_W("Somebody"));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(255u, contents_of(letters.get())[0].text(PR_DISPLAY_TO_W).size());
    EXPECT_EQ(598u, text_of(message.get(), PR_DISPLAY_TO_W).size());
}

TEST_F(Messages, WhatIsEmbeddedIsNotOpenedByAnEntryId) {
    const auto message = create();
    com::Ptr<IAttach> attachment;
    ULONG number = 0;
    ASSERT_EQ(S_OK, message->CreateAttach(nullptr, 0, &number, attachment.put()));
    com::Ptr<IMessage> inner;
    ASSERT_EQ(S_OK, attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                             MAPI_CREATE | MAPI_MODIFY, inner.put_as<IUnknown>()));
    ASSERT_EQ(S_OK, inner->SaveChanges(0));
    ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    ASSERT_EQ(S_OK, message->SaveChanges(KEEP_OPEN_READONLY));
    Bytes entry = entry_of(message.get());
    ++entry[24];  // the row behind that of the outer message
    EXPECT_EQ(MAPI_E_NOT_FOUND, open_result(store.store.get(), entry, 0));
}

}  // namespace
}  // namespace remapi::localstore
