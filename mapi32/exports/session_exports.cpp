// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Starting and ending the subsystem, and logging on.
#include "abi/guard.h"
#include "session/session.h"
#include "text/text.h"

using remapi::abi::guard_entry;

/// Makes the subsystem ready for the calling process; counted.
/// @param init  a MAPIINIT_0, or null
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown version, MAPI_E_UNKNOWN_FLAGS, what CoInitialize
/// answers. Page: mapi/mapiinitialize.md
extern "C" HRESULT WINAPI MAPIInitialize(LPVOID init) {
    return guard_entry("MAPIInitialize", [&]() -> HRESULT {
        remapi::session::initialize(static_cast<const MAPIINIT_0*>(init));
        return S_OK;
    });
}

/// Undoes one MAPIInitialize, on the thread that made it.
/// Page: mapi/mapiuninitialize.md
extern "C" void WINAPI MAPIUninitialize() {
    guard_entry("MAPIUninitialize", [&]() -> HRESULT {
        remapi::session::uninitialize();
        return S_OK;
    });
}

/// Logs on to a session with the messaging system.
/// @param profile   zero-terminated, in the width that MAPI_UNICODE says; null and empty mean none
/// @param password  ignored: profiles have no passwords
/// @param session   [out] the caller's own session object
/// Errors: those of session::logon; MAPI_E_INVALID_PARAMETER without `session`.
/// Page: mapi/mapilogonex.md
extern "C" HRESULT WINAPI MAPILogonEx(ULONG_PTR window, LPTSTR profile, LPTSTR, ULONG flags,
                                      LPMAPISESSION* session) {
    return guard_entry("MAPILogonEx", [&]() -> HRESULT {
        if (!session) return MAPI_E_INVALID_PARAMETER;
        *session = nullptr;
        remapi::session::LogonRequest request;
        request.window = window;
        request.profile = remapi::text::from_tstr(profile, flags);
        request.flags = flags;
        *session = remapi::session::logon(request).detach();
        return S_OK;
    });
}

/// Makes the utility functions usable without MAPIInitialize. They need no preparation here.
/// Errors: MAPI_E_UNKNOWN_FLAGS for any flag.
/// Page: mapi/scinitmapiutil.md
extern "C" SCODE WINAPI ScInitMapiUtil(ULONG flags) {
    return flags == 0 ? S_OK : MAPI_E_UNKNOWN_FLAGS;
}

/// Undoes ScInitMapiUtil. Page: mapi/deinitmapiutil.md
extern "C" void WINAPI DeinitMapiUtil() {}
