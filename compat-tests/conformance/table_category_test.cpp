// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

constexpr SSortOrder kByName = {kName, TABLE_SORT_ASCEND};
constexpr SSortOrder kByRank = {kRank, TABLE_SORT_ASCEND};
constexpr SSortOrder kById = {kId, TABLE_SORT_ASCEND};

/// Pages: mapi/sorting-and-categorization.md, mapi/ssortorderset.md, mapi/imapitable-expandrow.md,
/// mapi/imapitable-collapserow.md, mapi/imapitable-getcollapsestate.md,
/// mapi/imapitable-setcollapsestate.md, mapi/pidtagrowtype-canonical-property.md
class TableCategory : public TableFixture {
protected:
    void SetUp() override {
        TableFixture::SetUp();
        if (!data) return;
        add(1, REMAPI_W("red"), 1, true);
        add(2, REMAPI_W("blue"), 1, false);
        add(3, REMAPI_W("Red"), 2, false);
        add(4, REMAPI_W("blue"), 2, true);
        add(5, REMAPI_W("red"), 1, false);
        table = view();
    }
    void TearDown() override {
        table.reset();
        TableFixture::TearDown();
    }
    void add(LONG id, const WCHAR* name, LONG rank, bool is_read) {
        EXPECT_HR(S_OK, put({number(kId, id), text(kName, name), number(kRank, rank),
                             number(kFlags, is_read ? MSGFLAG_READ : 0)}));
    }
    Ids expand(ULONG at, ULONG rows, ULONG expected_more) {
        std::vector<BYTE> key = key_at(table.get(), at);
        EXPECT_HR(S_OK, columns(table.get(), {kId}));
        SRowSet* set = nullptr;
        ULONG more = 99;
        EXPECT_HR(S_OK, table->ExpandRow(static_cast<ULONG>(key.size()), key.data(), rows, 0, &set,
                                         &more));
        EXPECT_EQ(expected_more, more);
        Ids ids;
        for (ULONG i = 0; set && i < set->cRows; ++i) {
            const SPropValue& value = set->aRow[i].lpProps[0];
            ids.push_back(value.ulPropTag == kId ? value.Value.l : -1);
            CountedMemory::free(set->aRow[i].lpProps);
        }
        if (set) CountedMemory::free(set);
        return ids;
    }
    ULONG collapse(ULONG at) {
        std::vector<BYTE> key = key_at(table.get(), at);
        ULONG rows = 99;
        EXPECT_HR(S_OK, table->CollapseRow(static_cast<ULONG>(key.size()), key.data(), 0, &rows));
        return rows;
    }
    com::Ptr<IMAPITable> table;
};

TEST_F(TableCategory, OneHeadingForEachValueWithItsCounts) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 1));
    EXPECT_EQ("0-blue (2/1), 2, 4, 0-red (3/2), 1, 3, 5", picture(table.get()));
    EXPECT_EQ(7u, count(table.get()));
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 0));
    EXPECT_EQ("0+blue (2/1), 0+red (3/2)", picture(table.get()));
    EXPECT_EQ(2u, count(table.get()));
}

TEST_F(TableCategory, LevelsAreExpandedFromTheOutermostIn) {
    IMAPITable* const t = table.get();
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 0));
    EXPECT_EQ("0+blue (2/1), 0+red (3/2)", picture(t));
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 1));
    EXPECT_EQ(
        "0-blue (2/1), 1+blue 1 (1/1), 1+blue 2 (1/0), 0-red (3/2), 1+red 1 (2/1), "
        "1+Red 2 (1/1)",
        picture(t));
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 2));
    EXPECT_EQ(11u, count(t));
}

TEST_F(TableCategory, CombinedColumnsMakeOneCategory) {
    constexpr SSortOrder kCombined = {kRank, TABLE_SORT_COMBINE};
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kCombined, kById}, 2, 2));
    EXPECT_EQ("0-blue 1 (1/1), 2, 0-blue 2 (1/0), 4, 0-red 1 (2/1), 1, 5, 0-Red 2 (1/1), 3",
              picture(table.get()));
}

