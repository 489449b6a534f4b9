// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/imapifolderimapicontainer.md and those of its methods.
#include <gtest/gtest.h>

#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

/// Keeps what it is told; cancels after so many calls.
class Recorder final : public com::Object<Recorder, IMAPIProgress> {
public:
    using Interfaces = com::Answers<IMAPIProgress>;
    explicit Recorder(ULONG its_flags = MAPI_TOP_LEVEL) : flags(its_flags) {}

    STDMETHODIMP Progress(ULONG value, ULONG count, ULONG total) noexcept override {
        told.push_back({value, count, total});
        return told.size() > cancel_after ? MAPI_E_USER_CANCEL : S_OK;
    }
    STDMETHODIMP GetFlags(ULONG* out) noexcept override { return *out = flags, S_OK; }
    STDMETHODIMP GetMax(ULONG* out) noexcept override { return *out = 1000, S_OK; }
    STDMETHODIMP GetMin(ULONG* out) noexcept override { return *out = 1, S_OK; }
    STDMETHODIMP SetLimits(ULONG*, ULONG*, ULONG*) noexcept override { return S_OK; }

    struct Told {
        ULONG value, count, total;
    };
    const ULONG flags;
    std::size_t cancel_after = 1000;
    std::vector<Told> told;

private:
    friend class com::Object<Recorder, IMAPIProgress>;
    ~Recorder() = default;
};

class Folders : public testing::Test {
protected:
    Folders() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        ASSERT_EQ(S_OK, store.result);
        top = store.folder(PR_IPM_SUBTREE_ENTRYID);
        letters = make_folder(top.get(), REMAPI_W("Letters"));
    }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
    com::Ptr<IMAPIFolder> top;
    com::Ptr<IMAPIFolder> letters;
};

