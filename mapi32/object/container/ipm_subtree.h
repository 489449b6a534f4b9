// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// Makes sure that a message store has the standard folders, and tells where they are.
/// @param flags   MAPI_FORCE_CREATE: folders that the store calls valid are opened to see;
///                MAPI_FULL_IPM_TREE: all eight folders, not only the three that every store needs
/// @param count   [out] with `values`
/// @param values  [out] may be null; PR_VALID_FOLDER_MASK and the entry identifiers, in one block;
///                an Inbox that was made has the tag PROP_TAG(PT_BINARY, PROP_ID_NULL)
/// @param error   [out] may be null; what the store says of a failure, or null
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS; those of the store.
/// Page: mapi/hrvalidateipmsubtree.md
HRESULT validate_ipm_subtree(IMsgStore* store, ULONG flags, ULONG* count, SPropValue** values,
                             MAPIERROR** error);

}  // namespace remapi::object
