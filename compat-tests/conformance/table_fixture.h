// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Tables made by CreateTable, filled and read as a program does.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "abi/iids.h"
#include "com/object.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {

constexpr ULONG kId = PR_ROWID;
constexpr ULONG kName = PR_DISPLAY_NAME_W;
constexpr ULONG kRank = PR_IMPORTANCE;
constexpr ULONG kFlags = PR_MESSAGE_FLAGS;
constexpr ULONG kWords = PROP_TAG(PT_MV_UNICODE, 0x6801);  // a property with many values
constexpr ULONG kGreatest = 0x00000004;                    // TABLE_SORT_CATEG_MAX
constexpr ULONG kLeast = 0x00000008;                       // TABLE_SORT_CATEG_MIN

// Values for rows and restrictions. What they point to must live as long.
SPropValue number(ULONG tag, LONG value);
SPropValue text(ULONG tag, const WCHAR* value);
SPropValue binary(ULONG tag, const std::vector<BYTE>& value);
SPropValue words(std::vector<const WCHAR*>& values);

/// A restriction on one property.
SRestriction where(ULONG relop, const SPropValue& value);
SRestriction containing(ULONG fuzzy_level, const SPropValue& value);

/// Blocks allocated through CountedMemory and not freed.
struct CountedMemory {
    static long live;
    static SCODE WINAPI allocate(ULONG size, LPVOID* block);
    static SCODE WINAPI more(ULONG size, LPVOID root, LPVOID* block);
    static ULONG WINAPI free(LPVOID block);
};

/// One table event as it is told.
struct Told {
    ULONG event;
    LONG index;  ///< of the row named, where it is named by kId; else -1
    LONG prior;
    ULONG values;
    friend bool operator==(const Told&, const Told&) = default;
};
std::ostream& operator<<(std::ostream& out, const Told& told);

/// A sink that keeps what it is told.
class RecordingSink final : public com::Object<RecordingSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;
    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override;
    std::vector<Told> told;

private:
    friend class com::Object<RecordingSink, IMAPIAdviseSink>;
    ~RecordingSink() = default;
};

/// An empty table with the columns kId (the index), kName, kRank.
class TableFixture : public testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    SCODE make(ULONG index_tag, std::initializer_list<ULONG> columns, com::Ptr<ITableData>& out,
               ULONG type = TBLTYPE_DYNAMIC);
    HRESULT put(std::vector<SPropValue> values);
    HRESULT put(LONG id, const WCHAR* name, LONG rank = 0) {
        return put({number(kId, id), text(kName, name), number(kRank, rank)});
    }
    HRESULT remove(LONG id);
    com::Ptr<IMAPITable> view();

    HRESULT sort(IMAPITable* table, std::initializer_list<SSortOrder> sorts, ULONG categories = 0,
                 ULONG expanded = 0, ULONG flags = 0);
    HRESULT columns(IMAPITable* table, std::initializer_list<ULONG> tags, ULONG flags = 0);
    /// The kId of the next rows; -1 for a row without one.
    std::vector<LONG> read(IMAPITable* table, LONG count, ULONG flags = 0);
    std::vector<LONG> all(IMAPITable* table);
    /// The rows of a categorized view: leaves as their kId, headings as "kName kRank
    /// (count/unread)" with + when collapsed and - when expanded, behind their depth.
    std::string picture(IMAPITable* table);
    /// The instance key of row number `position`.
    std::vector<BYTE> key_at(IMAPITable* table, ULONG position);
    ULONG position(IMAPITable* table);
    ULONG count(IMAPITable* table);
    com::Ptr<RecordingSink> listen(IMAPITable* table);

    const Subject& mapi = Subject::the();
    decltype(&CreateTable) create =
        mapi.find<std::remove_pointer_t<decltype(&CreateTable)>>("CreateTable");
    com::Ptr<ITableData> data;
};

using Ids = std::vector<LONG>;

}  // namespace remapi::test
