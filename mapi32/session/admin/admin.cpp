// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/admin/admin.h"

#include "session/admin/profile_admin.h"
#include "session/flags.h"
#include "session/session.h"

namespace remapi::session {

com::Ptr<IProfAdmin> admin_profiles(ULONG flags) {
    require_initialized();
    require_flags(flags, MAPI_UNICODE);
    return com::make<ProfileAdmin>();
}

}  // namespace remapi::session
