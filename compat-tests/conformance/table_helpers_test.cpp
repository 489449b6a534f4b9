// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <cstring>

#include "com/object.h"
#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

std::vector<ULONG> as_vector(const SPropTagArray* tags) {
    return std::vector<ULONG>(tags->aulPropTag, tags->aulPropTag + tags->cValues);
}

/// A table of the test's own with numbered rows. It hands out at most `batch` rows a time.
class Table final : public com::Object<Table, IMAPITable> {
public:
    using Interfaces = com::Answers<IMAPITable>;

    STDMETHODIMP GetLastError(HRESULT, ULONG, MAPIERROR**) noexcept override { return none(); }
    STDMETHODIMP Advise(ULONG, IMAPIAdviseSink*, ULONG_PTR*) noexcept override { return none(); }
    STDMETHODIMP Unadvise(ULONG_PTR) noexcept override { return none(); }
    STDMETHODIMP GetStatus(ULONG*, ULONG*) noexcept override { return none(); }
    STDMETHODIMP SetColumns(SPropTagArray* tags, ULONG) noexcept override {
        calls += "columns ";
        if (FAILED(answer)) return answer;
        columns = as_vector(tags);
        return S_OK;
    }
    STDMETHODIMP QueryColumns(ULONG, SPropTagArray** tags) noexcept override {
        void* block = nullptr;
        allocate(static_cast<ULONG>(CbNewSPropTagArray(columns.size())), &block);
        *tags = static_cast<SPropTagArray*>(block);
        (*tags)->cValues = static_cast<ULONG>(columns.size());
        std::memcpy((*tags)->aulPropTag, columns.data(), columns.size() * sizeof(ULONG));
        queried = *tags;
        return S_OK;
    }
    STDMETHODIMP GetRowCount(ULONG, ULONG*) noexcept override { return none(); }
    STDMETHODIMP SeekRow(BOOKMARK, LONG, LONG*) noexcept override {
        position = 0;
        return S_OK;
    }
    STDMETHODIMP SeekRowApprox(ULONG, ULONG) noexcept override {
        position = 0;
        return S_OK;
    }
    STDMETHODIMP QueryPosition(ULONG*, ULONG*, ULONG*) noexcept override { return none(); }
    STDMETHODIMP FindRow(SRestriction*, BOOKMARK, ULONG) noexcept override { return none(); }
    STDMETHODIMP Restrict(SRestriction* restriction, ULONG) noexcept override {
        calls += "restrict ";
        restricted = restriction;
        return answer;
    }
    STDMETHODIMP CreateBookmark(BOOKMARK*) noexcept override { return none(); }
    STDMETHODIMP FreeBookmark(BOOKMARK) noexcept override { return none(); }
    STDMETHODIMP SortTable(SSortOrderSet* order, ULONG) noexcept override {
        calls += "sort ";
        sorted = order;
        return answer;
    }
    STDMETHODIMP QuerySortOrder(SSortOrderSet**) noexcept override { return none(); }
    STDMETHODIMP QueryRows(LONG wanted, ULONG, SRowSet** rows) noexcept override {
        if (FAILED(answer)) return answer;
        ULONG number = std::min(batch, size - position);
        if (wanted > 0) number = std::min(number, static_cast<ULONG>(wanted));
        void* block = nullptr;
        allocate(static_cast<ULONG>(CbNewSRowSet(number)), &block);
        *rows = static_cast<SRowSet*>(block);
        (*rows)->cRows = number;
        for (ULONG i = 0; i < number; ++i) {
            allocate(sizeof(SPropValue), &block);
            auto* const value = static_cast<SPropValue*>(block);
            *value = long_value(row_tag, static_cast<LONG>(position++));
            (*rows)->aRow[i] = {0, 1, value};
        }
        return S_OK;
    }
    STDMETHODIMP Abort() noexcept override { return none(); }
    STDMETHODIMP ExpandRow(ULONG, LPBYTE, ULONG, ULONG, SRowSet**, ULONG*) noexcept override {
        return none();
    }
    STDMETHODIMP CollapseRow(ULONG, LPBYTE, ULONG, ULONG*) noexcept override { return none(); }
    STDMETHODIMP WaitForCompletion(ULONG, ULONG, ULONG*) noexcept override { return none(); }
    STDMETHODIMP GetCollapseState(ULONG, ULONG, LPBYTE, ULONG*, LPBYTE*) noexcept override {
        return none();
    }
    STDMETHODIMP SetCollapseState(ULONG, ULONG, LPBYTE, BOOKMARK*) noexcept override {
        return none();
    }

