// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imessageimapiprop.md, mapi/imapiprop-savechanges.md, mapi/imessage-setreadflag.md,
/// mapi/pidtagmessageflags-canonical-property.md, mapi/pidtagdisplayto-canonical-property.md,
/// mapi/pidtagnormalizedsubject-canonical-property.md,
/// mapi/pidtagsubjectprefix-canonical-property.md, mapi/pidtagsearchkey-canonical-property.md
class Messages : public StoreTest {
protected:
    String part_of(const WideChar* subject, ULONG tag) {
        return get_text(saved_message(folder.get(), subject).get(), tag);
    }
};

TEST_F(Messages, HaveTheRequiredPropertiesOnceSaved) {
    const auto message = new_message(folder.get(), REMAPI_W("subject"));
    save(message.get());
    for (const ULONG tag :
         {PR_CREATION_TIME, PR_DISPLAY_BCC_W,          PR_DISPLAY_CC_W,     PR_DISPLAY_TO_W,
          PR_ENTRYID,       PR_LAST_MODIFICATION_TIME, PR_MESSAGE_CLASS_W,  PR_MESSAGE_FLAGS,
          PR_MESSAGE_SIZE,  PR_NORMALIZED_SUBJECT_W,   PR_PARENT_ENTRYID,   PR_RECORD_KEY,
          PR_SEARCH_KEY,    PR_STORE_ENTRYID,          PR_STORE_RECORD_KEY, PR_HASATTACH,
          PR_ACCESS,        PR_ACCESS_LEVEL,           PR_OBJECT_TYPE,      PR_MAPPING_SIGNATURE})
        EXPECT_HR(S_OK, error_of(get(message.get(), tag))) << std::hex << tag;
    EXPECT_EQ(MAPI_MESSAGE, get_number(message.get(), PR_OBJECT_TYPE));
    EXPECT_EQ(id_of(folder.get()), get_bytes(message.get(), PR_PARENT_ENTRYID));
    EXPECT_EQ(get_bytes(store(), PR_RECORD_KEY), get_bytes(message.get(), PR_STORE_RECORD_KEY));
}

TEST_F(Messages, ListTheirTablesAmongTheirProperties) {
    const auto message = new_message(folder.get(), REMAPI_W("subject"));
    Buffer<SPropTagArray> list;
    ASSERT_HR(S_OK, message->GetPropList(MAPI_UNICODE, list.put()));
    const auto tags = object::view_tags(list.get());
    for (const ULONG tag : {PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS})
        EXPECT_NE(tags.end(), std::find(tags.begin(), tags.end(), tag)) << std::hex << tag;
}

TEST_F(Messages, AnswerTheirOwnInterfacesAndNoOthers) {
    const auto message = new_message(folder.get(), REMAPI_W("subject"));
    for (const IID& iid : {IID_IUnknown, IID_IMAPIProp, IID_IMessage}) {
        com::Ptr<IUnknown> found;
        EXPECT_HR(S_OK, message->QueryInterface(iid, found.put_as<void>()));
    }
    com::Ptr<IUnknown> other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              message->QueryInterface(IID_IMAPIFolder, other.put_as<void>()));
}

TEST_F(Messages, KeepTheirReadOnlyPropertiesToThemselves) {
    const auto message = saved_message(folder.get(), REMAPI_W("subject"));
    for (const ULONG tag :
         {PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W, PR_NORMALIZED_SUBJECT_W})
        EXPECT_HR(MAPI_E_COMPUTED, set(message.get(), {tag, REMAPI_W("x")})) << std::hex << tag;
    for (const ULONG tag : {PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_STORE_RECORD_KEY})
        EXPECT_HR(MAPI_E_COMPUTED, set(message.get(), {tag, Bytes{1}})) << std::hex << tag;
    EXPECT_HR(MAPI_E_COMPUTED, set(message.get(), {PR_MESSAGE_SIZE, 1}));
    EXPECT_HR(MAPI_E_COMPUTED, set(message.get(), {PR_HASATTACH, true}));
}

TEST_F(Messages, WithoutAClassBecomeIpm) {
    com::Ptr<IMessage> message;
    ASSERT_HR(S_OK, folder->CreateMessage(nullptr, 0, message.put()));
    save(message.get());
    EXPECT_EQ(REMAPI_W("IPM"), get_text(message.get(), PR_MESSAGE_CLASS_W));
}

TEST_F(Messages, TakeAnyClass) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    ASSERT_HR(S_OK, set(message.get(), {PR_MESSAGE_CLASS_W, REMAPI_W("IPM.Strange.Thing")}));
    save(message.get(), 0);
    EXPECT_EQ(REMAPI_W("IPM.Strange.Thing"),
              get_text(reopen(message.get(), 0).get(), PR_MESSAGE_CLASS_W));
}