TEST_F(TableCategory, CategoriesAreSortedByAnExtremeOfWhatIsInThem) {
    IMAPITable* const t = table.get();
    ASSERT_HR(S_OK, sort(t, {kByName, {kId, kGreatest}, kById}, 1, 0));
    EXPECT_EQ("0+blue (2/1), 0+red (3/2)", picture(t));
    ASSERT_HR(S_OK, sort(t, {kByName, {kId, kLeast}, kById}, 1, 0));
    EXPECT_EQ("0+red (3/2), 0+blue (2/1)", picture(t));
    add(0, REMAPI_W("blue"), 1, true);
    EXPECT_EQ("0+blue (3/1), 0+red (3/2)", picture(t));
    ASSERT_HR(S_OK, sort(t, {{kName, TABLE_SORT_DESCEND}, {kId, kGreatest}, kById}, 1, 1));
    EXPECT_EQ("0-red (3/2), 1, 3, 5, 0-blue (3/1), 0, 2, 4", picture(t));
    add(9, REMAPI_W("blue"), 1, true);
    EXPECT_EQ("0-blue (4/1), 0, 2, 4, 9, 0-red (3/2), 1, 3, 5", picture(t));
}

TEST_F(TableCategory, ExpandingAnswersTheRowsThatCame) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 0));
    EXPECT_EQ((Ids{1, 3}), expand(1, 2, 3));
    EXPECT_EQ(4u, position(table.get())) << "behind the last row answered";
    EXPECT_EQ(Ids{5}, read(table.get(), 9));
    EXPECT_EQ(Ids{}, expand(1, 5, 0)) << "it is expanded already";
    EXPECT_EQ(Ids{}, expand(0, 0, 2));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_EQ("0-blue (2/1), 2, 4, 0-red (3/2), 1, 3, 5", picture(table.get()));
}

TEST_F(TableCategory, CollapsingHidesEverythingInside) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kByRank, kById}, 2, 2));
    EXPECT_EQ(4u, collapse(0));
    EXPECT_EQ(0u, collapse(0)) << "it is collapsed already";
    EXPECT_EQ(7u, count(table.get()));
    EXPECT_EQ((Ids{-1}), expand(0, 1, 4));
    EXPECT_EQ(11u, count(table.get())) << "what was expanded inside still is";
}

TEST_F(TableCategory, OnlyHeadingsAreExpandedAndCollapsed) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 1));
    IMAPITable* const t = table.get();
    std::vector<BYTE> leaf = key_at(t, 1);
    BYTE unknown[16] = {9};
    ULONG rows = 0;
    EXPECT_HR(MAPI_E_NOT_FOUND,
              t->CollapseRow(static_cast<ULONG>(leaf.size()), leaf.data(), 0, &rows));
    EXPECT_HR(MAPI_E_NOT_FOUND, t->CollapseRow(16, unknown, 0, &rows));
    EXPECT_HR(MAPI_E_NOT_FOUND, t->ExpandRow(16, unknown, 0, 0, nullptr, &rows));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, t->ExpandRow(16, unknown, 1, 0, nullptr, &rows));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, t->ExpandRow(0, nullptr, 0, 0, nullptr, &rows));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, t->CollapseRow(16, unknown, 1, &rows));
    EXPECT_EQ(7u, count(t));
}

TEST_F(TableCategory, ABookmarkThatIsCollapsedMovesToTheNextVisibleRow) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 1));
    BOOKMARK inside = 0, behind = 0;
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 2, nullptr));
    EXPECT_HR(S_OK, table->CreateBookmark(&inside));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 4, nullptr));
    EXPECT_HR(S_OK, table->CreateBookmark(&behind));
    EXPECT_EQ(2u, collapse(0));
    EXPECT_HR(MAPI_W_POSITION_CHANGED, table->SeekRow(inside, 0, nullptr));
    EXPECT_EQ(1u, position(table.get()));
    EXPECT_HR(S_OK, table->SeekRow(behind, 0, nullptr));
    EXPECT_EQ(2u, position(table.get()));
}

TEST_F(TableCategory, CategoriesComeAndGoWithTheirRows) {
    IMAPITable* const t = table.get();
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 2));
    add(6, REMAPI_W("green"), 1, false);
    EXPECT_EQ(
        "0-blue (2/1), 1-blue 1 (1/1), 2, 1-blue 2 (1/0), 4, 0-green (1/1), "
        "1-green 1 (1/1), 6, 0-red (3/2), 1-red 1 (2/1), 1, 5, 1-Red 2 (1/1), 3",
        picture(t));
    remove(2);
    remove(6);
    add(3, REMAPI_W("red"), 1, true);
    EXPECT_EQ("0-blue (1/0), 1-blue 2 (1/0), 4, 0-red (3/1), 1-red 1 (3/1), 1, 3, 5", picture(t));
    for (const LONG id : {1, 3, 4, 5}) remove(id);
    EXPECT_EQ("", picture(t));
}

