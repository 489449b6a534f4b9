// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"

namespace remapi::session {

/// MAPIAdminProfiles. Throws Error(MAPI_E_UNKNOWN_FLAGS) for any flag but MAPI_UNICODE,
/// Error(MAPI_E_NOT_INITIALIZED) before MAPIInitialize.
com::Ptr<IProfAdmin> admin_profiles(ULONG flags);

}  // namespace remapi::session
