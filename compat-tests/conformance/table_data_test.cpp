// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>

#include "compat-tests/conformance/table_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/createtable.md, mapi/itabledata-hrmodifyrow.md, mapi/itabledata-hrmodifyrows.md,
/// mapi/itabledata-hrinsertrow.md, mapi/itabledata-hrdeleterow.md,
/// mapi/itabledata-hrdeleterows.md, mapi/itabledata-hrqueryrow.md, mapi/itabledata-hrenumrow.md,
/// mapi/itabledata-hrgetview.md, mapi/callerrelease.md
class TableData : public TableFixture {
protected:
    /// The kId of row number `number`; -1 when there is none.
    LONG id_at(ULONG number) {
        SRow* row = nullptr;
        EXPECT_HR(S_OK, data->HrEnumRow(number, &row));
        if (!row) return -1;
        LONG id = -1;
        for (ULONG i = 0; i < row->cValues; ++i) {
            if (row->lpProps[i].ulPropTag == kId) id = row->lpProps[i].Value.l;
        }
        CountedMemory::free(row);
        return id;
    }
    HRESULT insert(ULONG number, std::vector<SPropValue> values) {
        SRow row = {0, static_cast<ULONG>(values.size()), values.data()};
        return data->HrInsertRow(number, &row);
    }
    Ids ids() {
        Ids result;
        for (ULONG i = 0; id_at(i) != -1; ++i) result.push_back(id_at(i));
        return result;
    }
    SCODE make_with(LPCIID iid, void* reserved, ULONG type, ULONG index, SPropTagArray* tags) {
        com::Ptr<ITableData> table;
        return create(iid, CountedMemory::allocate, CountedMemory::more, CountedMemory::free,
                      reserved, type, index, tags, table.put());
    }
};

TEST_F(TableData, ArgumentsThatAreNotAsDocumentedAreRefused) {
    SPropTagArray one = {1, {kId}};
    SPropTagArray none = {0, {0}};
    EXPECT_HR(S_OK, make_with(nullptr, nullptr, TBLTYPE_SNAPSHOT, kId, &one));
    EXPECT_HR(S_OK, make_with(&IID_IMAPITableData, nullptr, TBLTYPE_KEYSET, kId, &one));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              make_with(&IID_IMAPITable, nullptr, TBLTYPE_DYNAMIC, kId, &one));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, make_with(nullptr, &one, TBLTYPE_DYNAMIC, kId, &one));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, make_with(nullptr, nullptr, 3, kId, &one));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, make_with(nullptr, nullptr, 2, kId, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, make_with(nullptr, nullptr, 2, kId, &none));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              create(nullptr, CountedMemory::allocate, CountedMemory::more, CountedMemory::free,
                     nullptr, TBLTYPE_DYNAMIC, kId, &one, nullptr));
    com::Ptr<ITableData> table;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, create(nullptr, nullptr, nullptr, nullptr, nullptr,
                                               TBLTYPE_DYNAMIC, kId, &one, table.put()));
}

TEST_F(TableData, TheIndexColumnHasOneValueOfAKnownType) {
    SPropTagArray one = {1, {kId}};
    for (const ULONG index : {kWords, ULONG{0}, PROP_TAG(PT_ERROR, 0x6700), PR_ATTACH_DATA_OBJ,
                              PROP_TAG(PT_UNSPECIFIED, 0x6700), PROP_TAG(0x77, 0x6700)}) {
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, make_with(nullptr, nullptr, 2, index, &one)) << index;
    }
    for (const ULONG index : {PR_INSTANCE_KEY, PR_DISPLAY_NAME_A, kName, PR_CREATION_TIME}) {
        EXPECT_HR(S_OK, make_with(nullptr, nullptr, 2, index, &one)) << index;
    }
}

TEST_F(TableData, ItAnswersItsInterfacesAndNoOther) {
    com::Ptr<IUnknown> other;
    EXPECT_HR(S_OK,
              data->QueryInterface(IID_IMAPITableData, reinterpret_cast<void**>(other.put())));
    EXPECT_HR(S_OK, data->QueryInterface(IID_IUnknown, reinterpret_cast<void**>(other.put())));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              data->QueryInterface(IID_IMAPITable, reinterpret_cast<void**>(other.put())));
}

TEST_F(TableData, RowsAreAddedAtTheEndAndReplacedInPlace) {
    EXPECT_HR(S_OK, put(3, REMAPI_W("c")));
    EXPECT_HR(S_OK, put(1, REMAPI_W("a")));
    EXPECT_HR(S_OK, put(2, REMAPI_W("b")));
    EXPECT_HR(S_OK, put(3, REMAPI_W("other"), 7));
    EXPECT_EQ((Ids{3, 1, 2}), ids());
    EXPECT_EQ(-1, id_at(3));
    EXPECT_EQ(-1, id_at(0xFFFFFFFF));
}