    ULONG size = 0;
    ULONG batch = 1000;
    ULONG position = 0;
    HRESULT answer = S_OK;
    ULONG row_tag = PR_ROWID;
    std::string calls;
    std::vector<ULONG> columns;
    SRestriction* restricted = nullptr;
    SSortOrderSet* sorted = nullptr;
    SPropTagArray* queried = nullptr;
    MAPIALLOCATEBUFFER* allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");

private:
    friend class com::Object<Table, IMAPITable>;
    ~Table() = default;

    static HRESULT none() noexcept { return MAPI_E_NO_SUPPORT; }
};

/// Pages: mapi/hrqueryallrows.md, mapi/freeprows.md
class WholeTable : public testing::Test {
protected:
    com::Ptr<Table> table = com::make<Table>();
    SRowSet* rows = nullptr;
    decltype(HrQueryAllRows)* query = required<decltype(HrQueryAllRows)>("HrQueryAllRows");
    decltype(FreeProws)* free_rows = required<decltype(FreeProws)>("FreeProws");
};

TEST_F(WholeTable, HasEveryRowInOrderHoweverManyComeAtOnce) {
    for (const ULONG batch : {1u, 3u, 1000u}) {
        table->size = 10;
        table->batch = batch;
        table->position = 7;
        ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0, &rows)) << batch;
        ASSERT_EQ(10u, rows->cRows);
        for (ULONG i = 0; i < 10; ++i)
            EXPECT_EQ(static_cast<LONG>(i), rows->aRow[i].lpProps[0].Value.l);
        free_rows(rows);
    }
}

TEST_F(WholeTable, HandsOutTheRowsAsTheTableAnswersThem) {
    table->size = 1;
    table->row_tag = CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_ERROR);
    ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0, &rows));
    ASSERT_EQ(1u, rows->cRows);
    EXPECT_EQ(table->row_tag, rows->aRow[0].lpProps[0].ulPropTag);
    free_rows(rows);
}

TEST_F(WholeTable, OfMoreRowsThanOneRequestHasThemAll) {
    table->size = 20000;
    table->batch = 20000;
    ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0, &rows));
    ASSERT_EQ(20000u, rows->cRows);
    EXPECT_EQ(19999, rows->aRow[19999].lpProps[0].Value.l);
    free_rows(rows);
}

TEST_F(WholeTable, MayBeEmpty) {
    ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0, &rows));
    ASSERT_NE(nullptr, rows);
    EXPECT_EQ(0u, rows->cRows);
    free_rows(rows);
}

TEST_F(WholeTable, IsTooBigOnlyAboveTheLimit) {
    table->size = 10;
    for (const ULONG batch : {3u, 1000u}) {
        table->batch = batch;
        ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 10, &rows));
        EXPECT_EQ(10u, rows->cRows);
        free_rows(rows);
        rows = nullptr;
        EXPECT_HR(MAPI_E_TABLE_TOO_BIG, query(table.get(), nullptr, nullptr, nullptr, 9, &rows));
        EXPECT_EQ(nullptr, rows);
    }
    ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0x7FFFFFFF, &rows));
    free_rows(rows);
}

TEST_F(WholeTable, IsSetUpOnlyAsFarAsAsked) {
    ASSERT_HR(S_OK, query(table.get(), nullptr, nullptr, nullptr, 0, &rows));
    EXPECT_EQ("", table->calls);
    free_rows(rows);
    auto levels = nested_restrictions(1);
    SPropTagArray tags = {1, {PR_SUBJECT_W}};
    SSortOrderSet order = {0, 0, 0, {}};
    ASSERT_HR(S_OK, query(table.get(), &tags, levels.data(), &order, 0, &rows));
    EXPECT_EQ("columns restrict sort ", table->calls);
    EXPECT_EQ(levels.data(), table->restricted);
    EXPECT_EQ(&order, table->sorted);
    EXPECT_EQ(std::vector<ULONG>{PR_SUBJECT_W}, table->columns);
    free_rows(rows);
}

TEST_F(WholeTable, OfAFailingTableAnswersItsError) {
    table->answer = MAPI_E_TOO_COMPLEX;
    auto levels = nested_restrictions(1);
    EXPECT_HR(MAPI_E_TOO_COMPLEX, query(table.get(), nullptr, levels.data(), nullptr, 0, &rows));
    EXPECT_HR(MAPI_E_TOO_COMPLEX, query(table.get(), nullptr, nullptr, nullptr, 0, &rows));
    EXPECT_EQ(nullptr, rows);
}

