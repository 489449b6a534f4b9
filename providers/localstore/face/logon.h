// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/face/msg_store.h"

namespace remapi::localstore {

/// What the host says at logon.
struct LogonRequest {
    IMAPISupport* support = nullptr;
    String profile_name;
    BytesView entry_id;  ///< the store's own; empty: the profile section tells
    ULONG flags = 0;     ///< MDB_WRITE, MAPI_BEST_ACCESS, MDB_TEMPORARY ...
    bool spooler = false;
};

/// Finds, opens or makes the store that is asked for, writes into the profile section where and
/// which it is, and registers it with the host. Errors: MAPI_E_LOGON_FAILED when a store named by
/// its entry id is not there; those of the database. Pages: mapi/imsprovider-logon.md,
/// mapi/implementing-imsprovider-logon.md
com::Ptr<MsgStore> log_on(const LogonRequest& request);

/// Where a store without a path of its own lies: <store.folder, or the data
/// folder>/stores/<profile>.rms.
String default_store_path(StringView profile_name);

}  // namespace remapi::localstore
