// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapicontainer-getcontentstable.md, mapi/imapicontainer-gethierarchytable.md,
/// mapi/imapicontainer-openentry.md, mapi/contents-tables.md, mapi/hierarchy-tables.md,
/// mapi/folder-associated-information-tables.md, mapi/imapifolderimapicontainer.md
class Container : public StoreTest {
protected:
    com::Ptr<IMAPITable> open_table(ULONG tag, ULONG options = MAPI_UNICODE) {
        com::Ptr<IMAPITable> table;
        check(folder->OpenProperty(tag, &IID_IMAPITable, options, 0, table.put_as<IUnknown>()),
              "IMAPIProp::OpenProperty");
        return table;
    }
    /// a > b > c, and d, all in the test's folder.
    void make_tree() {
        const auto a = make_folder(folder.get(), REMAPI_W("a"));
        const auto b = make_folder(a.get(), REMAPI_W("b"));
        make_folder(b.get(), REMAPI_W("c"));
        make_folder(folder.get(), REMAPI_W("d"));
    }
};

TEST_F(Container, HasTheRequiredProperties) {
    for (const ULONG tag :
         {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_FOLDER_TYPE, PR_OBJECT_TYPE, PR_PARENT_ENTRYID,
          PR_RECORD_KEY, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY})
        EXPECT_HR(S_OK, error_of(get(folder.get(), tag))) << std::hex << tag;
    EXPECT_EQ(MAPI_FOLDER, get_number(folder.get(), PR_OBJECT_TYPE));
    EXPECT_EQ(FOLDER_GENERIC, get_number(folder.get(), PR_FOLDER_TYPE));
    EXPECT_EQ(id_of(&world.subtree()), get_bytes(folder.get(), PR_PARENT_ENTRYID));
    EXPECT_EQ(get_bytes(store(), PR_RECORD_KEY), get_bytes(folder.get(), PR_STORE_RECORD_KEY));
}

TEST_F(Container, AnswersItsOwnInterfacesAndNoOthers) {
    for (const IID& iid : {IID_IUnknown, IID_IMAPIProp, IID_IMAPIContainer, IID_IMAPIFolder}) {
        com::Ptr<IUnknown> found;
        EXPECT_HR(S_OK, folder->QueryInterface(iid, found.put_as<void>()));
    }
    com::Ptr<IUnknown> other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              folder->QueryInterface(IID_IMsgStore, other.put_as<void>()));
}

TEST_F(Container, ListsSavedMessages) {
    const auto unsaved = new_message(folder.get(), REMAPI_W("unsaved"));
    saved_message(folder.get(), REMAPI_W("saved"));
    EXPECT_EQ(Texts{REMAPI_W("saved")}, subjects(folder.get()));
    save(unsaved.get());
    EXPECT_EQ(2u, subjects(folder.get()).size());
}

TEST_F(Container, ListsAssociatedMessagesApart) {
    saved_message(folder.get(), REMAPI_W("shown"));
    saved_message(folder.get(), REMAPI_W("hidden"), MAPI_ASSOCIATED);
    EXPECT_EQ(Texts{REMAPI_W("shown")}, subjects(folder.get()));
    EXPECT_EQ(Texts{REMAPI_W("hidden")}, subjects(folder.get(), MAPI_UNICODE | MAPI_ASSOCIATED));
}

TEST_F(Container, OpensItsTablesAsPropertiesToo) {
    saved_message(folder.get(), REMAPI_W("shown"));
    saved_message(folder.get(), REMAPI_W("hidden"), MAPI_ASSOCIATED);
    make_folder(folder.get(), REMAPI_W("below"));
    EXPECT_EQ(Texts{REMAPI_W("shown")},
              texts(open_table(PR_CONTAINER_CONTENTS).get(), PR_SUBJECT_W));
    EXPECT_EQ(Texts{REMAPI_W("hidden")},
              texts(open_table(PR_FOLDER_ASSOCIATED_CONTENTS).get(), PR_SUBJECT_W));
    EXPECT_EQ(Texts{REMAPI_W("below")},
              texts(open_table(PR_CONTAINER_HIERARCHY).get(), PR_DISPLAY_NAME_W));
}

