// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Which profiles this process has sessions on: a profile in use is deleted or renamed when its last
// session ends. Pages: mapi/iprofadmin-deleteprofile.md, mapi/iprofadmin-renameprofile.md
#pragma once

#include "port/wide.h"

namespace remapi::session {

/// Counts a session on the profile `name` for as long as it lives, then does what was put off. Any
/// thread.
class ProfileUse {
public:
    explicit ProfileUse(StringView name);
    ~ProfileUse();
    ProfileUse(const ProfileUse&) = delete;
    ProfileUse& operator=(const ProfileUse&) = delete;

private:
    const String m_name;
};

/// What is to become of a profile.
enum class Fate { Delete, Rename };

/// Puts `fate` off until the last session on the profile has ended. False when there is none: the
/// caller does it at once.
bool put_off(StringView name, Fate fate, StringView new_name = {});

/// Whether the profile is only waiting to be deleted: tables do not show it.
bool is_waiting_for_deletion(StringView name);

}  // namespace remapi::session
