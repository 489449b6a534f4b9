// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/iattachimapiprop.md, mapi/imessage-createattach.md, mapi/imessage-openattach.md,
/// mapi/imessage-deleteattach.md, mapi/imessage-getattachmenttable.md, mapi/attachment-tables.md,
/// mapi/pidtagattachdataobject-canonical-property.md, mapi/imapiprop-openproperty.md
class Attachments : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        message = new_message(folder.get(), REMAPI_W("s"));
    }
    com::Ptr<IAttach> create(ULONG* number = nullptr) {
        ULONG made = 0;
        com::Ptr<IAttach> attachment;
        check(message->CreateAttach(nullptr, 0, &made, attachment.put()), "CreateAttach");
        if (number) *number = made;
        return attachment;
    }
    com::Ptr<IAttach> open_attach(IMessage* of, ULONG number, ULONG flags = 0) {
        com::Ptr<IAttach> attachment;
        check(of->OpenAttach(number, nullptr, flags, attachment.put()), "IMessage::OpenAttach");
        return attachment;
    }
    /// The only attachment of a message as it was saved.
    com::Ptr<IAttach> saved_attachment(ULONG flags = 0) {
        save(message.get());
        reopened = reopen(message.get(), flags);
        const auto rows = rows_of(attachments(reopened.get()).get());
        if (rows.size() != 1) throw Error(MAPI_E_NOT_FOUND, "a single attachment");
        return open_attach(reopened.get(), static_cast<ULONG>(rows[0].number(PR_ATTACH_NUM)),
                           flags);
    }
    static com::Ptr<IMessage> embedded(IAttach* attachment, ULONG flags) {
        com::Ptr<IMessage> message;
        check(attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, flags,
                                       message.put_as<IUnknown>()),
              "IMAPIProp::OpenProperty");
        return message;
    }
    Texts shown(IMessage* of) { return texts(attachments(of).get(), PR_ATTACH_LONG_FILENAME_W); }

    com::Ptr<IMessage> message;
    com::Ptr<IMessage> reopened;
};

TEST_F(Attachments, HaveTheRequiredProperties) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    const auto attachment = saved_attachment();
    EXPECT_EQ(MAPI_ATTACH, get_number(attachment.get(), PR_OBJECT_TYPE));
    EXPECT_EQ(ATTACH_BY_VALUE, get_number(attachment.get(), PR_ATTACH_METHOD));
    EXPECT_HR(S_OK, error_of(get(attachment.get(), PR_ATTACH_NUM)));
    EXPECT_HR(S_OK, error_of(get(attachment.get(), PR_RECORD_KEY)));
}

TEST_F(Attachments, AnswerTheirOwnInterfacesAndNoOthers) {
    const auto attachment = create();
    for (const IID& iid : {IID_IUnknown, IID_IMAPIProp, IID_IAttachment}) {
        com::Ptr<IUnknown> found;
        EXPECT_HR(S_OK, attachment->QueryInterface(iid, found.put_as<void>()));
    }
    com::Ptr<IUnknown> other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              attachment->QueryInterface(IID_IMessage, other.put_as<void>()));
}

TEST_F(Attachments, HaveNumbersOfTheirOwn) {
    ULONG first = 0, second = 0;
    const auto a = create(&first);
    const auto b = create(&second);
    EXPECT_NE(first, second);
    EXPECT_EQ(first, static_cast<ULONG>(get_number(a.get(), PR_ATTACH_NUM)));
    EXPECT_EQ(second, static_cast<ULONG>(get_number(b.get(), PR_ATTACH_NUM)));
}

TEST_F(Attachments, AreThereWhenTheyAndTheMessageWereSaved) {
    const auto attachment = create();
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_LONG_FILENAME_W, REMAPI_W("a")}));
    save(message.get());
    EXPECT_TRUE(shown(reopen(message.get(), 0).get()).empty());
    save(attachment.get());
    EXPECT_TRUE(shown(reopen(message.get(), 0).get()).empty());
    save(message.get());
    EXPECT_EQ(Texts{REMAPI_W("a")}, shown(reopen(message.get(), 0).get()));
}

