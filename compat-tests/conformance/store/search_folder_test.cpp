// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/recording_sink.h"
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapicontainer-setsearchcriteria.md, mapi/imapicontainer-getsearchcriteria.md,
/// mapi/mapi-search-folders.md, mapi/imapifolder-createfolder.md, mapi/contents-tables.md,
/// mapi/ssubrestriction.md
class SearchFolders : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        a = make_folder(folder.get(), REMAPI_W("a"));
        b = make_folder(folder.get(), REMAPI_W("b"));
        inner = make_folder(a.get(), REMAPI_W("inner"));
        const auto root = open<IMAPIFolder>(store(), get_bytes(store(), PR_FINDER_ENTRYID));
        com::Ptr<IMAPIFolder> made;
        check(root->CreateFolder(FOLDER_SEARCH, as_tstr(REMAPI_W("search")), nullptr, nullptr,
                                 MAPI_UNICODE, made.put()),
              "IMAPIFolder::CreateFolder");
        search = made;
    }
    void TearDown() override {
        if (search) {
            const auto root = open<IMAPIFolder>(store(), get_bytes(store(), PR_FINDER_ENTRYID));
            const Bytes id = id_of(search.get());
            root->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, 0);
        }
        StoreTest::TearDown();
    }
    static Restriction about(const WideChar* text) {
        Restriction restriction =
            restriction_of(RES_CONTENT, FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W);
        restriction.value = {PR_SUBJECT_W, text};
        return restriction;
    }
    HRESULT start(const Restriction& restriction, std::vector<Bytes> where, ULONG flags) {
        const auto packed = object::pack(restriction);
        EntryList list(std::move(where));
        return search->SetSearchCriteria(packed.get(), list.get(), flags);
    }
    HRESULT start(ULONG flags) { return start(about(REMAPI_W("x")), {id_of(a.get())}, flags); }
    Texts found() {
        world.dispatch();
        Texts all = subjects(search.get());
        std::sort(all.begin(), all.end());
        return all;
    }
    /// "x in a", "x in inner", "x in b" and one that nobody looks for.
    void fill() {
        saved_message(a.get(), REMAPI_W("x in a"));
        saved_message(inner.get(), REMAPI_W("x in inner"));
        saved_message(b.get(), REMAPI_W("x in b"));
        saved_message(a.get(), REMAPI_W("y in a"));
    }
    ULONG state() {
        ULONG state = 0;
        check(search->GetSearchCriteria(MAPI_UNICODE, nullptr, nullptr, &state),
              "IMAPIContainer::GetSearchCriteria");
        return state;
    }

    com::Ptr<IMAPIFolder> a, b, inner, search;
};

TEST_F(SearchFolders, SayWhatTheyAre) {
    EXPECT_EQ(FOLDER_SEARCH, get_number(search.get(), PR_FOLDER_TYPE));
}

TEST_F(SearchFolders, HaveNoCriteriaBeforeTheyAreSet) {
    Buffer<SRestriction> restriction;
    Buffer<ENTRYLIST> list;
    ULONG flags = 0;
    EXPECT_HR(MAPI_E_NOT_INITIALIZED,
              search->GetSearchCriteria(0, restriction.put(), list.put(), &flags));
}

TEST_F(SearchFolders, FindWhatIsThere) {
    fill();
    ASSERT_HR(S_OK, start(RESTART_SEARCH | SHALLOW_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("x in a")}, found());
    EXPECT_EQ(1, get_number(search.get(), PR_CONTENT_COUNT));
}

TEST_F(SearchFolders, FindInSubfoldersWhenThatIsWanted) {
    fill();
    ASSERT_HR(S_OK, start(RESTART_SEARCH | RECURSIVE_SEARCH));
    EXPECT_EQ((Texts{REMAPI_W("x in a"), REMAPI_W("x in inner")}), found());
}

TEST_F(SearchFolders, FindInAllContainersOfTheList) {
    fill();
    ASSERT_HR(S_OK, start(about(REMAPI_W("x")), {id_of(b.get()), id_of(inner.get())},
                          RESTART_SEARCH | SHALLOW_SEARCH));
    EXPECT_EQ((Texts{REMAPI_W("x in b"), REMAPI_W("x in inner")}), found());
}