TEST_F(Messages, ShowTheirRecipientsByKind) {
    const auto message = new_message(folder.get(), REMAPI_W("s"));
    add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("a@x")},
                                   {REMAPI_W("Bob"), REMAPI_W("b@x"), MAPI_CC},
                                   {REMAPI_W("Cleo"), REMAPI_W("c@x")},
                                   {REMAPI_W("Dan"), REMAPI_W("d@x"), MAPI_BCC}});
    save(message.get());
    EXPECT_EQ(REMAPI_W("Ann; Cleo"), get_text(message.get(), PR_DISPLAY_TO_W));
    EXPECT_EQ(REMAPI_W("Bob"), get_text(message.get(), PR_DISPLAY_CC_W));
    EXPECT_EQ(REMAPI_W("Dan"), get_text(message.get(), PR_DISPLAY_BCC_W));
    ASSERT_HR(S_OK, modify_recipients(message.get(), 0, {}));
    save(message.get());
    EXPECT_EQ(String(), get_text(message.get(), PR_DISPLAY_TO_W));
}

TEST_F(Messages, TakeThePrefixOffTheirSubject) {
    EXPECT_EQ(REMAPI_W("Lunch"), part_of(REMAPI_W("RE: Lunch"), PR_NORMALIZED_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("RE: "), part_of(REMAPI_W("RE: Lunch"), PR_SUBJECT_PREFIX_W));
    EXPECT_EQ(REMAPI_W("Lunch"), part_of(REMAPI_W("FW: Lunch"), PR_NORMALIZED_SUBJECT_W));
    // One to three characters, no digit, colon and space.
    for (const WideChar* whole : {REMAPI_W("Lunch"), REMAPI_W("Note: Lunch"), REMAPI_W("R2: Lunch"),
                                  REMAPI_W("RE:Lunch"), REMAPI_W(": Lunch")}) {
        EXPECT_EQ(whole, part_of(whole, PR_NORMALIZED_SUBJECT_W));
        EXPECT_EQ(String(), part_of(whole, PR_SUBJECT_PREFIX_W));
    }
}

TEST_F(Messages, TakeAPrefixThatTheClientSays) {
    const auto message = new_message(folder.get(), REMAPI_W("Antwort: Lunch"));
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_PREFIX_W, REMAPI_W("Antwort: ")}));
    save(message.get());
    EXPECT_EQ(REMAPI_W("Lunch"), get_text(message.get(), PR_NORMALIZED_SUBJECT_W));
}

TEST_F(Messages, SayWhetherTheyHaveAttachments) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    EXPECT_FALSE(get(message.get(), PR_HASATTACH).truth());
    EXPECT_EQ(0, get_number(message.get(), PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH);
    add_attachment(message.get(), REMAPI_W("a"), "a");
    save(message.get());
    EXPECT_TRUE(get(message.get(), PR_HASATTACH).truth());
    EXPECT_NE(0, get_number(message.get(), PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH);
}

TEST_F(Messages, GrowWithWhatIsInThem) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    const std::int64_t before = get_number(message.get(), PR_MESSAGE_SIZE);
    ASSERT_HR(S_OK, set(message.get(), {PR_BODY_W, String(1000, REMAPI_W('x'))}));
    save(message.get());
    const std::int64_t between = get_number(message.get(), PR_MESSAGE_SIZE);
    EXPECT_LE(before + 1000, between);
    add_attachment(message.get(), REMAPI_W("a"), std::string(5000, 'x'));
    save(message.get());
    EXPECT_LE(between + 5000, get_number(message.get(), PR_MESSAGE_SIZE));
}

TEST_F(Messages, StartAsUnsentAndUnread) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    const auto flags = get_number(message.get(), PR_MESSAGE_FLAGS);
    EXPECT_EQ(MSGFLAG_UNSENT, flags & MSGFLAG_UNSENT);
    EXPECT_EQ(0, flags & (MSGFLAG_READ | MSGFLAG_SUBMIT));
}

TEST_F(Messages, TakeTheFlagsThatAreSetBeforeTheFirstSave) {
    const auto message = new_message(folder.get(), REMAPI_W("s"));
    ASSERT_HR(S_OK, set(message.get(), {PR_MESSAGE_FLAGS, MSGFLAG_READ | MSGFLAG_FROMME}));
    save(message.get());
    const auto flags = get_number(message.get(), PR_MESSAGE_FLAGS);
    EXPECT_EQ(MSGFLAG_READ | MSGFLAG_FROMME, flags & (MSGFLAG_READ | MSGFLAG_FROMME));
    EXPECT_EQ(0, flags & MSGFLAG_UNSENT);
    EXPECT_HR(MAPI_E_COMPUTED, set(message.get(), {PR_MESSAGE_FLAGS, 0}));
}