TEST_F(Attachments, ThatWereNotSavedAreNotInTheTable) {
    const auto attachment = create();
    EXPECT_TRUE(rows_of(attachments(message.get()).get()).empty());
}

TEST_F(Attachments, KeepTheirData) {
    add_attachment(message.get(), REMAPI_W("a"), std::string("\0\1\2\xff", 4));
    EXPECT_EQ((Bytes{0, 1, 2, 0xFF}), get_bytes(saved_attachment().get(), PR_ATTACH_DATA_BIN));
}

TEST_F(Attachments, KeepDataThatIsWrittenByStream) {
    const Bytes large(300000, 0x5A);
    const auto attachment = create();
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READWRITE,
                                             MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()));
    object::write_stream(stream.get(), large);
    ASSERT_HR(S_OK, stream->Commit(STGC_DEFAULT));
    stream.reset();
    save(attachment.get());
    const auto saved = saved_attachment();
    ASSERT_HR(S_OK, saved->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READ, 0,
                                        stream.put_as<IUnknown>()));
    EXPECT_EQ(large, object::read_stream(stream.get()));
    EXPECT_LE(300000, get_number(saved.get(), PR_ATTACH_SIZE));
}

TEST_F(Attachments, KeepReferencesAsTheyAreGiven) {
    const auto attachment = create();
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_METHOD, ATTACH_BY_REFERENCE}));
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_LONG_PATHNAME_W, REMAPI_W("C:\\a\\b.txt")}));
    save(attachment.get());
    const auto saved = saved_attachment();
    EXPECT_EQ(ATTACH_BY_REFERENCE, get_number(saved.get(), PR_ATTACH_METHOD));
    EXPECT_EQ(REMAPI_W("C:\\a\\b.txt"), get_text(saved.get(), PR_ATTACH_LONG_PATHNAME_W));
    EXPECT_HR(MAPI_E_NOT_FOUND, error_of(get(saved.get(), PR_ATTACH_DATA_BIN)));
}

TEST_F(Attachments, KeepOleObjectsAsAStream) {
    const auto attachment = create();
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_METHOD, ATTACH_OLE}));
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IStream, STGM_READWRITE,
                                             MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()));
    object::write_stream(stream.get(), to_bytes("an object"));
    ASSERT_HR(S_OK, stream->Commit(STGC_DEFAULT));
    stream.reset();
    save(attachment.get());
    const auto saved = saved_attachment();
    ASSERT_HR(S_OK, saved->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IStream, STGM_READ, 0,
                                        stream.put_as<IUnknown>()));
    EXPECT_EQ(to_bytes("an object"), object::read_stream(stream.get()));
}

TEST_F(Attachments, KeepTheirRecordKeyWhenTheMessageIsOpenedAgain) {
    const auto attachment = add_attachment(message.get(), REMAPI_W("a"), "a");
    EXPECT_EQ(get_bytes(attachment.get(), PR_RECORD_KEY),
              get_bytes(saved_attachment().get(), PR_RECORD_KEY));
}

TEST_F(Attachments, ThatAreNotThereAreNotFound) {
    com::Ptr<IAttach> attachment;
    EXPECT_HR(MAPI_E_NOT_FOUND, message->OpenAttach(4711, nullptr, 0, attachment.put()));
    EXPECT_HR(MAPI_E_NOT_FOUND, message->DeleteAttach(4711, 0, nullptr, 0));
}

TEST_F(Attachments, AreOpenedForReadingUnlessAskedOtherwise) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    const auto reading = saved_attachment(0);
    EXPECT_EQ(0, get_number(reading.get(), PR_ACCESS_LEVEL));
    EXPECT_HR(MAPI_E_NO_ACCESS, set(reading.get(), {PR_ATTACH_LONG_FILENAME_W, REMAPI_W("b")}));
    const auto writing = saved_attachment(MAPI_MODIFY);
    EXPECT_EQ(MAPI_MODIFY, get_number(writing.get(), PR_ACCESS_LEVEL));
}

