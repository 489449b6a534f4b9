// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"
#include "text/text.h"

namespace remapi::test {
namespace {

/// Pages: mapi/mapi-receive-folders.md, mapi/imsgstore-setreceivefolder.md,
/// mapi/imsgstore-getreceivefolder.md, mapi/imsgstore-getreceivefoldertable.md,
/// mapi/receive-folder-tables.md
class ReceiveFolders : public StoreTest {
protected:
    struct Answer {
        Bytes folder;
        String prefix;
    };
    Answer ask(const WideChar* message_class) {
        ULONG size = 0;
        Buffer<ENTRYID> id;
        Buffer<WideChar> prefix;
        check(store()->GetReceiveFolder(as_tstr(message_class), MAPI_UNICODE, &size, id.put(),
                                        reinterpret_cast<LPTSTR*>(prefix.put())),
              "IMsgStore::GetReceiveFolder");
        return {to_bytes(view_bytes(id.get(), size)), prefix ? String(prefix.get()) : String()};
    }
    HRESULT tell(const WideChar* message_class, const Bytes& id) {
        return store()->SetReceiveFolder(as_tstr(message_class), MAPI_UNICODE,
                                         narrow_size(id.size()),
                                         id.empty() ? nullptr : as_entry(id));
    }
    Bytes own() { return id_of(folder.get()); }
    com::Ptr<IMAPITable> table() {
        com::Ptr<IMAPITable> table;
        check(store()->GetReceiveFolderTable(MAPI_UNICODE, table.put()), "GetReceiveFolderTable");
        return table;
    }
};

TEST_F(ReceiveFolders, ThereIsAlwaysADefaultOne) {
    EXPECT_FALSE(ask(nullptr).folder.empty());
    EXPECT_EQ(ask(nullptr).folder, ask(REMAPI_W("")).folder);
    EXPECT_EQ(ask(nullptr).folder, ask(REMAPI_W("Nobody.Knows.Me")).folder);
    EXPECT_EQ(String(), ask(REMAPI_W("Nobody.Knows.Me")).prefix);
}

TEST_F(ReceiveFolders, ANewStoreSendsIpmAndReportsToTheInboxAndIpcToTheRoot) {
    const Bytes inbox = ask(nullptr).folder;
    EXPECT_EQ(inbox, ask(REMAPI_W("IPM.Note")).folder);
    EXPECT_EQ(inbox, ask(REMAPI_W("REPORT.IPM.Note.NDR")).folder);
    ULONG type = 0;
    com::Ptr<IMAPIFolder> root;
    ASSERT_HR(S_OK, store()->OpenEntry(0, nullptr, nullptr, 0, &type, root.put_as<IUnknown>()));
    EXPECT_EQ(id_of(root.get()), ask(REMAPI_W("IPC.Something")).folder);
    EXPECT_NE(inbox, id_of(root.get()));
}

TEST_F(ReceiveFolders, AClassTakesItsSubclassesAlong) {
    ASSERT_HR(S_OK, tell(REMAPI_W("MyClass"), own()));
    for (const WideChar* subclass : {REMAPI_W("MyClass"), REMAPI_W("MyClass.Home"),
                                     REMAPI_W("MyClass.Home.Kitchen.Computer")}) {
        EXPECT_EQ(own(), ask(subclass).folder);
        EXPECT_EQ(REMAPI_W("MyClass"), ask(subclass).prefix);
    }
    EXPECT_HR(S_OK, tell(REMAPI_W("MyClass"), {}));
}

TEST_F(ReceiveFolders, TheLongestPrefixWins) {
    const auto samples = make_folder(folder.get(), REMAPI_W("Samples"));
    ASSERT_HR(S_OK, tell(REMAPI_W("T4.Note"), own()));
    ASSERT_HR(S_OK, tell(REMAPI_W("T4.Note.Sample"), id_of(samples.get())));
    EXPECT_EQ(id_of(samples.get()), ask(REMAPI_W("T4.Note.Sample.Simple")).folder);
    EXPECT_EQ(id_of(samples.get()), ask(REMAPI_W("T4.Note.Sample")).folder);
    EXPECT_EQ(own(), ask(REMAPI_W("T4.Note.Other")).folder);
    EXPECT_EQ(own(), ask(REMAPI_W("T4.Note")).folder);
    EXPECT_HR(S_OK, tell(REMAPI_W("T4.Note.Sample"), {}));
    EXPECT_EQ(own(), ask(REMAPI_W("T4.Note.Sample.Simple")).folder);
    EXPECT_HR(S_OK, tell(REMAPI_W("T4.Note"), {}));
}

TEST_F(ReceiveFolders, APrefixEndsWhereAClassNameEnds) {
    ASSERT_HR(S_OK, tell(REMAPI_W("T5.Note"), own()));
    EXPECT_NE(own(), ask(REMAPI_W("T5.Notebook")).folder);
    EXPECT_HR(S_OK, tell(REMAPI_W("T5.Note"), {}));
}

TEST_F(ReceiveFolders, ClassesAreSetAgain) {
    const auto other = make_folder(folder.get(), REMAPI_W("Other"));
    ASSERT_HR(S_OK, tell(REMAPI_W("T6"), own()));
    ASSERT_HR(S_OK, tell(REMAPI_W("T6"), id_of(other.get())));
    EXPECT_EQ(id_of(other.get()), ask(REMAPI_W("T6.x")).folder);
    EXPECT_HR(S_OK, tell(REMAPI_W("T6"), {}));
    EXPECT_EQ(ask(nullptr).folder, ask(REMAPI_W("T6.x")).folder);
}

TEST_F(ReceiveFolders, TakingAwayWhatWasNeverSetSucceeds) {
    EXPECT_HR(S_OK, tell(REMAPI_W("Never.Was.Set"), {}));
}

TEST_F(ReceiveFolders, WithoutAClassTheDefaultIsSet) {
    const Bytes inbox = ask(nullptr).folder;
    ASSERT_HR(S_OK, tell(nullptr, own()));
    EXPECT_EQ(own(), ask(nullptr).folder);
    EXPECT_EQ(own(), ask(REMAPI_W("Nobody.Knows.Me")).folder);
    EXPECT_EQ(inbox, ask(REMAPI_W("IPM.Note")).folder);
    EXPECT_HR(S_OK, tell(nullptr, inbox));
}

// The page expects the root then, and advises against it; the Inbox is the other default there is.
TEST_F(ReceiveFolders, WithoutClassAndFolderOneOfTheDefaultsIsSet) {
    const Bytes inbox = ask(nullptr).folder;
    ASSERT_HR(S_OK, tell(nullptr, own()));
    EXPECT_HR(S_OK, tell(nullptr, {}));
    ULONG type = 0;
    com::Ptr<IMAPIFolder> root;
    ASSERT_HR(S_OK, store()->OpenEntry(0, nullptr, nullptr, 0, &type, root.put_as<IUnknown>()));
    const Bytes now = ask(nullptr).folder;
    EXPECT_TRUE(now == inbox || now == id_of(root.get()));
    EXPECT_HR(S_OK, tell(nullptr, inbox));
}

TEST_F(ReceiveFolders, AFailedCallLeavesTheSettingAlone) {
    ASSERT_HR(S_OK, tell(REMAPI_W("T10"), own()));
    const auto message = saved_message(folder.get(), REMAPI_W("no folder"));
    EXPECT_TRUE(FAILED(tell(REMAPI_W("T10"), id_of(message.get()))));
    EXPECT_EQ(own(), ask(REMAPI_W("T10")).folder);
    EXPECT_HR(S_OK, tell(REMAPI_W("T10"), {}));
}

TEST_F(ReceiveFolders, ClassesComeAndGoInTheWidthThatTheFlagsSay) {
    const Bytes id = own();
    ASSERT_HR(S_OK, store()->SetReceiveFolder(as_tstr("T11.Ansi"), 0, narrow_size(id.size()),
                                              as_entry(id)));
    EXPECT_EQ(own(), ask(REMAPI_W("T11.Ansi.x")).folder);
    ULONG size = 0;
    Buffer<ENTRYID> found;
    Buffer<char> prefix;
    ASSERT_HR(S_OK, store()->GetReceiveFolder(as_tstr("T11.Ansi.x"), 0, &size, found.put(),
                                              reinterpret_cast<LPTSTR*>(prefix.put())));
    EXPECT_STREQ("T11.Ansi", prefix.get());
    EXPECT_HR(S_OK, tell(REMAPI_W("T11.Ansi"), {}));
}

TEST_F(ReceiveFolders, ThePrefixNeedNotBeAskedFor) {
    ULONG size = 0;
    Buffer<ENTRYID> id;
    EXPECT_HR(S_OK, store()->GetReceiveFolder(nullptr, 0, &size, id.put(), nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              store()->GetReceiveFolder(nullptr, 0, &size, nullptr, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS,
              store()->GetReceiveFolder(nullptr, 0x10, &size, id.put(), nullptr));
}

TEST_F(ReceiveFolders, ATableListsThem) {
    ASSERT_HR(S_OK, tell(REMAPI_W("T13.Listed"), own()));
    const auto rows = table();
    for (const ULONG column : {PR_ENTRYID, PR_MESSAGE_CLASS, PR_RECORD_KEY})
        EXPECT_TRUE(has_column(rows.get(), column)) << std::hex << column;
    bool found = false;
    for (const PropertyBag& row : rows_of(rows.get())) {
        if (row.text(PR_MESSAGE_CLASS_W) != REMAPI_W("T13.Listed")) continue;
        found = true;
        EXPECT_EQ(own(), to_bytes(row.bytes(PR_ENTRYID)));
        EXPECT_EQ(get_bytes(folder.get(), PR_RECORD_KEY), to_bytes(row.bytes(PR_RECORD_KEY)));
    }
    EXPECT_TRUE(found);
    EXPECT_HR(S_OK, tell(REMAPI_W("T13.Listed"), {}));
}

TEST_F(ReceiveFolders, TheTableIsFilteredByRecordKey) {
    ASSERT_HR(S_OK, tell(REMAPI_W("T14.a"), own()));
    ASSERT_HR(S_OK, tell(REMAPI_W("T14.b"), own()));
    Restriction by_key = restriction_of(RES_PROPERTY, RELOP_EQ, PR_RECORD_KEY);
    by_key.value = get(folder.get(), PR_RECORD_KEY);
    const auto packed = object::pack(by_key);
    const auto rows = table();
    ASSERT_HR(S_OK, rows->Restrict(packed.get(), 0));
    ULONG count = 0;
    EXPECT_HR(S_OK, rows->GetRowCount(0, &count));
    EXPECT_EQ(2u, count);
    EXPECT_HR(S_OK, tell(REMAPI_W("T14.a"), {}));
    EXPECT_HR(S_OK, tell(REMAPI_W("T14.b"), {}));
}

}  // namespace
}  // namespace remapi::test
