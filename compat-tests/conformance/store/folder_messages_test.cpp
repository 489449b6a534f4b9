// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What folders do with their messages.
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapifolder-createmessage.md, mapi/imapifolder-copymessages.md,
/// mapi/imapifolder-deletemessages.md, mapi/imapifolder-setreadflags.md,
/// mapi/imapifolder-getmessagestatus.md, mapi/imapifolder-setmessagestatus.md
class FolderMessages : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        target = make_folder(folder.get(), REMAPI_W("target"));
    }
    HRESULT copy(std::vector<Bytes> ids, ULONG flags = 0) {
        EntryList list(std::move(ids));
        return folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, flags);
    }
    HRESULT remove_messages(std::vector<Bytes> ids, ULONG flags = 0) {
        EntryList list(std::move(ids));
        return folder->DeleteMessages(list.get(), 0, nullptr, flags);
    }
    HRESULT set_read(std::vector<Bytes> ids, ULONG flags) {
        EntryList list(std::move(ids));
        return folder->SetReadFlags(list.get(), 0, nullptr, flags);
    }
    /// The identifier of a saved message that nobody holds open.
    Bytes put(const WideChar* subject, ULONG flags = MSGFLAG_UNSENT) {
        const auto message = new_message(folder.get(), subject);
        object::set_prop(message.get(), {PR_MESSAGE_FLAGS, flags});
        save(message.get(), 0);
        return id_of(message.get());
    }
    ULONG flags_of(const Bytes& id) {
        return static_cast<ULONG>(
            get_number(open<IMessage>(store(), id, 0).get(), PR_MESSAGE_FLAGS));
    }
    /// One for which its sender wants to be told whether it was read, as a transport delivers it.
    /// Page: mapi/providing-read-and-nonread-reports-for-message-store-providers.md
    Bytes deliver() {
        const auto message = new_message(folder.get(), REMAPI_W("tell me"));
        object::set_prop(message.get(), {PR_MESSAGE_FLAGS, 0});
        object::set_prop(message.get(), {PR_READ_RECEIPT_REQUESTED, true});
        object::set_prop(message.get(), {PR_MESSAGE_DELIVERY_TIME, std::uint64_t{5}});
        save(message.get(), 0);
        return id_of(message.get());
    }
    Bytes gone() {
        const Bytes id = put(REMAPI_W("gone"));
        check(remove_messages({id}, kHardDelete), "IMAPIFolder::DeleteMessages");
        return id;
    }
    HRESULT status(const Bytes& id, ULONG* status) {
        return folder->GetMessageStatus(narrow_size(id.size()), as_entry(id), 0, status);
    }
    HRESULT set_status(const Bytes& id, ULONG status, ULONG mask, ULONG* old = nullptr) {
        return folder->SetMessageStatus(narrow_size(id.size()), as_entry(id), status, mask, old);
    }

    com::Ptr<IMAPIFolder> target;
};

TEST_F(FolderMessages, AreCreatedByTheInterfaceAskedFor) {
    com::Ptr<IMessage> message;
    for (const IID& iid : {IID_IMessage, IID_IMAPIProp, IID_IUnknown})
        EXPECT_HR(S_OK, folder->CreateMessage(&iid, 0, message.put()));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              folder->CreateMessage(&IID_IMsgStore, 0, message.put()));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, folder->CreateMessage(nullptr, 0x10000000, message.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, folder->CreateMessage(nullptr, 0, nullptr));
}

TEST_F(FolderMessages, HaveEntryIdentifiersOfTheirOwn) {
    EXPECT_NE(put(REMAPI_W("a")), put(REMAPI_W("a")));
}

