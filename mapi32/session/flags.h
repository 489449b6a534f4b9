// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Flags of session and profile calls that the API headers lack, and the checking of flags.
#pragma once

#include "abi/error.h"

namespace remapi::session {

constexpr ULONG kNoCoInit = 0x00000008;           ///< MAPI_NO_COINIT; page: mapi/mapiinit_0.md
constexpr ULONG kBackgroundSession = 0x00200000;  ///< MAPI_BG_SESSION; page: mapi/mapilogonex.md
constexpr ULONG kForceAccess =
    0x00080000;  ///< MAPI_FORCE_ACCESS; page: mapi/imapisession-openprofilesection.md
constexpr ULONG kNoRestartWarning = 0x00000080;  ///< SERVICE_NO_RESTART_WARNING
constexpr ULONG kUnicodeUi = 0x00040000;    ///< AB_UNICODEUI; page: mapi/iaddrbook-resolvename.md
constexpr ULONG kStoreOnline = 0x00000100;  ///< MDB_ONLINE; page: mapi/imapisession-openmsgstore.md

/// Throws Error(MAPI_E_UNKNOWN_FLAGS) when `flags` has a bit outside `known`.
inline void require_flags(ULONG flags, ULONG known) {
    if (flags & ~known) throw Error(MAPI_E_UNKNOWN_FLAGS, "an unknown flag");
}
/// Throws Error(MAPI_E_INVALID_PARAMETER) when `given` is false.
inline void require_parameter(bool given) {
    if (!given) throw Error(MAPI_E_INVALID_PARAMETER, "a parameter that must not be null");
}

}  // namespace remapi::session
