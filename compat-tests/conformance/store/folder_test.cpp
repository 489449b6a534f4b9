// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What folders do with their sub-folders.
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapifolder-createfolder.md, mapi/imapifolder-copyfolder.md,
/// mapi/imapifolder-deletefolder.md, mapi/imapifolder-emptyfolder.md,
/// mapi/imapifolder-savecontentssort.md
class Folders : public StoreTest {
protected:
    HRESULT create(const WideChar* name, ULONG flags = 0, const IID* iid = nullptr,
                   ULONG type = FOLDER_GENERIC) {
        com::Ptr<IMAPIFolder> made;
        return folder->CreateFolder(type, as_tstr(name), nullptr, iid, MAPI_UNICODE | flags,
                                    made.put());
    }
    HRESULT remove_folder(const Bytes& id, ULONG flags) {
        return folder->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, flags);
    }
    HRESULT copy(const Bytes& id, IMAPIFolder* target, ULONG flags,
                 const WideChar* name = nullptr) {
        return folder->CopyFolder(narrow_size(id.size()), as_entry(id), nullptr, target,
                                  as_tstr(name), 0, nullptr, MAPI_UNICODE | flags);
    }
    /// child with a message and a sub-folder, which has one too.
    com::Ptr<IMAPIFolder> make_child() {
        const auto child = make_folder(folder.get(), REMAPI_W("child"));
        saved_message(child.get(), REMAPI_W("in child"));
        const auto grandchild = make_folder(child.get(), REMAPI_W("grandchild"));
        saved_message(grandchild.get(), REMAPI_W("in grandchild"));
        return child;
    }
    com::Ptr<IMAPIFolder> only_child(IMAPIFolder* parent) {
        const auto rows = rows_of(hierarchy(parent).get());
        if (rows.size() != 1) throw Error(MAPI_E_NOT_FOUND, "a single sub-folder");
        return open<IMAPIFolder>(parent, to_bytes(rows[0].bytes(PR_ENTRYID)));
    }
};

TEST_F(Folders, AreCreatedWithNameAndComment) {
    com::Ptr<IMAPIFolder> made;
    ASSERT_HR(S_OK, folder->CreateFolder(FOLDER_GENERIC, as_tstr(REMAPI_W("name")),
                                         as_tstr(REMAPI_W("comment")), nullptr, MAPI_UNICODE,
                                         made.put()));
    EXPECT_EQ(REMAPI_W("name"), get_text(made.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(REMAPI_W("comment"), get_text(made.get(), PR_COMMENT_W));
    EXPECT_EQ(MAPI_MODIFY, get_number(made.get(), PR_ACCESS_LEVEL));
    EXPECT_EQ(id_of(made.get()), id_of(open<IMAPIFolder>(store(), id_of(made.get())).get()));
}

TEST_F(Folders, WithoutACommentHaveNone) {
    const auto made = make_folder(folder.get(), REMAPI_W("name"));
    EXPECT_HR(MAPI_E_NOT_FOUND, error_of(get(made.get(), PR_COMMENT_W)));
}

TEST_F(Folders, AreNamedInTheWidthThatTheFlagsSay) {
    com::Ptr<IMAPIFolder> made;
    ASSERT_HR(S_OK, folder->CreateFolder(FOLDER_GENERIC, as_tstr("ansi"), as_tstr("narrow"),
                                         nullptr, 0, made.put()));
    EXPECT_EQ(REMAPI_W("ansi"), get_text(made.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(REMAPI_W("narrow"), get_text(made.get(), PR_COMMENT_W));
}

TEST_F(Folders, HaveNamesThatTheirSiblingsHaveNot) {
    ASSERT_HR(S_OK, create(REMAPI_W("twin")));
    EXPECT_HR(MAPI_E_COLLISION, create(REMAPI_W("twin")));
    EXPECT_EQ(1u, names(folder.get()).size());
    const auto elsewhere = make_folder(folder.get(), REMAPI_W("elsewhere"));
    EXPECT_EQ(REMAPI_W("twin"),
              get_text(make_folder(elsewhere.get(), REMAPI_W("twin")).get(), PR_DISPLAY_NAME_W));
}

TEST_F(Folders, AreOpenedWhenTheyExistAndThatIsWanted) {
    const auto first = make_folder(folder.get(), REMAPI_W("twin"));
    const auto second = make_folder(folder.get(), REMAPI_W("twin"), OPEN_IF_EXISTS);
    EXPECT_EQ(id_of(first.get()), id_of(second.get()));
    EXPECT_HR(S_OK, create(REMAPI_W("new"), OPEN_IF_EXISTS));
    EXPECT_EQ(2u, names(folder.get()).size());
}

TEST_F(Folders, AreCreatedByTheInterfaceAskedFor) {
    EXPECT_HR(S_OK, create(REMAPI_W("1"), 0, &IID_IMAPIFolder));
    EXPECT_HR(S_OK, create(REMAPI_W("2"), 0, &IID_IMAPIContainer));
    EXPECT_HR(S_OK, create(REMAPI_W("3"), 0, &IID_IMAPIProp));
    EXPECT_HR(S_OK, create(REMAPI_W("4"), 0, &IID_IUnknown));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, create(REMAPI_W("5"), 0, &IID_IMessage));
    EXPECT_EQ(4u, names(folder.get()).size());
}

TEST_F(Folders, AreNotCreatedWithWrongParameters) {
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, create(REMAPI_W("a"), 0x10000000));
    EXPECT_TRUE(FAILED(create(REMAPI_W("a"), 0, nullptr, 77)));
    EXPECT_TRUE(FAILED(create(REMAPI_W(""))));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              folder->CreateFolder(FOLDER_GENERIC, as_tstr(REMAPI_W("a")), nullptr, nullptr,
                                   MAPI_UNICODE, nullptr));
    EXPECT_TRUE(names(folder.get()).empty());
}

TEST_F(Folders, OpenedForReadingCreateNothing) {
    const auto reading = open<IMAPIFolder>(store(), id_of(folder.get()), 0);
    com::Ptr<IMAPIFolder> made;
    EXPECT_HR(MAPI_E_NO_ACCESS, reading->CreateFolder(FOLDER_GENERIC, as_tstr(REMAPI_W("a")),
                                                      nullptr, nullptr, MAPI_UNICODE, made.put()));
    com::Ptr<IMessage> message;
    EXPECT_HR(MAPI_E_NO_ACCESS, reading->CreateMessage(nullptr, 0, message.put()));
}

TEST_F(Folders, AreRenamedAtOnce) {
    const auto child = make_folder(folder.get(), REMAPI_W("before"));
    ASSERT_HR(S_OK, set(child.get(), {PR_DISPLAY_NAME_W, REMAPI_W("after")}));
    EXPECT_EQ(Texts{REMAPI_W("after")}, names(folder.get()));
}

TEST_F(Folders, AreDeletedWhenEmpty) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    EXPECT_HR(S_OK, remove_folder(id_of(child.get()), 0));
    EXPECT_TRUE(names(folder.get()).empty());
}

