// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Profiles, through MAPI's own administration interfaces.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "com/ptr.h"
#include "port/wide.h"
#include "tools/remapi/mapi/session.h"

namespace remapi::tool {

struct ProfileRow {
    String name;
    bool is_default = false;
};

/// What a new profile gets.
struct Account {
    String host;
    unsigned port = 0;
    String security;  ///< "tls", "starttls", "none"
    String ca_file;   ///< empty: the system's trust
    String user;      ///< empty: no authentication
    String password;
    String sender_name;
    String sender_address;
    String policy;  ///< empty: not set
};

/// A message service of a profile and those of its settings that are known here, secrets left out.
struct ServiceDetails {
    String name;
    String display_name;
    std::vector<std::pair<const char*, String>> settings;
};

struct ProfileDetails {
    String policy;  ///< empty: not set
    std::vector<ServiceDetails> services;
};

/// Every method throws Failure when MAPI refuses. One thread.
class ProfileAdmin {
public:
    ProfileAdmin();

    std::vector<ProfileRow> list();
    bool exists(const String& name);
    /// Throws Failure(NotFound).
    void require_exists(const String& name);
    /// Makes the profile with both services, or nothing.
    void create(const String& name, const Account& account);
    void remove(const String& name);
    void make_default(const String& name);
    ProfileDetails details(const String& name);

private:
    com::Ptr<IMsgServiceAdmin> services(const String& name);
    void fill(const String& name, const Account& account);

    Runtime m_runtime;
    com::Ptr<IProfAdmin> m_admin;
};

}  // namespace remapi::tool