TEST_F(TableCategory, ARowThatComesIntoACollapsedCategoryIsOnlyCounted) {
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 0));
    const auto sink = listen(table.get());
    add(6, REMAPI_W("blue"), 1, false);
    EXPECT_EQ("0+blue (3/2), 0+red (3/2)", picture(table.get()));
    ASSERT_EQ(1u, sink->told.size());
    EXPECT_EQ(TABLE_ROW_MODIFIED, sink->told[0].event);
    add(7, REMAPI_W("violet"), 1, false);
    ASSERT_EQ(2u, sink->told.size());
    EXPECT_EQ(TABLE_ROW_ADDED, sink->told[1].event);
    EXPECT_EQ((Ids{7}), expand(2, 9, 1));
    EXPECT_EQ(2u, sink->told.size()) << "expanding is not told";
}

TEST_F(TableCategory, TheCollapseStateIsRestoredWithItsRow) {
    IMAPITable* const t = table.get();
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 2));
    collapse(0);
    const std::string before = picture(t);
    std::vector<BYTE> key = key_at(t, 4);
    ULONG size = 0;
    BYTE* state = nullptr;
    ASSERT_HR(S_OK,
              t->GetCollapseState(0, static_cast<ULONG>(key.size()), key.data(), &size, &state));
    expand(0, 0, 4);
    collapse(5);
    EXPECT_NE(before, picture(t));
    BOOKMARK bookmark = 0;
    EXPECT_HR(S_OK, t->SetCollapseState(0, size, state, &bookmark));
    EXPECT_EQ(before, picture(t));
    EXPECT_HR(S_OK, t->SeekRow(bookmark, 0, nullptr));
    EXPECT_EQ(4u, position(t));
    // A view of the same order takes it, too; one of another order does not.
    const auto other = view();
    EXPECT_HR(MAPI_E_UNABLE_TO_COMPLETE, other->SetCollapseState(0, size, state, &bookmark));
    ASSERT_HR(S_OK, sort(other.get(), {kByName, kByRank, kById}, 2, 2));
    EXPECT_HR(S_OK, other->SetCollapseState(0, size, state, &bookmark));
    EXPECT_EQ(before, picture(other.get()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, t->SetCollapseState(0, 0, nullptr, &bookmark));
    CountedMemory::free(state);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, t->GetCollapseState(0, 0, nullptr, &size, &state));
    BYTE unknown[16] = {1};
    EXPECT_HR(MAPI_E_NOT_FOUND, t->GetCollapseState(0, 16, unknown, &size, &state));
}

// "Check that the saved data is still valid before proceeding": mapi/imapitable-setcollapsestate.md
TEST_F(TableCategory, ACollapseStateCutShortIsRefusedAndChangesNothing) {
    IMAPITable* const t = table.get();
    ASSERT_HR(S_OK, sort(t, {kByName, kByRank, kById}, 2, 2));
    collapse(0);
    std::vector<BYTE> key = key_at(t, 4);
    ULONG size = 0;
    BYTE* state = nullptr;
    ASSERT_HR(S_OK,
              t->GetCollapseState(0, static_cast<ULONG>(key.size()), key.data(), &size, &state));
    expand(0, 0, 4);
    collapse(5);
    const std::string before = picture(t);
    BOOKMARK bookmark = 0;
    for (ULONG cut = 1; cut < size; ++cut) {
        ASSERT_HR(MAPI_E_INVALID_PARAMETER, t->SetCollapseState(0, cut, state, &bookmark)) << cut;
        ASSERT_EQ(before, picture(t)) << cut;
    }
    EXPECT_HR(S_OK, t->SetCollapseState(0, size, state, &bookmark));
    EXPECT_NE(before, picture(t));
    CountedMemory::free(state);
}

TEST_F(TableCategory, ARestrictionAppliesToWhatIsCounted) {
    SPropValue unread = number(kFlags, 0);
    SRestriction restriction = where(RELOP_EQ, unread);
    ASSERT_HR(S_OK, sort(table.get(), {kByName, kById}, 1, 1));
    ASSERT_HR(S_OK, table->Restrict(&restriction, 0));
    EXPECT_EQ("0-blue (1/1), 2, 0-Red (2/2), 3, 5", picture(table.get()));
}

}  // namespace
}  // namespace remapi::test
