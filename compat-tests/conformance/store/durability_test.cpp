// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a store keeps when nobody has it open: for stores on disk only.
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapiprop-savechanges.md, mapi/message-store-features.md, mapi/entryid.md,
/// mapi/mapi-named-properties.md, mapi/mapi-receive-folders.md, mapi/imessage-submitmessage.md
class Durability : public StoreTest {
protected:
    /// Everybody logs off; what the test had is opened again.
    void restart() {
        const Bytes id = id_of(folder.get());
        folder.reset();
        world.restart();
        folder = open<IMAPIFolder>(store(), id);
    }
};

TEST_F(Durability, KeepsFolders) {
    const Bytes id = id_of(make_folder(folder.get(), REMAPI_W("child")).get());
    restart();
    EXPECT_EQ(Texts{REMAPI_W("child")}, names(folder.get()));
    EXPECT_EQ(id, id_of(open<IMAPIFolder>(store(), id, 0).get()));
}

TEST_F(Durability, KeepsSavedMessagesWithAllTheirParts) {
    Bytes id;
    {
        const auto message = new_message(folder.get(), REMAPI_W("m"));
        add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("a@x")}});
        add_attachment(message.get(), REMAPI_W("a.bin"), std::string(200000, 'x'));
        ASSERT_HR(S_OK, set(message.get(), {kText, REMAPI_W("own")}));
        save(message.get(), 0);
        id = id_of(message.get());
    }
    restart();
    const auto message = open<IMessage>(store(), id, 0);
    EXPECT_EQ(REMAPI_W("own"), get_text(message.get(), kText));
    EXPECT_EQ(Texts{REMAPI_W("Ann")}, texts(recipients(message.get()).get(), PR_DISPLAY_NAME_W));
    com::Ptr<IAttach> attachment;
    ASSERT_HR(S_OK, message->OpenAttach(0, nullptr, 0, attachment.put()));
    EXPECT_EQ(Bytes(200000, 'x'), get_bytes(attachment.get(), PR_ATTACH_DATA_BIN));
}

TEST_F(Durability, KeepsNothingThatWasNotSaved) {
    {
        const auto message = saved_message(folder.get(), REMAPI_W("saved"));
        ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("not saved")}));
        new_message(folder.get(), REMAPI_W("never saved"));
    }
    restart();
    EXPECT_EQ(Texts{REMAPI_W("saved")}, subjects(folder.get()));
}

TEST_F(Durability, KeepsNames) {
    MAPINAMEID name = {};
    name.lpguid = const_cast<GUID*>(&kTestSet);
    name.ulKind = MNID_ID;
    name.Kind.lID = 1000;
    MAPINAMEID* names = &name;
    const auto id = [&] {
        Buffer<SPropTagArray> tags;
        check(store()->GetIDsFromNames(1, &names, MAPI_CREATE, tags.put()), "GetIDsFromNames");
        return tags->aulPropTag[0];
    };
    const ULONG before = id();
    const Bytes signature = get_bytes(store(), PR_MAPPING_SIGNATURE);
    restart();
    EXPECT_EQ(before, id());
    EXPECT_EQ(signature, get_bytes(store(), PR_MAPPING_SIGNATURE));
}

TEST_F(Durability, KeepsItsIdentity) {
    const Bytes key = get_bytes(store(), PR_RECORD_KEY);
    const Bytes id = get_bytes(store(), PR_ENTRYID);
    restart();
    EXPECT_EQ(key, get_bytes(store(), PR_RECORD_KEY));
    EXPECT_EQ(id, get_bytes(store(), PR_ENTRYID));
}

TEST_F(Durability, KeepsReceiveFolders) {
    const Bytes id = id_of(folder.get());
    ASSERT_HR(S_OK,
              store()->SetReceiveFolder(as_tstr("Kept"), 0, narrow_size(id.size()), as_entry(id)));
    restart();
    ULONG size = 0;
    Buffer<ENTRYID> found;
    ASSERT_HR(S_OK, store()->GetReceiveFolder(as_tstr("Kept.x"), 0, &size, found.put(), nullptr));
    EXPECT_EQ(id, to_bytes(view_bytes(found.get(), size)));
    EXPECT_HR(S_OK, store()->SetReceiveFolder(as_tstr("Kept"), 0, 0, nullptr));
}

TEST_F(Durability, KeepsTheOutgoingQueue) {
    Bytes id;
    {
        const auto message = new_message(folder.get(), REMAPI_W("m"));
        add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@example.org")}});
        save(message.get());
        id = id_of(message.get());
        ASSERT_HR(S_OK, message->SubmitMessage(0));
    }
    restart();
    com::Ptr<IMAPITable> queue;
    ASSERT_HR(S_OK, store()->GetOutgoingQueue(0, queue.put()));
    EXPECT_EQ(1u, rows_of(queue.get()).size());
    EXPECT_HR(S_OK, store()->AbortSubmit(narrow_size(id.size()), as_entry(id), 0));
}

TEST_F(Durability, KeepsReadStateAndStatus) {
    const Bytes id = id_of(saved_message(folder.get(), REMAPI_W("m")).get());
    EntryList list({id});
    ASSERT_HR(S_OK, folder->SetReadFlags(list.get(), 0, nullptr, 0));
    ASSERT_HR(S_OK, folder->SetMessageStatus(narrow_size(id.size()), as_entry(id), MSGSTATUS_TAGGED,
                                             MSGSTATUS_TAGGED, nullptr));
    restart();
    const auto rows = rows_of(contents(folder.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_NE(0, rows[0].number(PR_MESSAGE_FLAGS) & MSGFLAG_READ);
    EXPECT_EQ(MSGSTATUS_TAGGED, static_cast<ULONG>(rows[0].number(PR_MSG_STATUS)));
}

TEST_F(Durability, NeverGivesAnIdentifierAgain) {
    ASSERT_TRUE(supports(STORE_ENTRYID_UNIQUE));
    const Bytes first = id_of(saved_message(folder.get(), REMAPI_W("first")).get());
    EntryList list({first});
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    restart();
    EXPECT_NE(first, id_of(saved_message(folder.get(), REMAPI_W("second")).get()));
}

}  // namespace
}  // namespace remapi::test
