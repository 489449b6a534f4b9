// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Search folders, as far as the conformance tests of stores do not look at them: what is on the
// disk, other processes, folders that move. Page: mapi/mapi-search-folders.md
#include <gtest/gtest.h>

#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/search_criteria.h"
#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

Restriction about(StringView text, ULONG tag = PR_SUBJECT_W) {
    Restriction restriction;
    restriction.kind = RES_CONTENT;
    restriction.operation = FL_SUBSTRING | FL_IGNORECASE;
    restriction.tag = tag;
    restriction.value = {tag, text};
    return restriction;
}

class Searches : public testing::Test {
protected:
    Searches() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        open_store();
        letters = make_folder(top.get(), REMAPI_W("Letters"));
        inner = make_folder(letters.get(), REMAPI_W("Inner"));
        other = make_folder(top.get(), REMAPI_W("Other"));
        check(top->CreateFolder(FOLDER_SEARCH, reinterpret_cast<LPTSTR>(name.data()), nullptr,
                                nullptr, MAPI_UNICODE, search.put()),
              "IMAPIFolder::CreateFolder");
    }
    void open_store() {
        store = std::make_unique<TestStore>(path);
        ASSERT_EQ(S_OK, store->result);
        top = store->folder(PR_IPM_SUBTREE_ENTRYID);
    }
    /// Ends this process's use of the file, as far as it goes, and starts anew.
    void open_again() {
        const Bytes entry = entry_of(search.get());
        for (auto* object : {&letters, &inner, &other, &search, &top}) object->reset();
        store.reset();
        open_store();
        search = store->open<IMAPIFolder>(entry);
    }
    HRESULT start(const Restriction& restriction, ULONG flags = RESTART_SEARCH | RECURSIVE_SEARCH) {
        return search->SetSearchCriteria(object::pack(restriction).get(),
                                         EntryList({entry_of(letters.get())}).get(), flags);
    }
    std::vector<String> found() {
        std::vector<String> subjects;
        for (const PropertyBag& row : contents_of(search.get()))
            subjects.push_back(String(row.text(PR_SUBJECT_W)));
        std::sort(subjects.begin(), subjects.end());
        return subjects;
    }
    /// What another process would do to the file.
    void elsewhere(const char* statements) {
        Connection connection;
        connection.open(path, false);
        connection.execute("PRAGMA foreign_keys = ON");
        connection.execute(statements);
    }

    using Subjects = std::vector<String>;
    const String x = REMAPI_W("x");
    String name = REMAPI_W("Search");
    TestFolder folder;
    const String path = folder.file(REMAPI_W("a.rms"));
    std::unique_ptr<TestStore> store;
    com::Ptr<IMAPIFolder> top, letters, inner, other, search;
};

TEST(SearchCriteria, KeepARestrictionOfAnyKind) {
    Restriction whole;
    whole.kind = RES_AND;
    Restriction bits;
    bits.kind = RES_BITMASK;
    bits.operation = BMR_NEZ;
    bits.tag = PR_MESSAGE_FLAGS;
    bits.number = MSGFLAG_READ;
    Restriction comment;
    comment.kind = RES_COMMENT;
    comment.comment = {{PR_COMMENT_W, REMAPI_W("note")}, {PR_IMPORTANCE, 2}};
    comment.children = {about(REMAPI_W("needle"))};
    whole.children = {bits, comment};
    const Restriction read = decode_restriction(encode_restriction(whole));
    ASSERT_EQ(2u, read.children.size());
    EXPECT_EQ(ULONG{MSGFLAG_READ}, read.children[0].number);
    EXPECT_EQ(ULONG{BMR_NEZ}, read.children[0].operation);
    ASSERT_EQ(2u, read.children[1].comment.size());
    ASSERT_EQ(1u, read.children[1].children.size());
    EXPECT_EQ(REMAPI_W("needle"), read.children[1].children[0].value.text());
}