TEST_F(Container, ListsItsTablesAmongItsProperties) {
    Buffer<SPropTagArray> list;
    ASSERT_HR(S_OK, folder->GetPropList(MAPI_UNICODE, list.put()));
    const auto tags = object::view_tags(list.get());
    for (const ULONG tag :
         {PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY, PR_FOLDER_ASSOCIATED_CONTENTS})
        EXPECT_NE(tags.end(), std::find(tags.begin(), tags.end(), tag)) << std::hex << tag;
}

TEST_F(Container, ListsTheFoldersDirectlyBelow) {
    make_tree();
    Texts found = names(folder.get());
    std::sort(found.begin(), found.end());
    EXPECT_EQ((Texts{REMAPI_W("a"), REMAPI_W("d")}), found);
}

TEST_F(Container, ListsAllFoldersBelowWhenAsked) {
    make_tree();
    const auto table = hierarchy(folder.get(), MAPI_UNICODE | CONVENIENT_DEPTH);
    Texts found = texts(table.get(), PR_DISPLAY_NAME_W);
    std::sort(found.begin(), found.end());
    EXPECT_EQ((Texts{REMAPI_W("a"), REMAPI_W("b"), REMAPI_W("c"), REMAPI_W("d")}), found);
}

TEST_F(Container, CountsDepthFromItsOwnSubfolders) {
    make_tree();
    const auto table = hierarchy(folder.get(), MAPI_UNICODE | CONVENIENT_DEPTH);
    ASSERT_TRUE(has_column(table.get(), PR_DEPTH));
    for (const PropertyBag& row : rows_of(table.get())) {
        const StringView name = row.text(PR_DISPLAY_NAME_W);
        const int depth = name == REMAPI_W("b") ? 1 : name == REMAPI_W("c") ? 2 : 0;
        EXPECT_EQ(depth, row.number(PR_DEPTH, -1));
    }
}

TEST_F(Container, PutsSubfoldersBehindTheirParents) {
    make_tree();
    const Texts found =
        texts(hierarchy(folder.get(), MAPI_UNICODE | CONVENIENT_DEPTH).get(), PR_DISPLAY_NAME_W);
    const auto place = [&](const WideChar* name) {
        return std::find(found.begin(), found.end(), String(name)) - found.begin();
    };
    EXPECT_LT(place(REMAPI_W("a")), place(REMAPI_W("b")));
    EXPECT_LT(place(REMAPI_W("b")), place(REMAPI_W("c")));
}

TEST_F(Container, HierarchyTablesHaveTheRequiredColumns) {
    const auto table = hierarchy(folder.get());
    for (const ULONG tag : {PR_COMMENT, PR_DEPTH, PR_DISPLAY_NAME, PR_DISPLAY_TYPE, PR_ENTRYID,
                            PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_STATUS, PR_FOLDER_TYPE,
                            PR_SUBFOLDERS, PR_CONTENT_COUNT, PR_CONTENT_UNREAD})
        EXPECT_TRUE(has_column(table.get(), tag)) << std::hex << tag;
}