TEST_F(SearchFolders, FindWhatComesLater) {
    ASSERT_HR(S_OK, start(RESTART_SEARCH | RECURSIVE_SEARCH));
    EXPECT_TRUE(found().empty());
    fill();
    EXPECT_EQ((Texts{REMAPI_W("x in a"), REMAPI_W("x in inner")}), found());
}

TEST_F(SearchFolders, ForgetWhatMatchesNoMore) {
    const auto message = saved_message(a.get(), REMAPI_W("x"));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    EXPECT_EQ(1u, found().size());
    ASSERT_HR(S_OK, set(message.get(), {PR_SUBJECT_W, REMAPI_W("y")}));
    save(message.get());
    EXPECT_TRUE(found().empty());
}

TEST_F(SearchFolders, ForgetWhatIsDeletedOrMovedAway) {
    const auto first = id_of(saved_message(a.get(), REMAPI_W("x1")).get());
    const auto second = id_of(saved_message(a.get(), REMAPI_W("x2")).get());
    ASSERT_HR(S_OK, start(RESTART_SEARCH | SHALLOW_SEARCH));
    EXPECT_EQ(2u, found().size());
    EntryList one({first}), two({second});
    ASSERT_HR(S_OK, a->DeleteMessages(one.get(), 0, nullptr, 0));
    EXPECT_EQ(Texts{REMAPI_W("x2")}, found());
    ASSERT_HR(S_OK, a->CopyMessages(two.get(), nullptr, b.get(), 0, nullptr, MESSAGE_MOVE));
    EXPECT_TRUE(found().empty());
}

TEST_F(SearchFolders, StopAndStartAgain) {
    saved_message(a.get(), REMAPI_W("x1"));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    EXPECT_EQ(1u, found().size());
    ASSERT_HR(S_OK, search->SetSearchCriteria(nullptr, nullptr, STOP_SEARCH));
    EXPECT_EQ(0u, state() & SEARCH_RUNNING);
    saved_message(a.get(), REMAPI_W("x2"));
    EXPECT_EQ(Texts{REMAPI_W("x1")}, found());  // static while it is stopped
    ASSERT_HR(S_OK, search->SetSearchCriteria(nullptr, nullptr, RESTART_SEARCH));
    EXPECT_EQ((Texts{REMAPI_W("x1"), REMAPI_W("x2")}), found());
}

TEST_F(SearchFolders, TellTheirState) {
    ASSERT_HR(S_OK, start(RESTART_SEARCH | RECURSIVE_SEARCH | FOREGROUND_SEARCH));
    world.dispatch();
    EXPECT_EQ(ULONG{SEARCH_RUNNING | SEARCH_RECURSIVE | SEARCH_FOREGROUND},
              state() & (SEARCH_RUNNING | SEARCH_RECURSIVE | SEARCH_FOREGROUND));
    ASSERT_HR(S_OK, search->SetSearchCriteria(nullptr, nullptr,
                                              SHALLOW_SEARCH | BACKGROUND_SEARCH | RESTART_SEARCH));
    EXPECT_EQ(0u, state() & (SEARCH_RECURSIVE | SEARCH_FOREGROUND));
}

TEST_F(SearchFolders, TellTheirCriteria) {
    ASSERT_HR(S_OK,
              start(about(REMAPI_W("needle")), {id_of(a.get()), id_of(b.get())}, RESTART_SEARCH));
    Buffer<SRestriction> restriction;
    Buffer<ENTRYLIST> list;
    ASSERT_HR(S_OK,
              search->GetSearchCriteria(MAPI_UNICODE, restriction.put(), list.put(), nullptr));
    ASSERT_TRUE(restriction && list);
    const Restriction told = object::from_abi(*restriction.get());
    EXPECT_EQ(ULONG{RES_CONTENT}, told.kind);
    EXPECT_EQ(ULONG{FL_SUBSTRING | FL_IGNORECASE}, told.operation);
    EXPECT_EQ(REMAPI_W("needle"), told.value.text());
    ASSERT_EQ(2u, list->cValues);
    EXPECT_EQ(id_of(a.get()), to_bytes(view_bytes(list->lpbin[0])));
    EXPECT_EQ(id_of(b.get()), to_bytes(view_bytes(list->lpbin[1])));
}

