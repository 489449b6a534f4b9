// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// Reads all rows of anybody's table, from its first one.
/// @param columns      null: the table's own
/// @param restriction  null: as the table is restricted already
/// @param order        null: as the table is sorted already
/// @param limit        rows at most; 0: any number
/// @param rows         [out] each row's values are a block of their own
/// Errors: MAPI_E_INVALID_PARAMETER for a missing table or out-parameter and a negative limit;
/// MAPI_E_TABLE_TOO_BIG for more than `limit` rows; those of the table.
/// Page: mapi/hrqueryallrows.md
HRESULT query_all_rows(IMAPITable* table, SPropTagArray* columns, SRestriction* restriction,
                       SSortOrderSet* order, LONG limit, SRowSet** rows);

}  // namespace remapi::object
