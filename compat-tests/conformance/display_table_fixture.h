// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Builds display tables and reads their rows.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "com/ptr.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {

/// Pages: mapi/builddisplaytable.md, mapi/dtpage.md, mapi/dtctl.md, mapi/display-tables.md and
/// those of the DTBL... structures
class DisplayTable : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(build_table && allocate && more && free) << "missing"; }
    void TearDown() override { free_rows(); }

    HRESULT build(HINSTANCE module, DTPAGE* pages, UINT count, ULONG flags,
                  ITableData** data = nullptr) {
        return build_table(allocate, more, free, nullptr, module, count, pages, flags,
                           m_table.put(), data);
    }
    /// A table of one page without a dialog.
    HRESULT build(DTCTL* controls, ULONG count, ULONG flags = 0) {
        DTPAGE page = {};
        page.cctl = count;
        page.lpctl = controls;
        return build(nullptr, &page, 1, flags);
    }
    /// All rows, valid until the next call.
    SRowSet& rows() {
        free_rows();
        if (!m_table || m_table->QueryRows(1000, 0, &m_rows) != S_OK) {
            ADD_FAILURE() << "no rows";
            return m_none;
        }
        return *m_rows;
    }
    /// A column of a row, which must be there.
    const SPropValue& cell(ULONG row, ULONG tag) {
        static const SPropValue none = {};
        if (row >= m_rows->cRows) {
            ADD_FAILURE() << "there is no row " << row;
            return none;
        }
        const SRow& values = m_rows->aRow[row];
        for (ULONG i = 0; i < values.cValues; ++i) {
            if (values.lpProps[i].ulPropTag == tag) return values.lpProps[i];
        }
        ADD_FAILURE() << "row " << row << " has no column " << std::hex << tag;
        return none;
    }
    /// PR_CONTROL_STRUCTURE of a row as `Structure`.
    template <class Structure>
    Structure structure(ULONG row) {
        Structure result = {};
        const SBinary& bytes = cell(row, PR_CONTROL_STRUCTURE).Value.bin;
        EXPECT_LE(sizeof result, bytes.cb);
        if (bytes.lpb) std::memcpy(&result, bytes.lpb, sizeof result);
        return result;
    }
    /// The text at `offset` of the structure; empty for offset 0.
    template <class Unit>
    std::basic_string<Unit> text_at(ULONG row, ULONG offset) {
        const SBinary& bytes = cell(row, PR_CONTROL_STRUCTURE).Value.bin;
        std::basic_string<Unit> text;
        for (ULONG at = offset; at != 0; at += sizeof(Unit)) {
            Unit unit = 0;
            if (at + sizeof unit > bytes.cb) {
                ADD_FAILURE() << "the text does not end within the structure";
                break;
            }
            std::memcpy(&unit, bytes.lpb + at, sizeof unit);
            if (unit == 0) break;
            text.push_back(unit);
        }
        return text;
    }

    void free_rows() {
        if (!m_rows) return;
        for (ULONG i = 0; i < m_rows->cRows; ++i) free(m_rows->aRow[i].lpProps);
        free(m_rows);
        m_rows = nullptr;
    }

    using Build = HRESULT WINAPI(LPALLOCATEBUFFER, LPALLOCATEMORE, LPFREEBUFFER, LPMALLOC,
                                 HINSTANCE, UINT, LPDTPAGE, ULONG, LPMAPITABLE*, LPTABLEDATA*);
    const Subject& mapi = Subject::the();
    Build* build_table = mapi.find<Build>("BuildDisplayTable");
    ALLOCATEBUFFER* allocate = mapi.find<ALLOCATEBUFFER>("MAPIAllocateBuffer");
    ALLOCATEMORE* more = mapi.find<ALLOCATEMORE>("MAPIAllocateMore");
    FREEBUFFER* free = mapi.find<FREEBUFFER>("MAPIFreeBuffer");
    com::Ptr<IMAPITable> m_table;
    SRowSet* m_rows = nullptr;
    SRowSet m_none = {};
};

/// A control of `type` with its structure.
inline DTCTL control(ULONG type, void* structure) {
    DTCTL result = {};
    result.ulCtlType = type;
    result.ctl.lpv = structure;
    return result;
}

}  // namespace remapi::test
