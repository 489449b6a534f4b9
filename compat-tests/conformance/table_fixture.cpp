// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/table_fixture.h"

#include <algorithm>
#include <cstring>
#include <ostream>

namespace remapi::test {
namespace {

void free_rows(SRowSet* rows) {
    if (!rows) return;
    for (ULONG i = 0; i < rows->cRows; ++i) CountedMemory::free(rows->aRow[i].lpProps);
    CountedMemory::free(rows);
}

const SPropValue* find(const SRow& row, ULONG tag) {
    for (ULONG i = 0; i < row.cValues; ++i) {
        if (row.lpProps[i].ulPropTag == tag) return &row.lpProps[i];
    }
    return nullptr;
}

LONG number_in(const SRow& row, ULONG tag) {
    const SPropValue* const value = find(row, tag);
    return value ? value->Value.l : -1;
}

std::string ascii(const WCHAR* text) {
    std::string result;
    for (; *text != 0; ++text) result.push_back(static_cast<char>(*text));
    return result;
}

std::string heading(const SRow& row) {
    const SPropValue* const name = find(row, kName);
    const bool expanded = number_in(row, PR_ROW_TYPE) == static_cast<LONG>(TBL_EXPANDED_CATEGORY);
    std::string result = std::to_string(number_in(row, PR_DEPTH)) + (expanded ? "-" : "+");
    if (name) result += ascii(name->Value.lpszW);
    if (find(row, kRank)) result += " " + std::to_string(number_in(row, kRank));
    return result + " (" + std::to_string(number_in(row, PR_CONTENT_COUNT)) + "/" +
           std::to_string(number_in(row, PR_CONTENT_UNREAD)) + ")";
}

}  // namespace

long CountedMemory::live = 0;

SCODE WINAPI CountedMemory::allocate(ULONG size, LPVOID* block) {
    ++live;
    return Subject::the().find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer")(size, block);
}
SCODE WINAPI CountedMemory::more(ULONG size, LPVOID root, LPVOID* block) {
    return Subject::the().find<MAPIALLOCATEMORE>("MAPIAllocateMore")(size, root, block);
}
ULONG WINAPI CountedMemory::free(LPVOID block) {
    if (block) --live;
    return Subject::the().find<MAPIFREEBUFFER>("MAPIFreeBuffer")(block);
}

SPropValue number(ULONG tag, LONG value) {
    SPropValue result = {};
    result.ulPropTag = tag;
    result.Value.l = value;
    return result;
}

SPropValue text(ULONG tag, const WCHAR* value) {
    SPropValue result = {};
    result.ulPropTag = tag;
    result.Value.lpszW = const_cast<WCHAR*>(value);
    return result;
}

SPropValue binary(ULONG tag, const std::vector<BYTE>& value) {
    SPropValue result = {};
    result.ulPropTag = tag;
    result.Value.bin = {static_cast<ULONG>(value.size()), const_cast<BYTE*>(value.data())};
    return result;
}

SPropValue words(std::vector<const WCHAR*>& values) {
    SPropValue result = {};
    result.ulPropTag = kWords;
    result.Value.MVszW = {static_cast<ULONG>(values.size()), const_cast<LPWSTR*>(values.data())};
    return result;
}

SRestriction where(ULONG relop, const SPropValue& value) {
    SRestriction result = {};
    result.rt = RES_PROPERTY;
    result.res.resProperty = {relop, value.ulPropTag, const_cast<SPropValue*>(&value)};
    return result;
}

SRestriction containing(ULONG fuzzy_level, const SPropValue& value) {
    SRestriction result = {};
    result.rt = RES_CONTENT;
    result.res.resContent = {fuzzy_level, value.ulPropTag, const_cast<SPropValue*>(&value)};
    return result;
}

std::ostream& operator<<(std::ostream& out, const Told& told) {
    return out << "{event " << told.event << ", index " << told.index << ", prior " << told.prior
               << ", " << told.values << " values}";
}

ULONG RecordingSink::OnNotify(ULONG count, LPNOTIFICATION events) noexcept {
    for (ULONG i = 0; i < count; ++i) {
        const TABLE_NOTIFICATION& table = events[i].info.tab;
        const auto id = [](const SPropValue& value) {
            return value.ulPropTag == kId ? value.Value.l : -1;
        };
        told.push_back(
            {table.ulTableEvent, id(table.propIndex), id(table.propPrior), table.row.cValues});
    }
    return S_OK;
}

void TableFixture::SetUp() {
    ASSERT_TRUE(create) << "export missing";
    CountedMemory::live = 0;
    ASSERT_HR(S_OK, make(kId, {kId, kName, kRank}, data));
    ASSERT_TRUE(data);
}

void TableFixture::TearDown() {
    data.reset();
    EXPECT_EQ(0, CountedMemory::live) << "blocks that nobody freed";
}

SCODE TableFixture::make(ULONG index_tag, std::initializer_list<ULONG> tags,
                         com::Ptr<ITableData>& out, ULONG type) {
    SizedSPropTagArray(16, array) = {};
    array.cValues = static_cast<ULONG>(tags.size());
    std::copy(tags.begin(), tags.end(), array.aulPropTag);
    return create(&IID_IMAPITableData, CountedMemory::allocate, CountedMemory::more,
                  CountedMemory::free, nullptr, type, index_tag,
                  reinterpret_cast<LPSPropTagArray>(&array), out.put());
}

HRESULT TableFixture::put(std::vector<SPropValue> values) {
    SRow row = {0, static_cast<ULONG>(values.size()), values.data()};
    return data->HrModifyRow(&row);
}

HRESULT TableFixture::remove(LONG id) {
    SPropValue index = number(kId, id);
    return data->HrDeleteRow(&index);
}

com::Ptr<IMAPITable> TableFixture::view() {
    com::Ptr<IMAPITable> table;
    EXPECT_HR(S_OK, data->HrGetView(nullptr, nullptr, 0, table.put()));
    return table;
}

HRESULT TableFixture::sort(IMAPITable* table, std::initializer_list<SSortOrder> sorts,
                           ULONG categories, ULONG expanded, ULONG flags) {
    SizedSSortOrderSet(8, order) = {};
    order.cSorts = static_cast<ULONG>(sorts.size());
    order.cCategories = categories;
    order.cExpanded = expanded;
    std::copy(sorts.begin(), sorts.end(), order.aSort);
    return table->SortTable(reinterpret_cast<LPSSortOrderSet>(&order), flags);
}

HRESULT TableFixture::columns(IMAPITable* table, std::initializer_list<ULONG> tags, ULONG flags) {
    SizedSPropTagArray(16, array) = {};
    array.cValues = static_cast<ULONG>(tags.size());
    std::copy(tags.begin(), tags.end(), array.aulPropTag);
    return table->SetColumns(reinterpret_cast<LPSPropTagArray>(&array), flags);
}

Ids TableFixture::read(IMAPITable* table, LONG wanted, ULONG flags) {
    SRowSet* rows = nullptr;
    EXPECT_HR(S_OK, table->QueryRows(wanted, flags, &rows));
    Ids ids;
    for (ULONG i = 0; rows && i < rows->cRows; ++i) ids.push_back(number_in(rows->aRow[i], kId));
    free_rows(rows);
    return ids;
}

Ids TableFixture::all(IMAPITable* table) {
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
    return read(table, 1000000);
}

std::string TableFixture::picture(IMAPITable* table) {
    EXPECT_HR(S_OK, columns(table, {kId, kName, kRank, PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT,
                                    PR_CONTENT_UNREAD, PR_INSTANCE_KEY}));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
    SRowSet* rows = nullptr;
    EXPECT_HR(S_OK, table->QueryRows(1000000, 0, &rows));
    std::string result;
    for (ULONG i = 0; rows && i < rows->cRows; ++i) {
        const SRow& row = rows->aRow[i];
        const bool is_leaf = number_in(row, PR_ROW_TYPE) == static_cast<LONG>(TBL_LEAF_ROW);
        if (i > 0) result += ", ";
        result += is_leaf ? std::to_string(number_in(row, kId)) : heading(row);
    }
    free_rows(rows);
    return result;
}

std::vector<BYTE> TableFixture::key_at(IMAPITable* table, ULONG at) {
    EXPECT_HR(S_OK, columns(table, {PR_INSTANCE_KEY, kId}));
    EXPECT_HR(S_OK, table->SeekRow(BOOKMARK_BEGINNING, static_cast<LONG>(at), nullptr));
    SRowSet* rows = nullptr;
    EXPECT_HR(S_OK, table->QueryRows(1, TBL_NOADVANCE, &rows));
    std::vector<BYTE> key;
    if (rows && rows->cRows == 1 && rows->aRow[0].lpProps[0].ulPropTag == PR_INSTANCE_KEY) {
        const SBinary& value = rows->aRow[0].lpProps[0].Value.bin;
        key.assign(value.lpb, value.lpb + value.cb);
    }
    free_rows(rows);
    return key;
}

ULONG TableFixture::position(IMAPITable* table) {
    ULONG row = 0, numerator = 0, denominator = 0;
    EXPECT_HR(S_OK, table->QueryPosition(&row, &numerator, &denominator));
    return row;
}

ULONG TableFixture::count(IMAPITable* table) {
    ULONG rows = 0;
    EXPECT_HR(S_OK, table->GetRowCount(0, &rows));
    return rows;
}

com::Ptr<RecordingSink> TableFixture::listen(IMAPITable* table) {
    auto sink = com::make<RecordingSink>();
    ULONG_PTR connection = 0;
    EXPECT_HR(S_OK, table->Advise(fnevTableModified, sink.get(), &connection));
    EXPECT_NE(0u, connection);
    return sink;
}

}  // namespace remapi::test
