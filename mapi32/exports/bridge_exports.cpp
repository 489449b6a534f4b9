// SPDX-License-Identifier: LGPL-2.1-or-later
//
// From a session of Simple MAPI or CMC to the Extended MAPI session that it stands on. Both kinds
// of handles name the same sessions.
#include "abi/guard.h"
#include "simple/sessions.h"

namespace {

SCODE session_of(const char* entry, LHANDLE handle, ULONG flags, LPCIID iid,
                 LPMAPISESSION* session) noexcept {
    return remapi::abi::guard_entry(entry, [&]() -> HRESULT {
        if (!session) return MAPI_E_INVALID_PARAMETER;
        *session = nullptr;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto found = remapi::simple::find_session(handle);
        if (!found) return MAPI_E_INVALID_PARAMETER;
        void* wanted = nullptr;
        const HRESULT hr = found->QueryInterface(iid ? *iid : IID_IMAPISession, &wanted);
        *session = static_cast<LPMAPISESSION>(wanted);
        return hr;
    });
}

}  // namespace

extern "C" {

/// The session behind a handle of MAPILogon; it ends when that handle is logged off.
/// @param flags    0
/// @param iid      null means IMAPISession
/// @param session  [out] released by the caller
/// Errors: MAPI_E_INVALID_PARAMETER for a handle that is none, or without `session`;
/// MAPI_E_UNKNOWN_FLAGS; E_NOINTERFACE. Page: mapi/scmapixfromsmapi.md
SCODE WINAPI ScMAPIXFromSMAPI(LHANDLE handle, ULONG flags, LPCIID iid, LPMAPISESSION* session) {
    return session_of("ScMAPIXFromSMAPI", handle, flags, iid, session);
}

/// The same for a handle of cmc_logon. Undocumented but for its prototype in xcmcmsx2.h.
/// Errors: as ScMAPIXFromSMAPI.
SCODE WINAPI ScMAPIXFromCMC(CMC_session_id handle, ULONG flags, LPCIID iid,
                            LPMAPISESSION* session) {
    return session_of("ScMAPIXFromCMC", handle, flags, iid, session);
}

}  // extern "C"