TEST_F(Folders, WithMessagesAreDeletedOnlyWhenThatIsWanted) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    saved_message(child.get(), REMAPI_W("m"));
    EXPECT_HR(MAPI_E_HAS_MESSAGES, remove_folder(id_of(child.get()), 0));
    EXPECT_HR(MAPI_E_HAS_MESSAGES, remove_folder(id_of(child.get()), DEL_FOLDERS));
    EXPECT_EQ(1u, subjects(child.get()).size());
    EXPECT_HR(S_OK, remove_folder(id_of(child.get()), DEL_MESSAGES));
    EXPECT_TRUE(names(folder.get()).empty());
}

TEST_F(Folders, WithSubfoldersAreDeletedOnlyWhenThatIsWanted) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    make_folder(child.get(), REMAPI_W("grandchild"));
    EXPECT_HR(MAPI_E_HAS_FOLDERS, remove_folder(id_of(child.get()), 0));
    EXPECT_HR(MAPI_E_HAS_FOLDERS, remove_folder(id_of(child.get()), DEL_MESSAGES));
    EXPECT_EQ(1u, names(child.get()).size());
    EXPECT_HR(S_OK, remove_folder(id_of(child.get()), DEL_FOLDERS));
    EXPECT_TRUE(names(folder.get()).empty());
}

TEST_F(Folders, GoWithAllThatIsInThem) {
    const auto child = make_child();
    const Bytes grandchild = id_of(only_child(child.get()).get());
    EXPECT_HR(S_OK, remove_folder(id_of(child.get()), DEL_FOLDERS | DEL_MESSAGES));
    ULONG type = 0;
    com::Ptr<IUnknown> object;
    EXPECT_HR(MAPI_E_NOT_FOUND,
              store()->OpenEntry(narrow_size(grandchild.size()), as_entry(grandchild), nullptr, 0,
                                 &type, object.put()));
}

TEST_F(Folders, ThatAreNotThereAreNotDeleted) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK, remove_folder(id, 0));
    EXPECT_TRUE(is_partial(remove_folder(id, 0)));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, remove_folder(id, 0x10000000));
}

TEST_F(Folders, AreCopiedWithTheirMessages) {
    const auto child = make_child();
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EXPECT_HR(S_OK, copy(id_of(child.get()), target.get(), 0));
    const auto made = only_child(target.get());
    EXPECT_EQ(REMAPI_W("child"), get_text(made.get(), PR_DISPLAY_NAME_W));
    EXPECT_NE(id_of(child.get()), id_of(made.get()));
    EXPECT_EQ(Texts{REMAPI_W("in child")}, subjects(made.get()));
    EXPECT_TRUE(names(made.get()).empty());
    EXPECT_EQ(Texts{REMAPI_W("in child")}, subjects(child.get()));
}