TEST_F(TableData, ARowWithoutItsIndexIsRefused) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, put({text(kName, REMAPI_W("a"))}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              put({text(PROP_TAG(PT_UNICODE, PROP_ID(kId)), REMAPI_W("not a number"))}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, put(std::vector<SPropValue>()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrModifyRow(nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, insert(0, {text(kName, REMAPI_W("a"))}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, insert(0, {number(kId, 1), text(kName, nullptr)}));
    EXPECT_EQ(Ids{}, ids());
    EXPECT_HR(S_OK, put({number(kId, 5)}));
    EXPECT_EQ(Ids{5}, ids());
}

TEST_F(TableData, RowsAreInsertedBehindARowNumber) {
    EXPECT_HR(S_OK, insert(0, {number(kId, 1)}));
    EXPECT_HR(S_OK, insert(1, {number(kId, 4)}));
    EXPECT_HR(S_OK, insert(1, {number(kId, 3)}));
    EXPECT_HR(S_OK, insert(0, {number(kId, 9)}));
    EXPECT_EQ((Ids{9, 1, 3, 4}), ids());
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, insert(5, {number(kId, 7)}));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, insert(2, {number(kId, 3)})) << "there is one already";
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrInsertRow(0, nullptr));
    EXPECT_EQ((Ids{9, 1, 3, 4}), ids());
}

TEST_F(TableData, ManyRowsAreAllChangedOrNone) {
    SPropValue values[] = {number(kId, 1), number(kId, 2), number(kRank, 2)};
    SizedSRowSet(3, rows) = {};
    rows.cRows = 3;
    for (ULONG i = 0; i < 3; ++i) rows.aRow[i] = {0, 1, &values[i]};
    auto* const set = reinterpret_cast<LPSRowSet>(&rows);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrModifyRows(0, set));
    EXPECT_EQ(Ids{}, ids());
    rows.cRows = 2;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, data->HrModifyRows(1, set));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrModifyRows(0, nullptr));
    EXPECT_HR(S_OK, data->HrModifyRows(0, set));
    EXPECT_EQ((Ids{1, 2}), ids());
}

TEST_F(TableData, RowsAreDeletedByTheirIndex) {
    for (const LONG id : {1, 2, 3, 4}) put({number(kId, id)});
    EXPECT_HR(S_OK, remove(2));
    EXPECT_HR(MAPI_E_NOT_FOUND, remove(2));
    SPropValue other = number(kRank, 1);
    EXPECT_HR(MAPI_E_NOT_FOUND, data->HrDeleteRow(&other));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrDeleteRow(nullptr));
    EXPECT_EQ((Ids{1, 3, 4}), ids());

    SPropValue values[] = {number(kId, 4), number(kId, 99), number(kId, 1)};
    SizedSRowSet(3, rows) = {};
    rows.cRows = 3;
    for (ULONG i = 0; i < 3; ++i) rows.aRow[i] = {0, 1, &values[i]};
    ULONG deleted = 0;
    EXPECT_HR(S_OK, data->HrDeleteRows(0, reinterpret_cast<LPSRowSet>(&rows), &deleted));
    EXPECT_EQ(2u, deleted);
    EXPECT_EQ(Ids{3}, ids());
    rows.aRow[0] = {0, 0, nullptr};
    rows.aRow[1].lpProps = &other;
    EXPECT_HR(S_OK, data->HrDeleteRows(0, reinterpret_cast<LPSRowSet>(&rows), &deleted));
    EXPECT_EQ(0u, deleted) << "rows that cannot be found are no error";
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrDeleteRows(0, nullptr, &deleted));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, data->HrDeleteRows(2, nullptr, &deleted));
    EXPECT_HR(S_OK, data->HrDeleteRows(TAD_ALL_ROWS, nullptr, &deleted));
    EXPECT_EQ(1u, deleted);
    EXPECT_EQ(Ids{}, ids());
}

TEST_F(TableData, ARowIsFoundByItsIndexWithItsNumberAndAllItsValues) {
    const std::vector<BYTE> bytes = {1, 2, 3};
    put(7, REMAPI_W("seven"));
    put({number(kId, 8), binary(PR_ENTRYID, bytes), text(kName, REMAPI_W("eight"))});
    SPropValue index = number(kId, 8);
    SRow* row = nullptr;
    ULONG at = 99;
    ASSERT_HR(S_OK, data->HrQueryRow(&index, &row, &at));
    EXPECT_EQ(1u, at);
    ASSERT_EQ(3u, row->cValues);
    std::string found;
    for (ULONG i = 0; i < 3; ++i) {
        const SPropValue& value = row->lpProps[i];
        if (value.ulPropTag == kId) found += "i" + std::to_string(value.Value.l);
        if (value.ulPropTag == PR_ENTRYID) found += "b" + std::to_string(value.Value.bin.lpb[2]);
        if (value.ulPropTag == kName) found += value.Value.lpszW[4] == 't' ? "t" : "?";
    }
    EXPECT_EQ(7u, found.size() + 2) << found;
    CountedMemory::free(row);
    EXPECT_HR(S_OK, data->HrQueryRow(&index, &row, nullptr));
    CountedMemory::free(row);
    index = number(kId, 9);
    EXPECT_HR(MAPI_E_NOT_FOUND, data->HrQueryRow(&index, &row, &at));
    EXPECT_EQ(nullptr, row);
    index = number(kRank, 8);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrQueryRow(&index, &row, &at));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrQueryRow(nullptr, &row, &at));
}