TEST_F(WholeTable, NeedsATableAndAPlaceForTheRows) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, query(nullptr, nullptr, nullptr, nullptr, 0, &rows));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, query(table.get(), nullptr, nullptr, nullptr, 0, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, query(table.get(), nullptr, nullptr, nullptr, -1, &rows));
}

/// Pages: mapi/hraddcolumns.md, mapi/hraddcolumnsex.md
class AddedColumns : public testing::Test {
protected:
    void SetUp() override { table->columns = {PR_ENTRYID, PR_SUBJECT_W, PR_ROWID}; }
    HRESULT add(std::vector<ULONG> tags) {
        tags.insert(tags.begin(), static_cast<ULONG>(tags.size()));
        return add_columns(table.get(), reinterpret_cast<SPropTagArray*>(tags.data()), allocate,
                           counted_free);
    }
    HRESULT add_filtered(std::vector<ULONG> tags, void (*filter)(SPropTagArray*)) {
        tags.insert(tags.begin(), static_cast<ULONG>(tags.size()));
        return add_columns_ex(table.get(), reinterpret_cast<SPropTagArray*>(tags.data()), allocate,
                              counted_free, filter);
    }
    static ULONG STDMETHODCALLTYPE counted_free(void* block) {
        s_freed.push_back(block);
        return Subject::the().find<MAPIFREEBUFFER>("MAPIFreeBuffer")(block);
    }

    static inline std::vector<void*> s_freed;
    com::Ptr<Table> table = com::make<Table>();
    MAPIALLOCATEBUFFER* allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    decltype(HrAddColumns)* add_columns = required<decltype(HrAddColumns)>("HrAddColumns");
    decltype(HrAddColumnsEx)* add_columns_ex = required<decltype(HrAddColumnsEx)>("HrAddColumnsEx");
};

TEST_F(AddedColumns, StandBeforeTheOthers) {
    ASSERT_HR(S_OK, add({PR_PRIORITY, PR_IMPORTANCE}));
    EXPECT_EQ((std::vector<ULONG>{PR_PRIORITY, PR_IMPORTANCE, PR_ENTRYID, PR_SUBJECT_W, PR_ROWID}),
              table->columns);
}

TEST_F(AddedColumns, ThatAreThereAlreadyMove) {
    ASSERT_HR(S_OK, add({PR_ROWID, PR_SUBJECT_A}));
    EXPECT_EQ((std::vector<ULONG>{PR_ROWID, PR_SUBJECT_A, PR_ENTRYID}), table->columns);
    ASSERT_HR(S_OK, add_filtered({PR_ENTRYID}, nullptr));
    EXPECT_EQ((std::vector<ULONG>{PR_ENTRYID, PR_ROWID, PR_SUBJECT_A}), table->columns);
}

TEST_F(AddedColumns, FollowAFilterOfTheOldOnes) {
    const auto narrow = [](SPropTagArray* old) {
        EXPECT_EQ((std::vector<ULONG>{PR_ENTRYID, PR_SUBJECT_W, PR_ROWID}), as_vector(old));
        old->aulPropTag[1] = PR_SUBJECT_A;
    };
    ASSERT_HR(S_OK, add_filtered({PR_PRIORITY}, narrow));
    EXPECT_EQ((std::vector<ULONG>{PR_PRIORITY, PR_ENTRYID, PR_SUBJECT_A, PR_ROWID}),
              table->columns);
}

TEST_F(AddedColumns, AreNotMoreThanTheFilterWasGiven) {
    ASSERT_HR(S_OK, add_filtered({PR_PRIORITY}, [](SPropTagArray* old) { old->cValues = 1000; }));
    EXPECT_EQ((std::vector<ULONG>{PR_PRIORITY, PR_ENTRYID, PR_SUBJECT_W, PR_ROWID}),
              table->columns);
}

TEST_F(AddedColumns, LeaveNoArrayBehind) {
    ASSERT_HR(S_OK, add({PR_PRIORITY}));
    ASSERT_EQ(2u, s_freed.size());
    EXPECT_TRUE(s_freed[0] == table->queried || s_freed[1] == table->queried);
    s_freed.clear();
    table->answer = MAPI_E_BUSY;
    EXPECT_HR(MAPI_E_BUSY, add_filtered({PR_PRIORITY}, nullptr));
    EXPECT_EQ(2u, s_freed.size());
}

TEST_F(AddedColumns, NeedATableColumnsAndMemory) {
    SPropTagArray tags = {1, {PR_PRIORITY}};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, add_columns(nullptr, &tags, allocate, counted_free));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, add_columns(table.get(), nullptr, allocate, counted_free));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, add_columns(table.get(), &tags, nullptr, counted_free));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              add_columns_ex(table.get(), &tags, allocate, nullptr, nullptr));
}

