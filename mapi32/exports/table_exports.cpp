// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "object/table/table_object.h"
#include "port/module.h"

extern "C" {

/// Makes an empty table in memory, to be filled by ITableData and read by the views it gives.
/// @param iid        IID_IMAPITableData or null
/// @param allocate   with `more` and `free_buffer` what rows handed out are allocated with
/// @param reserved   null
/// @param table_type TBLTYPE_SNAPSHOT, TBLTYPE_KEYSET or TBLTYPE_DYNAMIC: what views say they are
/// @param index_tag  the single-valued column that tells rows apart; need not be one of `columns`
/// @param columns    what views show at first; at least one
/// Errors: MAPI_E_INTERFACE_NOT_SUPPORTED for another interface; MAPI_E_INVALID_PARAMETER for
/// anything that is not as said here. Page: mapi/createtable.md
SCODE WINAPI CreateTable(LPCIID iid, ALLOCATEBUFFER* allocate, ALLOCATEMORE* more,
                         FREEBUFFER* free_buffer, LPVOID reserved, ULONG table_type,
                         ULONG index_tag, LPSPropTagArray columns, LPTABLEDATA* table) {
    return remapi::abi::guard("CreateTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        remapi::port::pin_own_module();  // the object may outlive the caller's reference to us
        *table = remapi::object::create_table(
                     {iid, {allocate, more, free_buffer}, reserved, table_type, index_tag, columns})
                     .detach();
        return S_OK;
    });
}

}  // extern "C"
