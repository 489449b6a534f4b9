// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The profile that the first logon makes where there is none.
#pragma once

#include <optional>

#include "session/profile/profile.h"

namespace remapi::session {

/// What that profile is called.
inline constexpr StringView kFirstProfileName = REMAPI_W("Remapi");

/// Makes the first profile, with the local message store as its only service, and makes it the
/// default. nullopt when there are other profiles: then it is the person's business which is the
/// default. One that an earlier process left half made is made anew. The caller holds the profile
/// lock. Throws as create_profile does: MAPI_E_NOT_FOUND without mapisvc.inf or its store service,
/// what the service's module answers.
std::optional<Profile> make_first_profile();

}  // namespace remapi::session