TEST_F(Container, HierarchyRowsSayWhatTheFolderSays) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    make_folder(child.get(), REMAPI_W("grandchild"));
    saved_message(child.get(), REMAPI_W("unread"));
    const auto rows = rows_of(hierarchy(folder.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(id_of(child.get()), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(MAPI_FOLDER, rows[0].number(PR_OBJECT_TYPE));
    EXPECT_EQ(FOLDER_GENERIC, rows[0].number(PR_FOLDER_TYPE));
    EXPECT_TRUE(rows[0].truth(PR_SUBFOLDERS));
    EXPECT_EQ(1, rows[0].number(PR_CONTENT_COUNT));
    EXPECT_EQ(1, rows[0].number(PR_CONTENT_UNREAD));
}

TEST_F(Container, FolderRowsHaveADisplayType) {
    make_folder(folder.get(), REMAPI_W("child"));
    const auto rows = rows_of(hierarchy(folder.get()).get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(DT_FOLDER, rows[0].number(PR_DISPLAY_TYPE, -1));
}

TEST_F(Container, FolderRowsHaveTheStatusThatClientsSet) {
    const auto child = make_folder(folder.get(), REMAPI_W("child"));
    EXPECT_EQ(0, rows_of(hierarchy(folder.get()).get())[0].number(PR_STATUS, -1));
    ASSERT_HR(S_OK, set(child.get(), {PR_STATUS, 0x00010000}));
    EXPECT_EQ(0x00010000, rows_of(hierarchy(folder.get()).get())[0].number(PR_STATUS, -1));
}

TEST_F(Container, TextColumnsComeInTheWidthThatTheFlagsSay) {
    for (const ULONG flags : {ULONG{0}, ULONG{MAPI_UNICODE}}) {
        const ULONG type = flags == 0 ? PT_STRING8 : PT_UNICODE;
        for (const ULONG column : columns(contents(folder.get(), flags).get())) {
            const bool is_subject = PROP_ID(column) == PROP_ID(PR_SUBJECT);
            EXPECT_TRUE(!is_subject || PROP_TYPE(column) == type);
        }
        for (const ULONG column : columns(hierarchy(folder.get(), flags).get())) {
            const bool is_name = PROP_ID(column) == PROP_ID(PR_DISPLAY_NAME);
            EXPECT_TRUE(!is_name || PROP_TYPE(column) == type);
        }
    }
}

TEST_F(Container, OpensWhatIsInIt) {
    const auto message = saved_message(folder.get(), REMAPI_W("m"));
    const auto child = make_folder(folder.get(), REMAPI_W("c"));
    EXPECT_EQ(REMAPI_W("m"),
              get_text(open<IMessage>(folder.get(), id_of(message.get()), 0).get(), PR_SUBJECT_W));
    EXPECT_EQ(id_of(child.get()),
              id_of(open<IMAPIFolder>(folder.get(), id_of(child.get()), 0).get()));
}

TEST_F(Container, DoesNotFindWhatIsGone) {
    const auto child = make_folder(folder.get(), REMAPI_W("c"));
    const Bytes id = id_of(child.get());
    ASSERT_HR(S_OK, folder->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, 0));
    ULONG type = 0;
    com::Ptr<IUnknown> object;
    EXPECT_HR(MAPI_E_NOT_FOUND, folder->OpenEntry(narrow_size(id.size()), as_entry(id), nullptr, 0,
                                                  &type, object.put()));
}

TEST_F(Container, DoesNotKnowEntryIdsOfAnotherFormat) {
    const Bytes id = {0, 0, 0, 0, 1, 2, 3};
    ULONG type = 0;
    com::Ptr<IUnknown> object;
    EXPECT_HR(MAPI_E_UNKNOWN_ENTRYID, folder->OpenEntry(narrow_size(id.size()), as_entry(id),
                                                        nullptr, 0, &type, object.put()));
}

TEST_F(Container, RefusesUnknownFlagsAndMissingOutParameters) {
    com::Ptr<IMAPITable> table;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, folder->GetContentsTable(0x20000000, table.put()));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, folder->GetHierarchyTable(0x20000000, table.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, folder->GetContentsTable(0, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, folder->GetHierarchyTable(0, nullptr));
}

TEST_F(Container, CountsItsContents) {
    EXPECT_EQ(0, get_number(folder.get(), PR_CONTENT_COUNT));
    EXPECT_FALSE(get(folder.get(), PR_SUBFOLDERS).truth());
    saved_message(folder.get(), REMAPI_W("unread"));
    saved_message(folder.get(), REMAPI_W("hidden"), MAPI_ASSOCIATED);
    const auto read = new_message(folder.get(), REMAPI_W("read"));
    ASSERT_HR(S_OK, set(read.get(), {PR_MESSAGE_FLAGS, MSGFLAG_READ}));
    save(read.get());
    make_folder(folder.get(), REMAPI_W("child"));
    EXPECT_EQ(2, get_number(folder.get(), PR_CONTENT_COUNT));
    EXPECT_EQ(1, get_number(folder.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(1, get_number(folder.get(), PR_ASSOC_CONTENT_COUNT));
    EXPECT_TRUE(get(folder.get(), PR_SUBFOLDERS).truth());
}

TEST_F(Container, AnOrdinaryFolderHasNoSearchCriteria) {
    Buffer<SRestriction> restriction;
    Buffer<ENTRYLIST> list;
    ULONG state = 0;
    EXPECT_TRUE(FAILED(folder->GetSearchCriteria(0, restriction.put(), list.put(), &state)));
    EXPECT_TRUE(FAILED(folder->SetSearchCriteria(nullptr, nullptr, STOP_SEARCH)));
}

}  // namespace
}  // namespace remapi::test
