// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What providers see of a session, and of a profile that is being set up without one.
#pragma once

#include <memory>

#include "session/profile/profile.h"
#include "spi/support_host.h"

namespace remapi::session {

class SessionCore;

/// The host behind the support objects of a session. Refers to it weakly.
std::shared_ptr<spi::SupportHost> make_session_host(std::weak_ptr<SessionCore> core);

/// The host behind the support object of a service entry point that configures a profile outside
/// any session: it has profile sections and nothing else.
std::shared_ptr<spi::SupportHost> make_profile_host(const Profile& profile);

}  // namespace remapi::session