TEST_F(Folders, CreatingTakesNameAndCommentInEitherWidth) {
    com::Ptr<IMAPIFolder> made;
    char name[] = "plain";
    char comment[] = "a comment";
    ASSERT_EQ(S_OK, top->CreateFolder(FOLDER_GENERIC, reinterpret_cast<LPTSTR>(name),
                                      reinterpret_cast<LPTSTR>(comment), &IID_IMAPIFolder, 0,
                                      made.put()));
    EXPECT_EQ(String(REMAPI_W("plain")), text_of(made.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(String(REMAPI_W("a comment")), text_of(made.get(), PR_COMMENT_W));
    EXPECT_EQ(FOLDER_GENERIC, number_of(made.get(), PR_FOLDER_TYPE));
}

TEST_F(Folders, CreatingRefusesWhatThePageRefuses) {
    com::Ptr<IMAPIFolder> made;
    WideChar name[] = REMAPI_W("Letters");
    WideChar empty[] = REMAPI_W("");
    auto* text = reinterpret_cast<LPTSTR>(name);
    const auto create = [&](ULONG type, LPTSTR its_name, const IID* iid, ULONG flags) {
        return top->CreateFolder(type, its_name, nullptr, iid, flags | MAPI_UNICODE, made.put());
    };
    EXPECT_EQ(MAPI_E_COLLISION, create(FOLDER_GENERIC, text, nullptr, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, create(77, text, nullptr, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, create(FOLDER_GENERIC, nullptr, nullptr, 0));
    EXPECT_EQ(MAPI_E_BAD_VALUE,
              create(FOLDER_GENERIC, reinterpret_cast<LPTSTR>(empty), nullptr, 0));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, create(FOLDER_GENERIC, text, &IID_IMessage, 0));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, create(FOLDER_GENERIC, text, nullptr, 0x4000));
    const auto read_only = store.open<IMAPIFolder>(entry_of(top.get()), 0);
    EXPECT_EQ(MAPI_E_NO_ACCESS, read_only->CreateFolder(FOLDER_GENERIC, text, nullptr, nullptr,
                                                        MAPI_UNICODE, made.put()));
}

TEST_F(Folders, RenamingToASiblingsNameIsAProblemOfThatPropertyOnly) {
    const auto other = make_folder(top.get(), REMAPI_W("Bills"));
    WideChar name[] = REMAPI_W("LETTERS");
    WideChar comment[] = REMAPI_W("kept");
    SPropValue values[2] = {};
    values[0].ulPropTag = PR_DISPLAY_NAME_W;
    values[0].Value.lpszW = name;
    values[1].ulPropTag = PR_COMMENT_W;
    values[1].Value.lpszW = comment;
    SPropProblemArray* problems = nullptr;
    ASSERT_EQ(S_OK, other->SetProps(2, values, &problems));
    ASSERT_TRUE(problems);
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(MAPI_E_COLLISION, problems->aProblem[0].scode);
    memory::routines().free(problems);
    EXPECT_EQ(String(REMAPI_W("Bills")), text_of(other.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(String(REMAPI_W("kept")), text_of(other.get(), PR_COMMENT_W));
    object::set_prop(other.get(), {PR_DISPLAY_NAME_W, REMAPI_W("bills")});
    EXPECT_EQ(String(REMAPI_W("bills")), text_of(other.get(), PR_DISPLAY_NAME_W));
}

TEST_F(Folders, ACopyHoldsMessagesAndWithTheFlagSubfolders) {
    object::set_prop(letters.get(), {PR_COMMENT_W, REMAPI_W("mine")});
    make_message(letters.get(), REMAPI_W("m"));
    make_message(letters.get(), REMAPI_W("view"), MAPI_ASSOCIATED);
    make_message(make_folder(letters.get(), REMAPI_W("Inner")).get(), REMAPI_W("deep"));
    ASSERT_EQ(S_OK,
              copy_folder(top.get(), entry_of(letters.get()), top.get(), 0, REMAPI_W("flat")));
    ASSERT_EQ(S_OK, copy_folder(top.get(), entry_of(letters.get()), top.get(), COPY_SUBFOLDERS,
                                REMAPI_W("deep")));
    const auto flat = make_folder(top.get(), REMAPI_W("flat"));
    const auto deep = make_folder(top.get(), REMAPI_W("deep"));
    for (IMAPIFolder* copy : {flat.get(), deep.get()}) {
        EXPECT_EQ(1u, contents_of(copy).size());
        EXPECT_EQ(1u, contents_of(copy, MAPI_ASSOCIATED).size());
        EXPECT_EQ(String(REMAPI_W("mine")), text_of(copy, PR_COMMENT_W));
    }
    EXPECT_TRUE(hierarchy_of(flat.get()).empty());
    const auto inner = make_folder(deep.get(), REMAPI_W("Inner"));
    EXPECT_EQ(1u, contents_of(inner.get()).size());
    EXPECT_EQ(1, number_of(letters.get(), PR_CONTENT_COUNT));
}

TEST_F(Folders, CopyingIntoItselfOrOntoANameIsRefused) {
    const auto inner = make_folder(letters.get(), REMAPI_W("Inner"));
    for (const ULONG flags : {ULONG{COPY_SUBFOLDERS}, ULONG{FOLDER_MOVE}}) {
        EXPECT_EQ(MAPI_E_FOLDER_CYCLE,
                  copy_folder(top.get(), entry_of(letters.get()), inner.get(), flags));
    }
    EXPECT_EQ(MAPI_E_COLLISION, copy_folder(top.get(), entry_of(letters.get()), top.get(), 0));
    EXPECT_EQ(MAPI_E_NOT_FOUND, copy_folder(top.get(), entry_of(inner.get()), top.get(), 0));
    EXPECT_EQ(MAPI_E_NO_ACCESS, copy_folder(top.get(), store.entry_id(PR_IPM_OUTBOX_ENTRYID),
                                            letters.get(), FOLDER_MOVE));
}

TEST_F(Folders, AMovedFolderKeepsItsEntryIdAndTakesANewName) {
    const auto inner = make_folder(letters.get(), REMAPI_W("Inner"));
    const Bytes entry = entry_of(inner.get());
    ASSERT_EQ(S_OK, copy_folder(letters.get(), entry, top.get(), FOLDER_MOVE, REMAPI_W("Outer")));
    const auto moved = store.open<IMAPIFolder>(entry);
    EXPECT_EQ(String(REMAPI_W("Outer")), text_of(moved.get(), PR_DISPLAY_NAME_W));
    EXPECT_EQ(entry_of(top.get()),
              object::get_required_prop(moved.get(), PR_PARENT_ENTRYID).bytes());
    EXPECT_FALSE(object::get_required_prop(letters.get(), PR_SUBFOLDERS).truth());
}

TEST_F(Folders, ATreeOf200LevelsIsListedCopiedAndDeleted) {
    constexpr LONG kLevels = 200;
    com::Ptr<IMAPIFolder> at = letters;
    for (LONG i = 0; i < kLevels; ++i) at = make_folder(at.get(), REMAPI_W("level"));
    make_message(at.get(), REMAPI_W("deep"));
    const auto deepest = [](IMAPIFolder* from) {
        LONG depth = 0;
        for (const PropertyBag& row : hierarchy_of(from, CONVENIENT_DEPTH))
            depth = std::max(depth, static_cast<LONG>(row.number(PR_DEPTH)));
        return depth;
    };
    EXPECT_EQ(kLevels - 1, deepest(letters.get()));  // the first level is 0
    const Bytes entry = entry_of(letters.get());
    ASSERT_EQ(S_OK, copy_folder(top.get(), entry, top.get(), COPY_SUBFOLDERS, REMAPI_W("Copy")));
    const auto copy = make_folder(top.get(), REMAPI_W("Copy"));
    EXPECT_EQ(kLevels - 1, deepest(copy.get()));
    EXPECT_EQ(MAPI_E_FOLDER_CYCLE, copy_folder(top.get(), entry, at.get(), FOLDER_MOVE));
    constexpr ULONG kHardDelete = 0x10;  // DELETE_HARD_DELETE
    for (const ULONG how : {ULONG{0}, kHardDelete}) {
        const auto gone = how == 0 ? letters : copy;
        EXPECT_EQ(S_OK,
                  delete_folder(top.get(), entry_of(gone.get()), how | DEL_FOLDERS | DEL_MESSAGES));
    }
}

TEST_F(Folders, ProgressIsToldFromBeginningToEnd) {
    std::vector<Bytes> entries;
    for (int i = 0; i < 70; ++i) entries.push_back(make_message(letters.get(), REMAPI_W("m")));
    const auto told = com::make<Recorder>();
    ASSERT_EQ(S_OK, letters->CopyMessages(EntryList(entries).get(), nullptr, top.get(), 0,
                                          told.get(), MESSAGE_DIALOG));
    ASSERT_GE(told->told.size(), 3u);
    EXPECT_EQ(1u, told->told.front().value);
    EXPECT_EQ(1000u, told->told.back().value);
    EXPECT_EQ(70u, told->told.back().count);
    EXPECT_EQ(70u, told->told.back().total);
    const auto part = com::make<Recorder>(0);
    ASSERT_EQ(S_OK, letters->EmptyFolder(0, part.get(), FOLDER_DIALOG));
    EXPECT_EQ(1000u, part->told.back().value);
    EXPECT_EQ(0u, part->told.back().total);
}

TEST_F(Folders, ProgressIsIgnoredWithoutTheDialogFlag) {
    const auto told = com::make<Recorder>();
    const Bytes entry = make_message(letters.get(), REMAPI_W("m"));
    ASSERT_EQ(S_OK, letters->DeleteMessages(EntryList({entry}).get(), 0, told.get(), 0));
    EXPECT_TRUE(told->told.empty());
}

TEST_F(Folders, ACancelledCopyStopsWhereItIs) {
    std::vector<Bytes> entries;
    for (int i = 0; i < 70; ++i) entries.push_back(make_message(letters.get(), REMAPI_W("m")));
    const auto told = com::make<Recorder>();
    told->cancel_after = 1;
    EXPECT_EQ(MAPI_E_USER_CANCEL, letters->CopyMessages(EntryList(entries).get(), nullptr,
                                                        top.get(), 0, told.get(), MESSAGE_DIALOG));
    EXPECT_EQ(32u, contents_of(top.get()).size());
}

TEST_F(Folders, StatusBitsAreChangedUnderAMaskAndNotCopied) {
    Bytes entry = make_message(letters.get(), REMAPI_W("m"));
    const ULONG size = narrow_size(entry.size());
    ULONG old = 99;
    ASSERT_EQ(S_OK, letters->SetMessageStatus(size, as_entry(entry), MSGSTATUS_TAGGED,
                                              MSGSTATUS_TAGGED, &old));
    EXPECT_EQ(0u, old);
    ASSERT_EQ(S_OK, letters->SetMessageStatus(size, as_entry(entry), MSGSTATUS_HIGHLIGHTED,
                                              MSGSTATUS_HIGHLIGHTED, &old));
    EXPECT_EQ(static_cast<ULONG>(MSGSTATUS_TAGGED), old);
    ULONG now = 0;
    ASSERT_EQ(S_OK, letters->GetMessageStatus(size, as_entry(entry), 0, &now));
    EXPECT_EQ(static_cast<ULONG>(MSGSTATUS_TAGGED | MSGSTATUS_HIGHLIGHTED), now);
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, letters->GetMessageStatus(size, as_entry(entry), 1, &now));
    EXPECT_EQ(MAPI_E_NOT_FOUND, top->GetMessageStatus(size, as_entry(entry), 0, &now));
    ASSERT_EQ(S_OK, copy_messages(letters.get(), {entry}, top.get(), 0));
    EXPECT_EQ(0, contents_of(top.get())[0].number(PR_MSG_STATUS));
}

TEST_F(Folders, AKeptSortOrderIsThatOfNewTablesAlsoBelow) {
    const auto inner = make_folder(letters.get(), REMAPI_W("Inner"));
    for (IMAPIFolder* one : {letters.get(), inner.get()}) {
        for (const WideChar* subject : {REMAPI_W("b"), REMAPI_W("c"), REMAPI_W("a")})
            make_message(one, subject);
    }
    struct {
        ULONG sorts, categories, expanded;
        SSortOrder order[1];
    } order = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_DESCEND}}};
    auto* set = reinterpret_cast<SSortOrderSet*>(&order);
    ASSERT_EQ(S_OK, letters->SaveContentsSort(set, RECURSIVE_SORT));
    for (IMAPIFolder* one : {letters.get(), inner.get()}) {
        const auto rows = contents_of(one);
        ASSERT_EQ(3u, rows.size());
        EXPECT_EQ(String(REMAPI_W("c")), String(rows[0].text(PR_SUBJECT_W)));
        EXPECT_EQ(String(REMAPI_W("a")), String(rows[2].text(PR_SUBJECT_W)));
    }
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, letters->SaveContentsSort(set, 0x40));
    order.categories = 5;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, letters->SaveContentsSort(set, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, letters->SaveContentsSort(nullptr, 0));
}