TEST_F(Attachments, OfAMessageOpenedForReadingAreNotOpenedForWriting) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    saved_attachment(0);
    com::Ptr<IAttach> attachment;
    EXPECT_HR(MAPI_E_NO_ACCESS, reopened->OpenAttach(0, nullptr, MAPI_MODIFY, attachment.put()));
    EXPECT_HR(S_OK, reopened->OpenAttach(0, nullptr, MAPI_BEST_ACCESS, attachment.put()));
    EXPECT_EQ(0, get_number(attachment.get(), PR_ACCESS_LEVEL));
    ULONG number = 0;
    EXPECT_HR(MAPI_E_NO_ACCESS, reopened->CreateAttach(nullptr, 0, &number, attachment.put()));
    EXPECT_HR(MAPI_E_NO_ACCESS, reopened->DeleteAttach(0, 0, nullptr, 0));
}

TEST_F(Attachments, AreChanged) {
    add_attachment(message.get(), REMAPI_W("before"), "a");
    const auto attachment = saved_attachment(MAPI_MODIFY);
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_LONG_FILENAME_W, REMAPI_W("after")}));
    save(attachment.get());
    save(reopened.get());
    EXPECT_EQ(Texts{REMAPI_W("after")}, shown(reopen(message.get(), 0).get()));
}

TEST_F(Attachments, AreDeletedWhenTheMessageIsSaved) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    add_attachment(message.get(), REMAPI_W("b"), "b");
    save(message.get());
    const auto number =
        static_cast<ULONG>(rows_of(attachments(message.get()).get())[0].number(PR_ATTACH_NUM));
    ASSERT_HR(S_OK, message->DeleteAttach(number, 0, nullptr, 0));
    EXPECT_EQ(Texts{REMAPI_W("b")}, shown(message.get()));
    EXPECT_EQ(2u, shown(reopen(message.get(), 0).get()).size());
    save(message.get());
    EXPECT_EQ(Texts{REMAPI_W("b")}, shown(reopen(message.get(), 0).get()));
}

TEST_F(Attachments, AreListedWithTheRequiredColumns) {
    const auto table = attachments(message.get());
    for (const ULONG tag : {PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_RENDERING_POSITION})
        EXPECT_TRUE(has_column(table.get(), tag)) << std::hex << tag;
}

TEST_F(Attachments, AreListedAsAPropertyToo) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    save(message.get());
    com::Ptr<IMAPITable> table;
    ASSERT_HR(S_OK, message->OpenProperty(PR_MESSAGE_ATTACHMENTS, &IID_IMAPITable, MAPI_UNICODE, 0,
                                          table.put_as<IUnknown>()));
    EXPECT_EQ(Texts{REMAPI_W("a")}, texts(table.get(), PR_ATTACH_LONG_FILENAME_W));
}

TEST_F(Attachments, ShowTheirChangesInATableThatIsOpen) {
    add_attachment(message.get(), REMAPI_W("a"), "a");
    save(message.get());
    const auto table = attachments(message.get());
    EXPECT_EQ(1u, rows_of(table.get()).size());
    add_attachment(message.get(), REMAPI_W("b"), "b");
    save(message.get());
    EXPECT_EQ(2u, rows_of(table.get()).size());
}

TEST_F(Attachments, AreSortedByTheirSignedPosition) {
    for (const LONG position : {5, -1, 3}) {
        const auto attachment = create();
        ASSERT_HR(S_OK, set(attachment.get(), {PR_RENDERING_POSITION, position}));
        save(attachment.get());
    }
    save(message.get());
    const auto table = attachments(message.get());
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_RENDERING_POSITION, TABLE_SORT_ASCEND}}};
    ASSERT_HR(S_OK, table->SortTable(reinterpret_cast<SSortOrderSet*>(&order), 0));
    std::vector<std::int64_t> found;
    for (const PropertyBag& row : rows_of(table.get()))
        found.push_back(row.number(PR_RENDERING_POSITION));
    EXPECT_EQ((std::vector<std::int64_t>{-1, 3, 5}), found);
}

TEST_F(Attachments, RefuseUnknownFlagsAndMissingOutParameters) {
    ULONG number = 0;
    com::Ptr<IAttach> attachment;
    com::Ptr<IMAPITable> table;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS,
              message->CreateAttach(nullptr, 0x10000000, &number, attachment.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, message->CreateAttach(nullptr, 0, &number, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              message->CreateAttach(nullptr, 0, nullptr, attachment.put()));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              message->CreateAttach(&IID_IMAPIFolder, 0, &number, attachment.put()));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, message->GetAttachmentTable(0x10000000, table.put()));
}