TEST_F(SearchFolders, TakeOtherCriteria) {
    fill();
    ASSERT_HR(S_OK, start(RESTART_SEARCH | SHALLOW_SEARCH));
    ASSERT_HR(S_OK, start(about(REMAPI_W("y")), {id_of(a.get())}, RESTART_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("y in a")}, found());
}

TEST_F(SearchFolders, KeepTheCriteriaThatAreLeftOut) {
    fill();
    ASSERT_HR(S_OK, start(RESTART_SEARCH | SHALLOW_SEARCH));
    EntryList list({id_of(b.get())});
    ASSERT_HR(S_OK, search->SetSearchCriteria(nullptr, list.get(), RESTART_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("x in b")}, found());
    const auto packed = object::pack(about(REMAPI_W("in")));
    ASSERT_HR(S_OK, search->SetSearchCriteria(packed.get(), nullptr, RESTART_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("x in b")}, found());
}

TEST_F(SearchFolders, NeedAllCriteriaAtFirst) {
    EXPECT_TRUE(FAILED(search->SetSearchCriteria(nullptr, nullptr, RESTART_SEARCH)));
    EntryList list({id_of(a.get())});
    EXPECT_TRUE(FAILED(search->SetSearchCriteria(nullptr, list.get(), RESTART_SEARCH)));
}

TEST_F(SearchFolders, TakeNoFlagsThatContradictEachOther) {
    for (const ULONG flags : {BACKGROUND_SEARCH | FOREGROUND_SEARCH,
                              RECURSIVE_SEARCH | SHALLOW_SEARCH, RESTART_SEARCH | STOP_SEARCH})
        EXPECT_TRUE(FAILED(start(flags))) << flags;
}

TEST_F(SearchFolders, FindByRecipientsAndAttachments) {
    const auto message = saved_message(a.get(), REMAPI_W("m"));
    add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@x")}});
    add_attachment(message.get(), REMAPI_W("picture.mss"), "a");
    save(message.get());
    saved_message(a.get(), REMAPI_W("other"));
    const auto part = [&](ULONG tag, ULONG text_tag, const WideChar* text) {
        Restriction whole = restriction_of(RES_SUBRESTRICTION, 0, tag);
        Restriction inside = restriction_of(RES_CONTENT, FL_SUBSTRING | FL_IGNORECASE, text_tag);
        inside.value = {text_tag, text};
        whole.children = {inside};
        return whole;
    };
    ASSERT_HR(S_OK, start(part(PR_MESSAGE_RECIPIENTS, PR_EMAIL_ADDRESS_W, REMAPI_W("ann@")),
                          {id_of(a.get())}, RESTART_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("m")}, found());
    ASSERT_HR(S_OK, start(part(PR_MESSAGE_ATTACHMENTS, PR_ATTACH_LONG_FILENAME_W, REMAPI_W(".mss")),
                          {id_of(a.get())}, RESTART_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("m")}, found());
}