TEST_F(Folders, AFolderWithoutSearchCriteriaSaysSo) {
    SRestriction* restriction = nullptr;
    ENTRYLIST* containers = nullptr;
    ULONG state = 1;
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED,
              letters->GetSearchCriteria(MAPI_UNICODE, &restriction, &containers, &state));
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED, letters->GetSearchCriteria(0, nullptr, nullptr, nullptr));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, letters->GetSearchCriteria(1, nullptr, nullptr, nullptr));
}

TEST_F(Folders, CopiesToAnotherStoreAreTheHostsOrDeclined) {
    const TestStore other(folder.file(REMAPI_W("b.rms")));
    const auto target = other.folder(PR_IPM_SUBTREE_ENTRYID);
    const Bytes message = make_message(letters.get(), REMAPI_W("m"));
    // The host of this test copies nothing; its answer comes through.
    EXPECT_EQ(MAPI_E_NO_SUPPORT, copy_messages(letters.get(), {message}, target.get(), 0));
    EXPECT_EQ(MAPI_E_DECLINE_COPY,
              copy_messages(letters.get(), {message}, target.get(), MAPI_DECLINE_OK));
    EXPECT_EQ(MAPI_E_DECLINE_COPY,
              copy_folder(top.get(), entry_of(letters.get()), target.get(), MAPI_DECLINE_OK));
    EXPECT_EQ(MAPI_E_DECLINE_COPY,
              letters->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMAPIFolder, target.get(),
                              MAPI_DECLINE_OK, nullptr));
}

TEST_F(Folders, EntryIdsOfOtherKindsAreRefused) {
    const Bytes folder_entry = entry_of(letters.get());
    Bytes message = make_message(letters.get(), REMAPI_W("m"));
    EXPECT_EQ(MAPI_W_PARTIAL_COMPLETION, delete_messages(letters.get(), {folder_entry}));
    EXPECT_EQ(MAPI_E_INVALID_ENTRYID, delete_folder(letters.get(), message, 0));
    EXPECT_EQ(MAPI_E_UNKNOWN_ENTRYID, copy_folder(top.get(), Bytes(32, 7), top.get(), 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, letters->DeleteMessages(nullptr, 0, nullptr, 0));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, delete_messages(letters.get(), {message}, 0x4000));
}

}  // namespace
}  // namespace remapi::localstore
