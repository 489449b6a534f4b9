// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whole tables, their columns, and what comes out of them; the standard folders of a store.
#include "abi/guard.h"
#include "memory/buffer.h"
#include "object/container/ipm_subtree.h"
#include "object/table/add_columns.h"
#include "object/table/query_all_rows.h"
#include "object/util/storage_code.h"

namespace abi = remapi::abi;
namespace memory = remapi::memory;
namespace object = remapi::object;

extern "C" {

/// Reads all rows of a table.
/// @param columns, restriction, order  each may be null: as the table is
/// @param limit  rows at most; 0: any number
/// @param rows   [out] freed by the caller with FreeProws
/// Errors: MAPI_E_TABLE_TOO_BIG for more than `limit` rows; MAPI_E_INVALID_PARAMETER; those of the
/// table. Page: mapi/hrqueryallrows.md
/// Differs: the page has PR_NULL where a row lacks a column; the rows come as the table answers
/// them, which mapi/imapitable-queryrows.md wants to be PT_ERROR. Test:
/// WholeTable.HandsOutTheRowsAsTheTableAnswersThem
HRESULT WINAPI HrQueryAllRows(LPMAPITABLE table, LPSPropTagArray columns,
                              LPSRestriction restriction, LPSSortOrderSet order, LONG limit,
                              LPSRowSet* rows) {
    return abi::guard_entry("HrQueryAllRows", [&] {
        return object::query_all_rows(table, columns, restriction, order, limit, rows);
    });
}

/// Adds columns before those a table has, or moves them there.
/// @param filter  may be null; is given the columns the table has and may change their tags
/// Errors: MAPI_E_INVALID_PARAMETER; those of the table. Page: mapi/hraddcolumnsex.md
HRESULT WINAPI HrAddColumnsEx(LPMAPITABLE table, LPSPropTagArray added, LPALLOCATEBUFFER allocate,
                              LPFREEBUFFER deallocate, void (*filter)(LPSPropTagArray)) {
    return abi::guard_entry("HrAddColumnsEx", [&] {
        return object::add_columns(table, added, allocate, deallocate, filter);
    });
}

/// The same without a filter. Page: mapi/hraddcolumns.md
HRESULT WINAPI HrAddColumns(LPMAPITABLE table, LPSPropTagArray added, LPALLOCATEBUFFER allocate,
                            LPFREEBUFFER deallocate) {
    return abi::guard_entry("HrAddColumns", [&] {
        return object::add_columns(table, added, allocate, deallocate, nullptr);
    });
}

/// Frees a row set and the values of its rows; null is left alone. Page: mapi/freeprows.md
void WINAPI FreeProws(LPSRowSet rows) {
    memory::free_row_set(rows);
}

/// Frees an address list and the values of its entries; null is left alone.
/// Page: mapi/freepadrlist.md
void WINAPI FreePadrlist(LPADRLIST list) {
    memory::free_address_list(list);
}

/// Makes sure that a message store has the standard folders.
/// @param flags   MAPI_FORCE_CREATE, MAPI_FULL_IPM_TREE
/// @param count   [out] may be null without `values`
/// @param values  [out] may be null; the valid-folder mask and the entry identifiers, freed by the
///                caller with MAPIFreeBuffer
/// @param error   [out] may be null
/// Errors: MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER; those of the store.
/// Page: mapi/hrvalidateipmsubtree.md
HRESULT WINAPI HrValidateIPMSubtree(LPMDB store, ULONG flags, ULONG* count, LPSPropValue* values,
                                    LPMAPIERROR* error) {
    return abi::guard_entry("HrValidateIPMSubtree", [&] {
        return object::validate_ipm_subtree(store, flags, count, values, error);
    });
}

/// The MAPI code for a code of structured storage; MAPI_E_CALL_FAILED when there is none.
/// Page: mapi/mapstoragescode.md
SCODE WINAPI MapStorageSCode(SCODE code) {
    return object::from_storage_code(code);
}

}  // extern "C"
