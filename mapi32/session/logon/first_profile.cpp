// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/logon/first_profile.h"

#include "log/log.h"
#include "session/admin/profile_admin.h"
#include "session/profile/services.h"

namespace remapi::session {

std::optional<Profile> make_first_profile() {
    const std::vector<String> names = Profile::names();
    if (names.size() > 1 || (names.size() == 1 && names.front() != kFirstProfileName))
        return std::nullopt;
    if (!names.empty()) {
        // It became no default: either a person wants it so, or whoever made it did not live to the
        // end.
        if (!provider_uids(Profile::open(kFirstProfileName)).empty()) return std::nullopt;
        Profile::remove(kFirstProfileName);
    }
    ServiceError error;
    const String services[] = {REMAPI_W("RMLS")};
    create_profile(kFirstProfileName, services, 0, 0, error);
    Profile::set_default(kFirstProfileName);
    REMAPI_INFO(Session, "there was no profile: \"%s\" was made, with a local message store",
                log::utf8(kFirstProfileName).c_str());
    return Profile::open(kFirstProfileName);
}

}  // namespace remapi::session