TEST_F(TableData, TextAndBinaryIndexesAreCompared) {
    com::Ptr<ITableData> table;
    ASSERT_HR(S_OK, make(PR_INSTANCE_KEY, {PR_INSTANCE_KEY, kName}, table));
    const std::vector<BYTE> keys[] = {{1}, {1, 0}, {2}};
    for (const std::vector<BYTE>& key : keys) {
        SPropValue value = binary(PR_INSTANCE_KEY, key);
        SRow row = {0, 1, &value};
        EXPECT_HR(S_OK, table->HrModifyRow(&row));
        EXPECT_HR(S_OK, table->HrModifyRow(&row));
    }
    SPropValue wanted = binary(PR_INSTANCE_KEY, keys[1]);
    SRow* row = nullptr;
    ULONG at = 99;
    ASSERT_HR(S_OK, table->HrQueryRow(&wanted, &row, &at));
    EXPECT_EQ(1u, at);
    CountedMemory::free(row);
}

TEST_F(TableData, NewColumnsAreThereForNewViewsAndAvailableInOldOnes) {
    const auto old_view = view();
    put({number(kId, 1), number(PR_MESSAGE_SIZE, 10)});
    const auto new_view = view();
    const auto tags = [](IMAPITable* table, ULONG flags) {
        SPropTagArray* array = nullptr;
        EXPECT_HR(S_OK, table->QueryColumns(flags, &array));
        std::vector<ULONG> result(array->aulPropTag, array->aulPropTag + array->cValues);
        CountedMemory::free(array);
        return result;
    };
    const auto has_size = [](const std::vector<ULONG>& of) {
        return std::find(of.begin(), of.end(), PR_MESSAGE_SIZE) != of.end();
    };
    EXPECT_EQ((std::vector<ULONG>{kId, kName, kRank}), tags(old_view.get(), 0));
    EXPECT_TRUE(has_size(tags(old_view.get(), TBL_ALL_COLUMNS)));
    EXPECT_TRUE(has_size(tags(new_view.get(), 0)));
    remove(1);
    EXPECT_TRUE(has_size(tags(view().get(), 0))) << "a column stays when its last row goes";
}

struct Released {
    int count = 0;
    ITableData* data = nullptr;
    IMAPITable* view = nullptr;
};
void WINAPI on_release(ULONG_PTR context, ITableData* data, IMAPITable* view) {
    auto* const released = reinterpret_cast<Released*>(context);
    ++released->count;
    released->data = data;
    released->view = view;
    view->AddRef();
    view->Release();
    data->Release();
}

TEST_F(TableData, TheCallerHearsOfTheEndOfAView) {
    Released released;
    IMAPITable* table = nullptr;
    ITableData* const raw = data.get();
    ASSERT_HR(S_OK,
              data->HrGetView(nullptr, on_release, reinterpret_cast<ULONG_PTR>(&released), &table));
    put(1, REMAPI_W("a"));
    static_cast<void>(data.detach());  // as a provider that leaves it to the view
    table->AddRef();
    table->Release();
    EXPECT_EQ(0, released.count);
    EXPECT_EQ(1u, count(table));
    IMAPITable* const was = table;
    table->Release();
    EXPECT_EQ(1, released.count);
    EXPECT_EQ(raw, released.data);
    EXPECT_EQ(was, released.view);
}

TEST_F(TableData, AViewMayBeBornSorted) {
    for (const LONG id : {2, 3, 1}) put({number(kId, id)});
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{kId, TABLE_SORT_DESCEND}}};
    com::Ptr<IMAPITable> table;
    ASSERT_HR(S_OK,
              data->HrGetView(reinterpret_cast<LPSSortOrderSet>(&order), nullptr, 0, table.put()));
    EXPECT_EQ((Ids{3, 2, 1}), read(table.get(), 10));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, data->HrGetView(nullptr, nullptr, 0, nullptr));
}

TEST_F(TableData, AViewLivesOnWithoutTheCallersReferenceToTheData) {
    put(1, REMAPI_W("a"));
    const auto table = view();
    data.reset();
    EXPECT_EQ(Ids{1}, all(table.get()));
}

TEST_F(TableData, TheTypeIsWhatViewsSayTheyAre) {
    for (const ULONG type : {TBLTYPE_SNAPSHOT, TBLTYPE_KEYSET, TBLTYPE_DYNAMIC}) {
        com::Ptr<ITableData> table;
        ASSERT_HR(S_OK, make(kId, {kId}, table, type));
        com::Ptr<IMAPITable> its_view;
        ASSERT_HR(S_OK, table->HrGetView(nullptr, nullptr, 0, its_view.put()));
        ULONG status = 99, told = 99;
        EXPECT_HR(S_OK, its_view->GetStatus(&status, &told));
        EXPECT_EQ(type, told);
        EXPECT_EQ(TBLSTAT_COMPLETE, status);
    }
}

}  // namespace
}  // namespace remapi::test