TEST_F(FolderMessages, AreCopied) {
    const auto original = new_message(folder.get(), REMAPI_W("subject"));
    add_recipients(original.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@example.org")}});
    add_attachment(original.get(), REMAPI_W("a.txt"), "bytes");
    ASSERT_HR(S_OK, set(original.get(), {PR_BODY_W, REMAPI_W("body")}));
    save(original.get(), 0);
    EXPECT_HR(S_OK, copy({id_of(original.get())}));
    EXPECT_EQ(Texts{REMAPI_W("subject")}, subjects(folder.get()));
    const auto rows = rows_of(contents(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    const auto made = open<IMessage>(store(), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_NE(id_of(original.get()), id_of(made.get()));
    EXPECT_EQ(REMAPI_W("body"), get_text(made.get(), PR_BODY_W));
    EXPECT_EQ(Texts{REMAPI_W("Ann")}, texts(recipients(made.get()).get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(Texts{REMAPI_W("a.txt")},
              texts(attachments(made.get()).get(), PR_ATTACH_LONG_FILENAME_W));
    com::Ptr<IAttach> attachment;
    ASSERT_HR(S_OK,
              made->OpenAttach(static_cast<ULONG>(
                                   rows_of(attachments(made.get()).get())[0].number(PR_ATTACH_NUM)),
                               nullptr, 0, attachment.put()));
    EXPECT_EQ(to_bytes("bytes"), get_bytes(attachment.get(), PR_ATTACH_DATA_BIN));
}

TEST_F(FolderMessages, AreMoved) {
    const Bytes a = put(REMAPI_W("a"));
    put(REMAPI_W("b"));
    EXPECT_HR(S_OK, copy({a}, MESSAGE_MOVE));
    EXPECT_EQ(Texts{REMAPI_W("b")}, subjects(folder.get()));
    EXPECT_EQ(Texts{REMAPI_W("a")}, subjects(target.get()));
}

TEST_F(FolderMessages, AreCopiedAsFarAsTheyAreThere) {
    const Bytes a = put(REMAPI_W("a"));
    const Bytes b = put(REMAPI_W("b"));
    EXPECT_HR(MAPI_W_PARTIAL_COMPLETION, copy({a, gone(), b}));
    EXPECT_EQ(2u, subjects(target.get()).size());
    EXPECT_HR(MAPI_W_PARTIAL_COMPLETION, copy({gone(), a}, MESSAGE_MOVE));
    EXPECT_EQ(Texts{REMAPI_W("b")}, subjects(folder.get()));
}

TEST_F(FolderMessages, AreNotCopiedWithTheirStatus) {
    const Bytes id = put(REMAPI_W("a"));
    ASSERT_HR(S_OK, set_status(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED));
    ASSERT_HR(S_OK, copy({id}));
    const auto rows = rows_of(contents(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(0, rows[0].number(PR_MSG_STATUS));
}

TEST_F(FolderMessages, AreNotMovedWithTheirStatus) {
    const Bytes id = put(REMAPI_W("a"));
    ASSERT_HR(S_OK, set_status(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED));
    ASSERT_HR(S_OK, copy({id}, MESSAGE_MOVE));
    const auto rows = rows_of(contents(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(0, rows[0].number(PR_MSG_STATUS));
}

TEST_F(FolderMessages, AreCopiedWithinOneFolder) {
    const Bytes id = put(REMAPI_W("a"));
    EntryList list({id});
    EXPECT_HR(S_OK, folder->CopyMessages(list.get(), nullptr, folder.get(), 0, nullptr, 0));
    EXPECT_EQ(2u, subjects(folder.get()).size());
}

TEST_F(FolderMessages, AreNotCopiedWithWrongParameters) {
    const Bytes id = put(REMAPI_W("a"));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, copy({id}, 0x10000000));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              folder->CopyMessages(nullptr, nullptr, target.get(), 0, nullptr, 0));
    EntryList list({id});
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              folder->CopyMessages(list.get(), nullptr, nullptr, 0, nullptr, 0));
    EXPECT_TRUE(subjects(target.get()).empty());
}

TEST_F(FolderMessages, AreDeleted) {
    const Bytes a = put(REMAPI_W("a"));
    const Bytes b = put(REMAPI_W("b"));
    put(REMAPI_W("c"));
    EXPECT_HR(S_OK, remove_messages({a, b}));
    EXPECT_EQ(Texts{REMAPI_W("c")}, subjects(folder.get()));
}

TEST_F(FolderMessages, AreDeletedAsFarAsTheyAreThere) {
    const Bytes a = put(REMAPI_W("a"));
    EXPECT_TRUE(is_partial(remove_messages({gone(), a})));
    EXPECT_TRUE(subjects(folder.get()).empty());
}

TEST_F(FolderMessages, ThatWereMovedElsewhereAreNotDeleted) {
    const Bytes a = put(REMAPI_W("a"));
    ASSERT_HR(S_OK, copy({a}, MESSAGE_MOVE));
    const Bytes moved = to_bytes(rows_of(contents(target.get()).get())[0].bytes(PR_ENTRYID));
    EXPECT_TRUE(is_partial(remove_messages({moved})));
    EXPECT_EQ(1u, subjects(target.get()).size());
}

TEST_F(FolderMessages, AreNotDeletedWithWrongParameters) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, folder->DeleteMessages(nullptr, 0, nullptr, 0));
    EntryList list({put(REMAPI_W("a"))});
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, folder->DeleteMessages(list.get(), 0, nullptr, 0x10000000));
    EXPECT_EQ(1u, subjects(folder.get()).size());
}

TEST_F(FolderMessages, AreMarkedReadAndUnread) {
    const Bytes id = put(REMAPI_W("a"));
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_READ);
    EXPECT_HR(S_OK, set_read({id}, 0));
    EXPECT_EQ(ULONG{MSGFLAG_READ}, flags_of(id) & MSGFLAG_READ);
    EXPECT_HR(S_OK, set_read({id}, 0));
    EXPECT_EQ(ULONG{MSGFLAG_READ}, flags_of(id) & MSGFLAG_READ);
    EXPECT_HR(S_OK, set_read({id}, CLEAR_READ_FLAG));
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_READ);
}

TEST_F(FolderMessages, AreAllMarkedReadWithoutAList) {
    const Bytes a = put(REMAPI_W("a"));
    const Bytes b = put(REMAPI_W("b"));
    EXPECT_HR(S_OK, folder->SetReadFlags(nullptr, 0, nullptr, 0));
    EXPECT_EQ(ULONG{MSGFLAG_READ}, flags_of(a) & flags_of(b) & MSGFLAG_READ);
    EXPECT_EQ(0, get_number(folder.get(), PR_CONTENT_UNREAD));
}

TEST_F(FolderMessages, AreMarkedReadAsFarAsTheyAreThere) {
    const Bytes a = put(REMAPI_W("a"));
    EXPECT_TRUE(is_partial(set_read({gone(), a}, 0)));
    EXPECT_EQ(ULONG{MSGFLAG_READ}, flags_of(a) & MSGFLAG_READ);
}

TEST_F(FolderMessages, LosePendingReportsWhenThatIsWanted) {
    const ULONG pending = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
    const Bytes id = deliver();
    ASSERT_EQ(pending, flags_of(id) & pending);
    EXPECT_HR(S_OK, set_read({id}, CLEAR_RN_PENDING));
    EXPECT_EQ(ULONG{MSGFLAG_NRN_PENDING}, flags_of(id) & pending);
    EXPECT_HR(S_OK, set_read({id}, CLEAR_NRN_PENDING));
    EXPECT_EQ(0u, flags_of(id) & pending);
}

TEST_F(FolderMessages, AreNotToldThatTheyOweReports) {
    const ULONG pending = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
    EXPECT_EQ(0u, flags_of(put(REMAPI_W("a"), pending)) & pending);
}

TEST_F(FolderMessages, SuppressReportsOrSayThatTheyDoNot) {
    const Bytes id = deliver();
    const HRESULT hr = set_read({id}, SUPPRESS_RECEIPT);
    if (hr == MAPI_E_NO_SUPPRESS) return;  // what the page allows
    ASSERT_HR(S_OK, hr);
    EXPECT_EQ(ULONG{MSGFLAG_READ}, flags_of(id) & MSGFLAG_READ);
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_RN_PENDING);
}

TEST_F(FolderMessages, KeepTheirReadStateWhenOnlyAReportIsCancelled) {
    const Bytes id = deliver();
    ASSERT_HR(S_OK, set_read({id}, SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY));
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_READ);
}