TEST_F(Messages, CarryTheAssociatedFlag) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"), MAPI_ASSOCIATED);
    EXPECT_NE(0, get_number(message.get(), PR_MESSAGE_FLAGS) & MSGFLAG_ASSOCIATED);
}

TEST_F(Messages, HaveASearchKeyThatTheirCopiesShare) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    const auto other = saved_message(folder.get(), REMAPI_W("s"));
    const Bytes key = get_bytes(message.get(), PR_SEARCH_KEY);
    EXPECT_NE(key, get_bytes(other.get(), PR_SEARCH_KEY));
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EntryList list({id_of(message.get())});
    ASSERT_HR(S_OK, folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, 0));
    const auto rows = rows_of(contents(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(key, to_bytes(rows[0].bytes(PR_SEARCH_KEY)));
    EXPECT_NE(get_bytes(message.get(), PR_RECORD_KEY), to_bytes(rows[0].bytes(PR_RECORD_KEY)));
}

TEST_F(Messages, KnowWhenTheyWereMadeAndChanged) {
    const auto message = saved_message(folder.get(), REMAPI_W("s"));
    const std::int64_t made = get_number(message.get(), PR_CREATION_TIME);
    const std::int64_t changed = get_number(message.get(), PR_LAST_MODIFICATION_TIME);
    EXPECT_LE(made, changed);
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("t")}));
    save(message.get());
    EXPECT_EQ(made, get_number(message.get(), PR_CREATION_TIME));
    EXPECT_LE(changed, get_number(message.get(), PR_LAST_MODIFICATION_TIME));
}

TEST_F(Messages, KeepTheirTextAsItIsGiven) {
    constexpr ULONG kHtml = PROP_TAG(PT_BINARY, 0x1013);
    const auto message = new_message(folder.get(), REMAPI_W("s"));
    const String body = REMAPI_W("\x00e4\x4e2d\x6587\r\n tab\tend ");
    const Bytes html = to_bytes("<p>\xe4</p>");
    ASSERT_HR(S_OK, set(message.get(), {PR_BODY_W, body}));
    ASSERT_HR(S_OK, set(message.get(), {kHtml, html}));
    ASSERT_HR(S_OK, set(message.get(), {PR_RTF_COMPRESSED, Bytes{1, 2, 0, 3}}));
    save(message.get(), 0);
    const auto again = reopen(message.get(), 0);
    EXPECT_EQ(body, get_text(again.get(), PR_BODY_W));
    EXPECT_EQ(html, get_bytes(again.get(), kHtml));
    EXPECT_EQ((Bytes{1, 2, 0, 3}), get_bytes(again.get(), PR_RTF_COMPRESSED));
}

TEST_F(Messages, AreChangedOnlyBySaving) {
    const auto message = saved_message(folder.get(), REMAPI_W("before"));
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("after")}));
    EXPECT_EQ(REMAPI_W("after"), get_text(message.get(), PR_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("before"), get_text(reopen(message.get(), 0).get(), PR_SUBJECT_W));
    save(message.get());
    EXPECT_EQ(REMAPI_W("after"), get_text(reopen(message.get(), 0).get(), PR_SUBJECT_W));
}

TEST_F(Messages, ThatAreNeverSavedAreNotThere) {
    {
        const auto message = new_message(folder.get(), REMAPI_W("s"));
        add_attachment(message.get(), REMAPI_W("a"), "a");
    }
    EXPECT_TRUE(subjects(folder.get()).empty());
    EXPECT_EQ(0, get_number(folder.get(), PR_CONTENT_COUNT));
}

TEST_F(Messages, StayWritableWhenTheyAreKeptOpenForWriting) {
    const auto message = new_message(folder.get(), REMAPI_W("a"));
    ASSERT_HR(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(MAPI_MODIFY, get_number(message.get(), PR_ACCESS_LEVEL));
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("b")}));
    ASSERT_HR(S_OK, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(Texts{REMAPI_W("b")}, subjects(folder.get()));
}

TEST_F(Messages, StayReadableWhenTheyAreKeptOpenForReading) {
    const auto message = new_message(folder.get(), REMAPI_W("a"));
    ASSERT_HR(S_OK, message->SaveChanges(KEEP_OPEN_READONLY));
    EXPECT_EQ(REMAPI_W("a"), get_text(message.get(), PR_SUBJECT_W));
    EXPECT_HR(S_OK, error_of(get(message.get(), PR_ENTRYID)));
}