TEST(SearchCriteria, ThatAreCutShortAreDamaged) {
    const Bytes whole = encode_restriction(about(REMAPI_W("needle")));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_THROW(decode_restriction(BytesView(whole).first(size)), Error) << size;
    }
    Bytes more = whole;
    more.push_back(0);
    EXPECT_THROW(decode_restriction(more), Error);
}

TEST_F(Searches, GoOnWhenTheStoreIsOpenedAgain) {
    ASSERT_EQ(S_OK, start(about(x)));
    make_message(letters.get(), x);
    open_again();
    EXPECT_EQ(Subjects{x}, found());
    make_message(
        store->open<IMAPIFolder>(to_bytes(contents_of(search.get())[0].bytes(PR_PARENT_ENTRYID)))
            .get(),
        REMAPI_W("x2"));
    EXPECT_EQ((Subjects{x, REMAPI_W("x2")}), found());
}

TEST_F(Searches, SeeWhatOtherProcessesChange) {
    ASSERT_EQ(S_OK, start(about(x)));
    make_message(letters.get(), x);
    EXPECT_EQ(Subjects{x}, found());
    elsewhere("UPDATE message SET deleted = 1 WHERE folder IS NOT NULL");
    EXPECT_TRUE(found().empty());
    elsewhere("UPDATE message SET deleted = NULL WHERE folder IS NOT NULL");
    EXPECT_EQ(Subjects{x}, found());
    elsewhere("DELETE FROM message WHERE folder IS NOT NULL");
    EXPECT_TRUE(found().empty());
    EXPECT_EQ(0, number_of(search.get(), PR_CONTENT_COUNT));
}

TEST_F(Searches, LookAtEverythingAgainAfterASearchThatDidNotEnd) {
    make_message(letters.get(), x);
    ASSERT_EQ(S_OK, start(about(x)));
    // As a process leaves it that is killed while it searches.
    elsewhere("UPDATE search SET state = 2; DELETE FROM search_result");
    EXPECT_EQ(Subjects{x}, found());
    elsewhere("UPDATE search SET state = 0 WHERE state = 2");
    EXPECT_EQ(Subjects{x}, found());
}

TEST_F(Searches, FollowFoldersThatMoveGoAndComeBack) {
    make_message(inner.get(), x);
    ASSERT_EQ(S_OK, start(about(x)));
    EXPECT_EQ(Subjects{x}, found());
    ASSERT_EQ(S_OK, copy_folder(letters.get(), entry_of(inner.get()), other.get(), FOLDER_MOVE));
    EXPECT_TRUE(found().empty());
    ASSERT_EQ(S_OK, copy_folder(other.get(), entry_of(inner.get()), letters.get(), FOLDER_MOVE));
    EXPECT_EQ(Subjects{x}, found());
    ASSERT_EQ(S_OK, delete_folder(letters.get(), entry_of(inner.get()), DEL_MESSAGES));
    EXPECT_TRUE(found().empty());
    ASSERT_EQ(S_OK, copy_folder(letters.get(), entry_of(inner.get()), letters.get(), FOLDER_MOVE));
    EXPECT_EQ(Subjects{x}, found());
}