TEST_F(FolderMessages, AreNotMarkedWithFlagsThatContradictEachOther) {
    const Bytes id = put(REMAPI_W("a"));
    for (const ULONG flags : {SUPPRESS_RECEIPT | CLEAR_READ_FLAG,
                              SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
                              CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY})
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, set_read({id}, flags)) << flags;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, set_read({id}, 0x10000000));
    EXPECT_EQ(0u, flags_of(id) & MSGFLAG_READ);
}

TEST_F(FolderMessages, HaveAStatusThatIsSetBitByBit) {
    const Bytes id = put(REMAPI_W("a"));
    ULONG now = 7, old = 7;
    EXPECT_HR(S_OK, status(id, &now));
    EXPECT_EQ(0u, now);
    EXPECT_HR(S_OK, set_status(id, MSGSTATUS_TAGGED | MSGSTATUS_HIDDEN, MSGSTATUS_TAGGED, &old));
    EXPECT_EQ(0u, old);
    EXPECT_HR(S_OK, set_status(id, MSGSTATUS_DELMARKED, MSGSTATUS_DELMARKED, &old));
    EXPECT_EQ(ULONG{MSGSTATUS_TAGGED}, old);
    EXPECT_HR(S_OK, set_status(id, 0, MSGSTATUS_TAGGED, &old));
    EXPECT_HR(S_OK, status(id, &now));
    EXPECT_EQ(ULONG{MSGSTATUS_DELMARKED}, now);
}

TEST_F(FolderMessages, ShowTheirStatusAsAProperty) {
    const Bytes id = put(REMAPI_W("a"));
    ASSERT_HR(S_OK, set_status(id, 0x00010000, 0x00010000));
    EXPECT_EQ(0x00010000, get_number(open<IMessage>(store(), id, 0).get(), PR_MSG_STATUS));
    EXPECT_EQ(0x00010000, rows_of(contents(folder.get()).get())[0].number(PR_MSG_STATUS));
}

TEST_F(FolderMessages, ThatAreNotThereHaveNoStatus) {
    const Bytes id = gone();
    ULONG now = 0;
    EXPECT_HR(MAPI_E_NOT_FOUND, status(id, &now));
    EXPECT_HR(MAPI_E_NOT_FOUND, set_status(id, 1, 1));
    const Bytes there = put(REMAPI_W("a"));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS,
              folder->GetMessageStatus(narrow_size(there.size()), as_entry(there), 1, &now));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, status(there, nullptr));
}

}  // namespace
}  // namespace remapi::test