TEST_F(Attachments, HoldAMessage) {
    const auto attachment = create();
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG}));
    {
        const auto inner = embedded(attachment.get(), MAPI_CREATE | MAPI_MODIFY);
        ASSERT_HR(S_OK, set(inner.get(), {PR_SUBJECT_W, REMAPI_W("inner")}));
        add_recipients(inner.get(), {{REMAPI_W("Ann"), REMAPI_W("a@x")}});
        add_attachment(inner.get(), REMAPI_W("a.txt"), "bytes");
        save(inner.get());
    }
    save(attachment.get());
    const auto saved = saved_attachment();
    EXPECT_EQ(ATTACH_EMBEDDED_MSG, get_number(saved.get(), PR_ATTACH_METHOD));
    const auto inner = embedded(saved.get(), 0);
    EXPECT_EQ(REMAPI_W("inner"), get_text(inner.get(), PR_SUBJECT_W));
    EXPECT_EQ(Texts{REMAPI_W("Ann")}, texts(recipients(inner.get()).get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, shown(inner.get()));
}

TEST_F(Attachments, HoldMessagesToAnyDepth) {
    constexpr int kDepth = 8;
    std::vector<com::Ptr<IAttach>> shells;
    std::vector<com::Ptr<IMessage>> messages{message};
    for (int i = 0; i < kDepth; ++i) {
        ULONG number = 0;
        com::Ptr<IAttach> shell;
        ASSERT_HR(S_OK, messages.back()->CreateAttach(nullptr, 0, &number, shell.put()));
        ASSERT_HR(S_OK, set(shell.get(), {PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG}));
        messages.push_back(embedded(shell.get(), MAPI_CREATE | MAPI_MODIFY));
        shells.push_back(std::move(shell));
    }
    ASSERT_HR(S_OK, set(messages.back().get(), {PR_SUBJECT_W, REMAPI_W("innermost")}));
    for (int i = kDepth; i > 0; --i) {
        save(messages[static_cast<std::size_t>(i)].get());
        save(shells[static_cast<std::size_t>(i) - 1].get());
    }
    auto shell = saved_attachment();
    auto inner = embedded(shell.get(), 0);
    for (int i = 1; i < kDepth; ++i) {
        const auto number =
            static_cast<ULONG>(rows_of(attachments(inner.get()).get())[0].number(PR_ATTACH_NUM));
        shell = open_attach(inner.get(), number);
        inner = embedded(shell.get(), 0);
    }
    EXPECT_EQ(REMAPI_W("innermost"), get_text(inner.get(), PR_SUBJECT_W));
}

TEST_F(Attachments, HoldAMessageThatIsChanged) {
    auto attachment = create();
    ASSERT_HR(S_OK, set(attachment.get(), {PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG}));
    {
        const auto inner = embedded(attachment.get(), MAPI_CREATE | MAPI_MODIFY);
        ASSERT_HR(S_OK, set(inner.get(), {PR_SUBJECT_W, REMAPI_W("before")}));
        save(inner.get());
    }
    save(attachment.get());
    attachment = saved_attachment(MAPI_MODIFY);
    {
        const auto inner = embedded(attachment.get(), MAPI_MODIFY);
        ASSERT_HR(S_OK, set(inner.get(), {PR_SUBJECT_W, REMAPI_W("after")}));
        save(inner.get());
    }
    save(attachment.get());
    save(reopened.get());
    const auto again = reopen(message.get(), 0);
    EXPECT_EQ(REMAPI_W("after"),
              get_text(embedded(open_attach(again.get(), 0).get(), 0).get(), PR_SUBJECT_W));
}

TEST_F(Attachments, WithoutAMessageOpenNone) {
    const auto attachment = create();
    com::Ptr<IMessage> inner;
    EXPECT_HR(MAPI_E_NOT_FOUND, attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                                         MAPI_MODIFY, inner.put_as<IUnknown>()));
}

}  // namespace
}  // namespace remapi::test
