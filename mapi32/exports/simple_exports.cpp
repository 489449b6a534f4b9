// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Simple MAPI. Pages: the Simple MAPI reference of the Platform SDK (mapi.h) documents these
// functions; what programs really pass is in the quirks that the tests name.
#include "abi/guard.h"
#include "memory/buffer.h"
#include "port/module.h"
#include "session/session.h"
#include "simple/resolve_name.h"
#include "simple/send.h"
#include "simple/sessions.h"
#include "text/text.h"

namespace simple = remapi::simple;
using remapi::SimpleError;

namespace {

/// What every Simple MAPI call does around its body: stay loaded, keep the subsystem initialised,
/// leave the caller's directory and floating-point state alone.
template <class Body>
ULONG call(const char* entry, Body&& body) noexcept {
    return remapi::abi::guard_simple(entry, [&]() -> ULONG {
        remapi::port::pin_own_module();
        const remapi::session::RuntimeUse runtime;
        body();
        return SUCCESS_SUCCESS;
    });
}

template <class Message>
ULONG send_mail(const char* entry, LHANDLE session, ULONG_PTR window, const Message* message,
                FLAGS flags) noexcept {
    return call(entry, [&] {
        const simple::MessageRequest request = simple::read_message(message);
        const auto own = simple::session_for_call(session, window, flags, true);
        simple::send(*own, request, flags);
    });
}

}  // namespace

extern "C" {

/// Logs a program on.
/// @param profile   null or "" takes the default profile
/// @param password  ignored: profiles of this MAPI have none
/// @param session   [out] a handle below 2^32
/// Errors: MAPI_E_LOGIN_FAILURE, MAPI_E_TOO_MANY_SESSIONS, MAPI_E_INSUFFICIENT_MEMORY,
/// MAPI_E_FAILURE.
ULONG WINAPI MAPILogon(ULONG_PTR window, LPSTR profile, LPSTR, FLAGS flags, ULONG,
                       LPLHANDLE session) {
    if (session) *session = 0;
    return call("MAPILogon", [&] {
        if (!session) throw SimpleError(MAPI_E_FAILURE, "nowhere to put the session");
        *session =
            simple::add_session(simple::logon(window, remapi::text::to_wide(profile), flags));
    });
}

/// Ends a session; its handle is stale afterwards.
/// Errors: MAPI_E_INVALID_SESSION.
ULONG WINAPI MAPILogoff(LHANDLE session, ULONG_PTR window, FLAGS, ULONG) {
    return call("MAPILogoff", [&] {
        const auto ended = simple::remove_session(session);
        if (!ended) throw SimpleError(MAPI_E_INVALID_SESSION, "logging off an unknown session");
        remapi::check(ended->Logoff(window, 0, 0), "IMAPISession::Logoff");
    });
}

/// Sends a message, or keeps it as the sending policy says. Attachment files may be deleted
/// afterwards.
/// @param session  0 or a stale handle logs on for this call
/// @param message  strings in the ANSI code page; may be zeroed except for what the program wants
/// said Errors: MAPI_E_FAILURE without a message, MAPI_E_LOGIN_FAILURE, MAPI_E_UNKNOWN_RECIPIENT,
/// MAPI_E_AMBIGUOUS_RECIPIENT, MAPI_E_BAD_RECIPTYPE, MAPI_E_INVALID_RECIPS,
/// MAPI_E_TOO_MANY_RECIPIENTS, MAPI_E_TOO_MANY_FILES, MAPI_E_ATTACHMENT_NOT_FOUND,
/// MAPI_E_ATTACHMENT_OPEN_FAILURE, MAPI_E_ATTACHMENT_WRITE_FAILURE, MAPI_E_DISK_FULL,
/// MAPI_E_INSUFFICIENT_MEMORY.
ULONG WINAPI MAPISendMail(LHANDLE session, ULONG_PTR window, lpMapiMessage message, FLAGS flags,
                          ULONG) {
    return send_mail("MAPISendMail", session, window, message, flags);
}

/// MAPISendMail with UTF-16 strings; any program may call it on any Windows (quirk Q33).
/// Page: mapi/mapisendmailw.md
ULONG WINAPI MAPISendMailW(LHANDLE session, ULONG_PTR window, lpMapiMessageW message, FLAGS flags,
                           ULONG) {
    return send_mail("MAPISendMailW", session, window, message, flags);
}

/// Sends files; the person is to add the recipients, so the message is kept as a draft.
/// @param delimiter  separates the entries of `paths` and `names`; null or "": one path
/// @param names      what the recipient sees, in the order of `paths`; may be null or shorter
/// Errors: as MAPISendMail.
ULONG WINAPI MAPISendDocuments(ULONG_PTR window, LPSTR delimiter, LPSTR paths, LPSTR names, ULONG) {
    return call("MAPISendDocuments", [&] {
        const simple::MessageRequest request = simple::read_documents(delimiter, paths, names);
        const auto own = simple::session_for_call(0, window, MAPI_LOGON_UI, true);
        simple::send(*own, request, MAPI_DIALOG);
    });
}

/// Finds the recipient that a name means; an Internet address is one by itself.
/// @param found  [out] one block, freed with MAPIFreeBuffer
/// Errors: MAPI_E_UNKNOWN_RECIPIENT, MAPI_E_AMBIGUOUS_RECIPIENT, MAPI_E_INVALID_SESSION,
/// MAPI_E_LOGIN_FAILURE, MAPI_E_FAILURE.
ULONG WINAPI MAPIResolveName(LHANDLE session, ULONG_PTR window, LPSTR name, FLAGS flags, ULONG,
                             lpMapiRecipDesc* found) {
    if (found) *found = nullptr;
    return call("MAPIResolveName", [&] {
        if (!found) throw SimpleError(MAPI_E_FAILURE, "nowhere to put the recipient");
        const auto own = simple::session_for_call(session, window, flags, false);
        *found = simple::resolve_name(*own, name).release();
    });
}

}  // extern "C"
