// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The administration of profiles.
#include "abi/guard.h"
#include "session/admin/admin.h"

/// Makes a profile administration object.
/// @param flags  none is defined
/// @param admin  [out] the caller's
/// Errors: MAPI_E_INVALID_PARAMETER without `admin`, MAPI_E_UNKNOWN_FLAGS, MAPI_E_NOT_INITIALIZED.
/// Page: mapi/mapiadminprofiles.md
extern "C" HRESULT WINAPI MAPIAdminProfiles(ULONG flags, LPPROFADMIN* admin) {
    return remapi::abi::guard_entry("MAPIAdminProfiles", [&]() -> HRESULT {
        if (!admin) return MAPI_E_INVALID_PARAMETER;
        *admin = nullptr;
        *admin = remapi::session::admin_profiles(flags).detach();
        return S_OK;
    });
}