TEST_F(Searches, FindInLargeTexts) {
    com::Ptr<IMessage> message;
    ASSERT_EQ(S_OK, letters->CreateMessage(nullptr, 0, message.put()));
    object::set_prop(message.get(), {PR_SUBJECT_W, x});
    object::set_prop(message.get(),
                     {PR_BODY_W, String(200'000, REMAPI_W('b')) + String(REMAPI_W("needle"))});
    ASSERT_EQ(S_OK, message->SaveChanges(0));
    ASSERT_EQ(S_OK, start(about(REMAPI_W("NEEDLE"), PR_BODY_W)));
    EXPECT_EQ(Subjects{x}, found());
    ASSERT_EQ(S_OK, start(about(REMAPI_W("nothing"), PR_BODY_W)));
    EXPECT_TRUE(found().empty());
}

TEST_F(Searches, CountWhatIsThereAndUnread) {
    const Bytes first = make_message(letters.get(), x);
    make_message(inner.get(), REMAPI_W("x2"));
    ASSERT_EQ(S_OK, start(about(x)));
    EXPECT_EQ(2, number_of(search.get(), PR_CONTENT_COUNT));
    EXPECT_EQ(2, number_of(search.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(S_OK, search->SetReadFlags(EntryList({first}).get(), 0, nullptr, SUPPRESS_RECEIPT));
    EXPECT_EQ(1, number_of(search.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(1, number_of(inner.get(), PR_CONTENT_UNREAD));
    EXPECT_EQ(0, number_of(letters.get(), PR_CONTENT_UNREAD));
    for (const PropertyBag& row : hierarchy_of(top.get())) {
        if (row.text(PR_DISPLAY_NAME_W) != name) continue;
        EXPECT_EQ(2, row.number(PR_CONTENT_COUNT));
    }
}

TEST_F(Searches, TouchOnlyWhatTheyHaveFound) {
    const Bytes found_one = make_message(letters.get(), x);
    const Bytes another = make_message(letters.get(), REMAPI_W("y"));
    ASSERT_EQ(S_OK, start(about(x)));
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION, delete_messages(search.get(), {found_one, another}));
    EXPECT_EQ(1u, contents_of(letters.get()).size());
    EXPECT_TRUE(found().empty());
    EXPECT_EQ(MAPI_E_NO_ACCESS, search->EmptyFolder(0, nullptr, 0));
}

TEST_F(Searches, MessagesAreCopiedAndMovedFromWhereTheyLie) {
    const Bytes message = make_message(letters.get(), x);
    ASSERT_EQ(S_OK, start(about(x)));
    EXPECT_EQ(S_OK, copy_messages(search.get(), {message}, other.get(), 0));
    EXPECT_EQ(1u, contents_of(other.get()).size());
    EXPECT_EQ(S_OK, copy_messages(search.get(), {message}, other.get(), MESSAGE_MOVE));
    EXPECT_EQ(2u, contents_of(other.get()).size());
    EXPECT_TRUE(contents_of(letters.get()).empty());
    EXPECT_TRUE(found().empty());
    EXPECT_EQ(MAPI_E_NO_ACCESS, copy_messages(other.get(), {message}, search.get(), 0));
}

TEST_F(Searches, ACopyOfTheFolderSearchesToo) {
    make_message(letters.get(), x);
    ASSERT_EQ(S_OK, start(about(x)));
    ASSERT_EQ(S_OK, copy_folder(top.get(), entry_of(search.get()), other.get(), 0));
    search = make_folder(other.get(), name);
    EXPECT_EQ(FOLDER_SEARCH, number_of(search.get(), PR_FOLDER_TYPE));
    EXPECT_EQ(Subjects{x}, found());
    make_message(inner.get(), REMAPI_W("x2"));
    EXPECT_EQ((Subjects{x, REMAPI_W("x2")}), found());
}

TEST_F(Searches, AContainerThatIsGoneIsSearchedNoMore) {
    make_message(letters.get(), x);
    ASSERT_EQ(S_OK, start(about(x)));
    constexpr ULONG kHard = 0x10;  // DELETE_HARD_DELETE
    ASSERT_EQ(S_OK, delete_folder(top.get(), entry_of(letters.get()),
                                  DEL_MESSAGES | DEL_FOLDERS | kHard));
    EXPECT_TRUE(found().empty());
    ENTRYLIST* containers = nullptr;
    ASSERT_EQ(S_OK, search->GetSearchCriteria(0, nullptr, &containers, nullptr));
    EXPECT_EQ(0u, containers->cValues);
    memory::routines().free(containers);
}

}  // namespace
}  // namespace remapi::localstore
