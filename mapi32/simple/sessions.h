// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Simple MAPI's session handles: small numbers, also on 64-bit, because callers keep them in 32
// bits (quirk Q16). Any thread.
#pragma once

#include "com/ptr.h"
#include "port/wide.h"

namespace remapi::simple {

/// Files a session under a new handle. Throws SimpleError(MAPI_E_TOO_MANY_SESSIONS).
LHANDLE add_session(com::Ptr<IMAPISession> session);

/// The session behind `handle`, null for 0 and for a handle that is stale or was never ours.
com::Ptr<IMAPISession> find_session(LHANDLE handle);

/// Takes the session out, so that its handle becomes stale. Null as for find_session.
com::Ptr<IMAPISession> remove_session(LHANDLE handle);

/// What MAPILogon's arguments mean, tried in the order programs rely on (quirk Q20): an empty
/// profile name is none; an unknown one with MAPI_LOGON_UI falls back to the default profile.
com::Ptr<IMAPISession> logon(ULONG_PTR window, const String& profile, FLAGS flags);

/// The session of `handle`, or for 0 one of its own that lasts for the call (quirk Q8).
/// @param stale_is_none  treat a stale handle like 0, as MAPISendMail does
/// Throws SimpleError(MAPI_E_INVALID_SESSION), or what logging on throws.
com::Ptr<IMAPISession> session_for_call(LHANDLE handle, ULONG_PTR window, FLAGS flags,
                                        bool stale_is_none);

}  // namespace remapi::simple
