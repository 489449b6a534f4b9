// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/util/entry_id_calls.h"

#include "object/util/calls.h"

namespace remapi::object {

Bytes store_with_record_key(IMAPISession& session, BytesView record_key) {
    com::Ptr<IMAPITable> stores;
    check(session.GetMsgStoresTable(0, stores.put()), "IMAPISession::GetMsgStoresTable");
    RowQuery query;
    query.columns = {PR_ENTRYID, PR_RECORD_KEY};
    for (const PropertyBag& row : query_all_rows(stores.get(), query)) {
        if (equal_bytes(row.bytes(PR_RECORD_KEY), record_key)) {
            return to_bytes(row.bytes(PR_ENTRYID));
        }
    }
    throw Error(MAPI_E_NOT_FOUND, "no store of the profile has this record key");
}

}  // namespace remapi::object