TEST_F(Folders, AreCopiedWithTheirSubfoldersWhenThatIsWanted) {
    const auto child = make_child();
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EXPECT_HR(S_OK, copy(id_of(child.get()), target.get(), COPY_SUBFOLDERS));
    const auto grandchild = only_child(only_child(target.get()).get());
    EXPECT_EQ(Texts{REMAPI_W("in grandchild")}, subjects(grandchild.get()));
}

TEST_F(Folders, AreCopiedUnderAnotherName) {
    const auto child = make_child();
    EXPECT_HR(S_OK, copy(id_of(child.get()), folder.get(), 0, REMAPI_W("copy")));
    EXPECT_EQ(2u, names(folder.get()).size());
}

TEST_F(Folders, AreCopiedWithTheirAssociatedMessages) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    saved_message(child.get(), REMAPI_W("view"), MAPI_ASSOCIATED);
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EXPECT_HR(S_OK, copy(id_of(child.get()), target.get(), 0));
    EXPECT_EQ(Texts{REMAPI_W("view")},
              subjects(only_child(target.get()).get(), MAPI_UNICODE | MAPI_ASSOCIATED));
}

TEST_F(Folders, AreMovedWithAllThatIsInThem) {
    const auto child = make_child();
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    EXPECT_HR(S_OK, copy(id_of(child.get()), target.get(), FOLDER_MOVE, REMAPI_W("moved")));
    EXPECT_EQ(Texts{REMAPI_W("target")}, names(folder.get()));
    const auto moved = only_child(target.get());
    EXPECT_EQ(REMAPI_W("moved"), get_text(moved.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(Texts{REMAPI_W("in child")}, subjects(moved.get()));
    EXPECT_EQ(Texts{REMAPI_W("in grandchild")}, subjects(only_child(moved.get()).get()));
}

TEST_F(Folders, AreNotCopiedOverOthers) {
    const auto child = make_child();
    EXPECT_HR(MAPI_E_COLLISION, copy(id_of(child.get()), folder.get(), 0));
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    make_folder(target.get(), REMAPI_W("child"));
    EXPECT_HR(MAPI_E_COLLISION, copy(id_of(child.get()), target.get(), FOLDER_MOVE));
    EXPECT_EQ(2u, names(folder.get()).size());
}

TEST_F(Folders, AreNotPutIntoThemselves) {
    const auto child = make_child();
    const auto grandchild = only_child(child.get());
    for (const ULONG flags : {ULONG{FOLDER_MOVE}, ULONG{COPY_SUBFOLDERS}}) {
        EXPECT_HR(MAPI_E_FOLDER_CYCLE, copy(id_of(child.get()), grandchild.get(), flags));
        EXPECT_HR(MAPI_E_FOLDER_CYCLE, copy(id_of(child.get()), child.get(), flags));
    }
}

TEST_F(Folders, ThatAreNotThereAreNotCopied) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    const auto target = make_folder(folder.get(), REMAPI_W("target"));
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK, remove_folder(id, kHardDelete));
    EXPECT_TRUE(is_partial(copy(id, target.get(), 0)));
    EXPECT_TRUE(is_partial(copy(id, target.get(), FOLDER_MOVE)));
}

TEST_F(Folders, AreEmptied) {
    make_child();
    saved_message(folder.get(), REMAPI_W("m"));
    saved_message(folder.get(), REMAPI_W("view"), MAPI_ASSOCIATED);
    EXPECT_HR(S_OK, folder->EmptyFolder(0, nullptr, 0));
    EXPECT_TRUE(subjects(folder.get()).empty());
    EXPECT_TRUE(names(folder.get()).empty());
    EXPECT_EQ(1u, subjects(folder.get(), MAPI_UNICODE | MAPI_ASSOCIATED).size());
    EXPECT_HR(S_OK, folder->EmptyFolder(0, nullptr, DEL_ASSOCIATED));
    EXPECT_TRUE(subjects(folder.get(), MAPI_UNICODE | MAPI_ASSOCIATED).empty());
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, folder->EmptyFolder(0, nullptr, 0x10000000));
}

TEST_F(Folders, KeepADefaultSortOrderOrSayThatTheyDoNot) {
    for (const WideChar* subject : {REMAPI_W("b"), REMAPI_W("c"), REMAPI_W("a")})
        saved_message(folder.get(), subject);
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    const HRESULT hr = folder->SaveContentsSort(reinterpret_cast<SSortOrderSet*>(&order), 0);
    if (hr == MAPI_E_NO_SUPPORT) return;  // what the page allows
    ASSERT_HR(S_OK, hr);
    EXPECT_EQ((Texts{REMAPI_W("a"), REMAPI_W("b"), REMAPI_W("c")}), subjects(folder.get()));
}

}  // namespace
}  // namespace remapi::test