/// Pages: mapi/freeprows.md, mapi/freepadrlist.md,
/// mapi/managing-memory-for-adrlist-and-srowset-structures.md
class FreedRows : public testing::Test {
protected:
    /// A block to which others can be linked, as long as it is live.
    void* block(ULONG size) {
        void* result = nullptr;
        EXPECT_HR(S_OK, allocate(size, &result));
        return result;
    }
    bool is_live(void* one) {
        void* linked = nullptr;
        return allocate_more(8, one, &linked) == S_OK;
    }

    MAPIALLOCATEBUFFER* allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    MAPIALLOCATEMORE* allocate_more = required<MAPIALLOCATEMORE>("MAPIAllocateMore");
    decltype(FreeProws)* free_rows = required<decltype(FreeProws)>("FreeProws");
    decltype(FreePadrlist)* free_list = required<decltype(FreePadrlist)>("FreePadrlist");
};

TEST_F(FreedRows, GoWithTheirValues) {
    UNDECIDED_DIFFERENCE(Wine, "whether one of its blocks is live cannot be asked");
    auto* const rows = static_cast<SRowSet*>(block(CbNewSRowSet(2)));
    void* const first = block(64);
    void* const second = block(64);
    rows->cRows = 2;
    rows->aRow[0] = {0, 1, static_cast<SPropValue*>(first)};
    rows->aRow[1] = {0, 1, static_cast<SPropValue*>(second)};
    EXPECT_TRUE(is_live(rows) && is_live(first) && is_live(second));
    free_rows(rows);
    EXPECT_FALSE(is_live(rows) || is_live(first) || is_live(second));
}

TEST_F(FreedRows, OfAnAddressListGoWithTheirValues) {
    UNDECIDED_DIFFERENCE(Wine, "whether one of its blocks is live cannot be asked");
    auto* const list = static_cast<ADRLIST*>(block(CbNewADRLIST(2)));
    void* const first = block(64);
    list->cEntries = 2;
    list->aEntries[0] = {0, 1, static_cast<SPropValue*>(first)};
    list->aEntries[1] = {0, 0, nullptr};
    EXPECT_TRUE(is_live(list) && is_live(first));
    free_list(list);
    EXPECT_FALSE(is_live(list) || is_live(first));
}

TEST_F(FreedRows, MayBeNone) {
    UNDECIDED_DIFFERENCE(Wine, "whether one of its blocks is live cannot be asked");
    free_rows(nullptr);
    free_list(nullptr);
    auto* const rows = static_cast<SRowSet*>(block(CbNewSRowSet(0)));
    rows->cRows = 0;
    free_rows(rows);
    EXPECT_FALSE(is_live(rows));
    auto* const list = static_cast<ADRLIST*>(block(CbNewADRLIST(0)));
    list->cEntries = 0;
    free_list(list);
    EXPECT_FALSE(is_live(list));
}

/// Page: mapi/mapstoragescode.md
class StorageCodes : public testing::Test {
protected:
    static constexpr SCODE code(ULONG number) { return static_cast<SCODE>(number); }
    decltype(MapStorageSCode)* map = required<decltype(MapStorageSCode)>("MapStorageSCode");
};

TEST_F(StorageCodes, HaveTheirMapiCodes) {
    EXPECT_HR(S_OK, map(S_OK));
    EXPECT_HR(MAPI_E_NOT_FOUND, map(code(0x80030002)));          // STG_E_FILENOTFOUND
    EXPECT_HR(MAPI_E_NO_ACCESS, map(code(0x80030005)));          // STG_E_ACCESSDENIED
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, map(code(0x80030008)));  // STG_E_INSUFFICIENTMEMORY
    EXPECT_HR(MAPI_E_NOT_ENOUGH_DISK, map(code(0x80030070)));    // STG_E_MEDIUMFULL
    EXPECT_HR(MAPI_E_COLLISION, map(code(0x80030050)));          // STG_E_FILEALREADYEXISTS
    EXPECT_HR(MAPI_E_DISK_ERROR, map(code(0x8003001D)));         // STG_E_WRITEFAULT
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, map(code(0x8007000E)));  // E_OUTOFMEMORY
}

TEST_F(StorageCodes, WithoutOneAreACallThatFailed) {
    EXPECT_HR(MAPI_E_CALL_FAILED, map(code(0x8003FFFF)));
    EXPECT_HR(MAPI_E_CALL_FAILED, map(code(0x80001234)));
}

}  // namespace
}  // namespace remapi::test
