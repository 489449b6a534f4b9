// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "format/bytes.h"

namespace remapi::object {

/// The entry identifier of the store in `session`'s profile that has this record key.
/// Throws Error(MAPI_E_NOT_FOUND) when there is none, or what reading the table of stores throws.
/// Page: mapi/imapisession-getmsgstorestable.md
Bytes store_with_record_key(IMAPISession& session, BytesView record_key);

}  // namespace remapi::object
