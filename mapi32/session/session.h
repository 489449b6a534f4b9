// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the rooms above and the exports use of sessions: the runtime's count, logging on, the
// default store, what the profile says about sending.
#pragma once

#include <optional>
#include <vector>

#include "com/ptr.h"
#include "port/wide.h"

namespace remapi::session {

/// Counts MAPIInitialize calls. Throws Error with the code of the step that failed.
/// @param init  may be null; MAPIINIT_0 otherwise
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown version, MAPI_E_UNKNOWN_FLAGS.
/// Page: mapi/mapiinitialize.md
void initialize(const MAPIINIT_0* init);
/// Undoes one initialize. Without a matching one it does nothing.
/// Page: mapi/mapiuninitialize.md
void uninitialize() noexcept;
/// Whether initialize calls are outstanding.
bool is_initialized() noexcept;
/// Throws Error(MAPI_E_NOT_INITIALIZED) when they are not.
void require_initialized();

/// Keeps the subsystem initialised for a scope. For entry points that initialise it themselves, as
/// Simple MAPI does. COM is left as it is.
class RuntimeUse {
public:
    RuntimeUse();
    ~RuntimeUse();
    RuntimeUse(const RuntimeUse&) = delete;
    RuntimeUse& operator=(const RuntimeUse&) = delete;
};

/// What MAPILogonEx is asked for.
struct LogonRequest {
    ULONG_PTR window = 0;
    String profile;   ///< empty: none is named
    FLAGS flags = 0;  ///< MAPI_NEW_SESSION and its neighbours; MAPI_UNICODE means nothing here
};

/// Logs on, to a new session or a shared one. The result is the caller's own session object.
/// Throws Error(MAPI_E_LOGON_FAILED) when there is no such profile, no default where one is needed,
/// or the name is over 64 characters; MAPI_E_TIMEOUT with MAPI_TIMEOUT_SHORT when another logon
/// takes long; MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_INITIALIZED. Page: mapi/mapilogonex.md
com::Ptr<IMAPISession> logon(const LogonRequest& request);

/// Whether this process has a session that was offered with MAPI_ALLOW_OTHERS.
bool shared_session_exists() noexcept;

/// The name of the session's profile. Throws Error(MAPI_E_INVALID_OBJECT) for a session that is not
/// ours.
String profile_name(IMAPISession& session);

/// The default store of `session`, opened with what its provider allows.
/// Throws Error(MAPI_E_NOT_FOUND) when the profile has no default store.
/// @param flags  MDB_NO_DIALOG, MDB_NO_MAIL, MAPI_BEST_ACCESS ..., as OpenMsgStore takes them
com::Ptr<IMsgStore> open_default_store(IMAPISession& session, ULONG flags);

/// Every store of `session`'s profile that can be opened; those that cannot are logged and left
/// out.
std::vector<com::Ptr<IMsgStore>> open_stores(IMAPISession& session, ULONG flags);

/// What the session's profile says about sending (kTagSendPolicy); nullopt when it says nothing.
std::optional<String> send_policy(IMAPISession& session);

}  // namespace remapi::session