TEST_F(SearchFolders, ShowLinks) {
    const auto message = saved_message(a.get(), REMAPI_W("x"));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    world.dispatch();
    const auto table = contents(search.get());
    EXPECT_TRUE(has_column(table.get(), PR_PARENT_DISPLAY));
    const auto rows = rows_of(table.get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(id_of(message.get()), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(id_of(a.get()), to_bytes(rows[0].bytes(PR_PARENT_ENTRYID)));
    EXPECT_EQ(REMAPI_W("a"), rows[0].text(PR_PARENT_DISPLAY_W));
    const auto opened = open<IMessage>(search.get(), id_of(message.get()));
    EXPECT_EQ(id_of(a.get()), get_bytes(opened.get(), PR_PARENT_ENTRYID));
}

TEST_F(SearchFolders, HoldNothingOfTheirOwn) {
    com::Ptr<IMessage> message;
    const HRESULT hr = search->CreateMessage(nullptr, 0, message.put());
    EXPECT_TRUE(FAILED(hr) || FAILED(message->SaveChanges(0)));
    EntryList list({id_of(saved_message(a.get(), REMAPI_W("m")).get())});
    EXPECT_TRUE(FAILED(a->CopyMessages(list.get(), nullptr, search.get(), 0, nullptr, 0)));
    EXPECT_TRUE(
        FAILED(a->CopyMessages(list.get(), nullptr, search.get(), 0, nullptr, MESSAGE_MOVE)));
    EXPECT_EQ(1u, subjects(a.get()).size());
    com::Ptr<IMAPIFolder> child;
    EXPECT_TRUE(FAILED(search->CreateFolder(FOLDER_GENERIC, as_tstr(REMAPI_W("child")), nullptr,
                                            nullptr, MAPI_UNICODE, child.put())));
}

TEST_F(SearchFolders, AreNotSearchedThemselves) {
    saved_message(a.get(), REMAPI_W("x"));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    const auto root = open<IMAPIFolder>(store(), get_bytes(store(), PR_FINDER_ENTRYID));
    const auto second = make_folder(root.get(), REMAPI_W("second"), OPEN_IF_EXISTS, FOLDER_SEARCH);
    const auto packed = object::pack(about(REMAPI_W("x")));
    EntryList list({id_of(search.get())});
    const HRESULT hr = second->SetSearchCriteria(packed.get(), list.get(), RESTART_SEARCH);
    world.dispatch();
    EXPECT_TRUE(FAILED(hr) || subjects(second.get()).empty());
    const Bytes id = id_of(second.get());
    EXPECT_HR(S_OK, root->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, 0));
}

TEST_F(SearchFolders, DeleteTheMessageItself) {
    EntryList list({id_of(saved_message(a.get(), REMAPI_W("x")).get())});
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    world.dispatch();
    EXPECT_HR(S_OK, search->DeleteMessages(list.get(), 0, nullptr, 0));
    EXPECT_TRUE(subjects(a.get()).empty());
}

TEST_F(SearchFolders, GoWithoutTheMessages) {
    saved_message(a.get(), REMAPI_W("x"));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    EXPECT_EQ(1u, found().size());
    const auto root = open<IMAPIFolder>(store(), get_bytes(store(), PR_FINDER_ENTRYID));
    const Bytes id = id_of(search.get());
    search.reset();
    EXPECT_HR(S_OK, root->DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr, 0));
    EXPECT_EQ(1u, subjects(a.get()).size());
}

TEST_F(SearchFolders, FindNothingTwice) {
    saved_message(inner.get(), REMAPI_W("x"));
    ASSERT_HR(S_OK, start(about(REMAPI_W("x")), {id_of(a.get()), id_of(inner.get())},
                          RESTART_SEARCH | RECURSIVE_SEARCH));
    EXPECT_EQ(Texts{REMAPI_W("x")}, found());
}

TEST_F(SearchFolders, FindNoAssociatedMessages) {
    saved_message(a.get(), REMAPI_W("x"), MAPI_ASSOCIATED);
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    EXPECT_TRUE(found().empty());
}

TEST_F(SearchFolders, TellWhenTheyHaveSearched) {
    const auto sink = com::make<EventSink>();
    const Bytes id = id_of(search.get());
    ULONG_PTR connection = 0;
    ASSERT_HR(S_OK, store()->Advise(narrow_size(id.size()), as_entry(id), fnevSearchComplete,
                                    sink.get(), &connection));
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    world.dispatch();
    const auto heard = sink->take();
    EXPECT_FALSE(heard.empty());
    for (const Heard& event : heard) EXPECT_EQ(id, event.id);
    EXPECT_HR(S_OK, store()->Unadvise(connection));
}

TEST_F(SearchFolders, TellWhoeverWatchesTheirContents) {
    ASSERT_HR(S_OK, start(RESTART_SEARCH));
    world.dispatch();
    const auto sink = com::make<EventSink>();
    const auto table = contents(search.get());
    ULONG_PTR connection = 0;
    ASSERT_HR(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    saved_message(a.get(), REMAPI_W("x"));
    world.dispatch();
    EXPECT_FALSE(sink->take().empty());
    EXPECT_EQ(1u, rows_of(table.get()).size());
    EXPECT_HR(S_OK, table->Unadvise(connection));
}

}  // namespace
}  // namespace remapi::test