TEST_F(Messages, OpenedForReadingAreNotSaved) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    const auto reading = reopen(message.get(), 0);
    EXPECT_HR(MAPI_E_NO_ACCESS, reading->SaveChanges(KEEP_OPEN_READWRITE));
}

TEST_F(Messages, ChangedBySomebodyElseAreNotOverwritten) {
    const auto first = saved_message(folder.get(), REMAPI_W("a"));
    const auto second = reopen(first.get());
    ASSERT_HR(S_OK, set(first.get(), {PR_SUBJECT_W, REMAPI_W("first")}));
    ASSERT_HR(S_OK, set(second.get(), {PR_SUBJECT_W, REMAPI_W("second")}));
    ASSERT_HR(S_OK, first->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_HR(MAPI_E_OBJECT_CHANGED, second->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_EQ(Texts{REMAPI_W("first")}, subjects(folder.get()));
    // An error leaves the object open.
    EXPECT_EQ(REMAPI_W("second"), get_text(second.get(), PR_SUBJECT_W));
}

TEST_F(Messages, ChangedBySomebodyElseAreOverwrittenByForce) {
    const auto first = saved_message(folder.get(), REMAPI_W("a"));
    const auto second = reopen(first.get());
    ASSERT_HR(S_OK, set(first.get(), {PR_SUBJECT_W, REMAPI_W("first")}));
    save(first.get());
    ASSERT_HR(S_OK, set(second.get(), {PR_SUBJECT_W, REMAPI_W("second")}));
    ASSERT_HR(MAPI_E_OBJECT_CHANGED, second->SaveChanges(0));
    EXPECT_HR(S_OK, second->SaveChanges(FORCE_SAVE));
    EXPECT_EQ(Texts{REMAPI_W("second")}, subjects(folder.get()));
}

TEST_F(Messages, ThatWereDeletedAreNotSaved) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    {
        EntryList list({id_of(message.get())});
        const HRESULT hr = folder->DeleteMessages(list.get(), 0, nullptr, 0);
        if (hr != S_OK) return;  // a store may keep what is open for writing
    }
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("b")}));
    EXPECT_HR(MAPI_E_OBJECT_DELETED, message->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_HR(MAPI_E_OBJECT_DELETED, message->SaveChanges(FORCE_SAVE));
    EXPECT_TRUE(subjects(folder.get()).empty());
}

TEST_F(Messages, AreMarkedReadAndUnreadAtOnce) {
    const Bytes id = [&] {
        const auto message = new_message(folder.get(), REMAPI_W("a"));
        save(message.get(), 0);
        return id_of(message.get());
    }();
    const auto reading = open<IMessage>(store(), id, 0);
    const auto flags = [&] {
        return get_number(open<IMessage>(store(), id, 0).get(), PR_MESSAGE_FLAGS);
    };
    EXPECT_HR(S_OK, reading->SetReadFlag(0));
    EXPECT_EQ(MSGFLAG_READ, flags() & MSGFLAG_READ);
    EXPECT_EQ(MSGFLAG_READ, get_number(reading.get(), PR_MESSAGE_FLAGS) & MSGFLAG_READ);
    EXPECT_HR(S_OK, reading->SetReadFlag(CLEAR_READ_FLAG));
    EXPECT_EQ(0, flags() & MSGFLAG_READ);
}

TEST_F(Messages, AreNotMarkedWithFlagsThatContradictEachOther) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    for (const ULONG flags : {SUPPRESS_RECEIPT | CLEAR_READ_FLAG,
                              SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
                              CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY})
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, message->SetReadFlag(flags)) << flags;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, message->SetReadFlag(0x10000000));
}

TEST_F(Messages, LosePendingReportsWhenThatIsWanted) {
    constexpr std::int64_t kBoth = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
    const auto message = new_message(folder.get(), REMAPI_W("a"));
    ASSERT_HR(S_OK, set(message.get(), {PR_MESSAGE_FLAGS, 0}));
    ASSERT_HR(S_OK, set(message.get(), {PR_READ_RECEIPT_REQUESTED, true}));
    ASSERT_HR(S_OK, set(message.get(), {PR_MESSAGE_DELIVERY_TIME, std::uint64_t{5}}));
    save(message.get());
    ASSERT_EQ(kBoth, get_number(reopen(message.get(), 0).get(), PR_MESSAGE_FLAGS) & kBoth);
    ASSERT_HR(S_OK, message->SetReadFlag(CLEAR_RN_PENDING | CLEAR_NRN_PENDING));
    EXPECT_EQ(0, get_number(reopen(message.get(), 0).get(), PR_MESSAGE_FLAGS) & kBoth);
}

}  // namespace
}  // namespace remapi::test
