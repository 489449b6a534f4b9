// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What was deleted and can be restored: for stores that keep it for a while.
#include "compat-tests/conformance/store/recording_sink.h"
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapicontainer-getcontentstable.md, mapi/imapicontainer-gethierarchytable.md,
/// mapi/imapicontainer-openentry.md, mapi/imapifolder-deletemessages.md,
/// mapi/imapifolder-deletefolder.md
class SoftDeletes : public StoreTest {
protected:
    /// SHOW_SOFT_DELETES. Page: mapi/mapi-constants.md
    static constexpr ULONG kDeleted = 0x00000002;

    HRESULT remove_messages(const Bytes& id, ULONG flags = 0) {
        EntryList list({id});
        return folder->DeleteMessages(list.get(), 0, nullptr, flags);
    }
    HRESULT remove_folder(const Bytes& id, ULONG flags = 0) {
        return folder->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, flags);
    }
    Bytes deleted_message(const WideChar* subject, ULONG flags = 0) {
        const Bytes id = id_of(saved_message(folder.get(), subject, flags).get());
        check(remove_messages(id), "IMAPIFolder::DeleteMessages");
        return id;
    }
    HRESULT open_entry(const Bytes& id, ULONG flags) {
        ULONG type = 0;
        com::Ptr<IUnknown> object;
        return folder->OpenEntry(narrow_size(id.size()), as_entry(id), nullptr, flags, &type,
                                 object.put());
    }
    Texts deleted_subjects(ULONG flags = 0) {
        return subjects(folder.get(), MAPI_UNICODE | kDeleted | flags);
    }
    Texts deleted_names() {
        return texts(hierarchy(folder.get(), MAPI_UNICODE | kDeleted).get(), PR_DISPLAY_NAME_W);
    }
};

TEST_F(SoftDeletes, AreShownInATableOfTheirOwn) {
    saved_message(folder.get(), REMAPI_W("here"));
    deleted_message(REMAPI_W("gone"));
    EXPECT_EQ(Texts{REMAPI_W("here")}, subjects(folder.get()));
    EXPECT_EQ(Texts{REMAPI_W("gone")}, deleted_subjects());
}

TEST_F(SoftDeletes, KeepAssociatedMessagesApart) {
    deleted_message(REMAPI_W("letter"));
    deleted_message(REMAPI_W("view"), MAPI_ASSOCIATED);
    EXPECT_EQ(Texts{REMAPI_W("letter")}, deleted_subjects());
    EXPECT_EQ(Texts{REMAPI_W("view")}, deleted_subjects(MAPI_ASSOCIATED));
}

TEST_F(SoftDeletes, DoNotCount) {
    deleted_message(REMAPI_W("gone"));
    EXPECT_EQ(0, get_number(folder.get(), PR_CONTENT_COUNT));
    EXPECT_EQ(0, get_number(folder.get(), PR_CONTENT_UNREAD));
}

TEST_F(SoftDeletes, AreOpenedWhenAskedFor) {
    const Bytes id = deleted_message(REMAPI_W("gone"));
    EXPECT_HR(MAPI_E_NOT_FOUND, open_entry(id, 0));
    EXPECT_HR(S_OK, open_entry(id, kDeleted));
    const auto rows = rows_of(contents(folder.get(), MAPI_UNICODE | kDeleted).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(id, to_bytes(rows[0].bytes(PR_ENTRYID)));
}

TEST_F(SoftDeletes, AreUndoneByMovingThem) {
    const Bytes id = deleted_message(REMAPI_W("back"));
    EntryList list({id});
    ASSERT_HR(S_OK,
              folder->CopyMessages(list.get(), nullptr, folder.get(), 0, nullptr, MESSAGE_MOVE));
    EXPECT_EQ(Texts{REMAPI_W("back")}, subjects(folder.get()));
    EXPECT_TRUE(deleted_subjects().empty());
}

TEST_F(SoftDeletes, AreNotWhatIsDeletedForGood) {
    const Bytes id = id_of(saved_message(folder.get(), REMAPI_W("m")).get());
    EXPECT_HR(S_OK, remove_messages(id, kHardDelete));
    EXPECT_TRUE(deleted_subjects().empty());
    EXPECT_HR(MAPI_E_NOT_FOUND, open_entry(id, kDeleted));
}

TEST_F(SoftDeletes, AreDeletedForGoodLater) {
    const Bytes id = deleted_message(REMAPI_W("m"));
    EXPECT_TRUE(is_partial(remove_messages(id)));
    EXPECT_EQ(1u, deleted_subjects().size());
    EXPECT_HR(S_OK, remove_messages(id, kHardDelete));
    EXPECT_TRUE(deleted_subjects().empty());
}

TEST_F(SoftDeletes, OfFoldersKeepWhatIsInThem) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    const Bytes message = id_of(saved_message(child.get(), REMAPI_W("inside")).get());
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK, remove_folder(id, DEL_MESSAGES));
    EXPECT_TRUE(names(folder.get()).empty());
    EXPECT_EQ(Texts{REMAPI_W("child")}, deleted_names());
    EXPECT_HR(MAPI_E_NOT_FOUND, open_entry(message, 0));
    ASSERT_HR(S_OK, folder->CopyFolder(narrow_size(id.size()), as_entry(id), nullptr, folder.get(),
                                       nullptr, 0, nullptr, FOLDER_MOVE));
    EXPECT_EQ(Texts{REMAPI_W("child")}, names(folder.get()));
    EXPECT_HR(S_OK, open_entry(message, 0));
}

TEST_F(SoftDeletes, LeaveTheNameOfAFolderFree) {
    const Bytes first = id_of(make_folder(folder.get(), REMAPI_W("child")).get());
    ASSERT_HR(S_OK, remove_folder(first));
    const Bytes second = id_of(make_folder(folder.get(), REMAPI_W("child")).get());
    EXPECT_NE(first, second);
    EXPECT_EQ(Texts{REMAPI_W("child")}, names(folder.get()));
}

TEST_F(SoftDeletes, TellTheirTable) {
    const auto sink = com::make<EventSink>();
    const Bytes id = id_of(saved_message(folder.get(), REMAPI_W("m")).get());
    const auto table = contents(folder.get(), MAPI_UNICODE | kDeleted);
    ULONG_PTR connection = 0;
    ASSERT_HR(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    ASSERT_HR(S_OK, remove_messages(id));
    world.dispatch();
    const auto heard = sink->take();
    table->Unadvise(connection);
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(Texts{REMAPI_W("m")}, texts(table.get(), PR_SUBJECT_W));
}

}  // namespace
}  // namespace remapi::test
