// SPDX-License-Identifier: LGPL-2.1-or-later
#include <memory>

#include "log/log.h"
#include "session/logon/first_profile.h"
#include "session/object/core.h"
#include "session/session.h"
#include "text/text.h"

namespace remapi::session {
namespace {

constexpr std::uint32_t kShortPatienceMs = 4000;  // "more than a few seconds"
constexpr std::uint32_t kLongPatienceMs =
    600000;  // longer than any set-up dialog of a healthy program

struct SharedSessions {
    port::StaticMutex mutex;
    std::weak_ptr<SessionCore>* shared = nullptr;  // never freed: nothing runs at process exit
};
constinit SharedSessions g_sessions;

std::shared_ptr<SessionCore> shared_core() noexcept {
    const port::Lock lock(g_sessions.mutex);
    std::shared_ptr<SessionCore> core = g_sessions.shared ? g_sessions.shared->lock() : nullptr;
    return core && !core->has_ended() ? core : nullptr;
}

/// Offers `core` to later logons unless another session is offered already.
void offer(const std::shared_ptr<SessionCore>& core) {
    if (shared_core()) return;
    const port::Lock lock(g_sessions.mutex);
    if (!g_sessions.shared) g_sessions.shared = new std::weak_ptr<SessionCore>;
    *g_sessions.shared = core;
}

/// Null when the session ended meanwhile.
com::Ptr<IMAPISession> join(const std::shared_ptr<SessionCore>& core) {
    if (!core || !core->join()) return nullptr;
    try {
        return core->make_session_object(true);
    } catch (...) {
        core->leave(false);
        throw;
    }
}

[[noreturn]] void fail(const std::string& why) {
    throw Error(MAPI_E_LOGON_FAILED, why);
}

Profile default_profile() {
    if (const std::optional<String> name = Profile::default_name()) return Profile::open(*name);
    if (std::optional<Profile> made = make_first_profile()) return *made;
    fail("there are profiles, but none is the default");
}

/// Which profile a request means (quirk Q20). The caller holds the profile lock.
Profile choose_profile(const LogonRequest& request) {
    const bool may_ask = (request.flags & MAPI_LOGON_UI) != 0;
    if (request.profile.empty()) {
        const bool explicit_only =
            (request.flags & MAPI_EXPLICIT_PROFILE) && !(request.flags & MAPI_USE_DEFAULT);
        if (explicit_only && !may_ask) fail("a profile must be named");
        return default_profile();
    }
    if (const std::optional<String> name = Profile::find(request.profile)) {
        if (!is_waiting_for_deletion(*name)) return Profile::open(*name);
    }
    const std::string shown = text::to_utf8(request.profile);
    if (!may_ask) fail("no profile \"" + shown + "\"");
    REMAPI_INFO(Session, "no profile \"%s\": the default profile is taken", shown.c_str());
    return default_profile();
}

}  // namespace

bool shared_session_exists() noexcept {
    return shared_core() != nullptr;
}

com::Ptr<IMAPISession> logon(const LogonRequest& request) {
    require_initialized();
    if (request.profile.size() > kProfileNameUnits) fail("a profile name over 64 characters");
    if (!(request.flags & MAPI_NEW_SESSION)) {
        if (com::Ptr<IMAPISession> session = join(shared_core())) return session;
    }
    const bool impatient = (request.flags & MAPI_TIMEOUT_SHORT) != 0;
    std::optional<Profile> profile;
    {
        const ProfileLock lock(impatient ? kShortPatienceMs : kLongPatienceMs);
        profile = choose_profile(request);
    }
    REMAPI_INFO(Session, "logon to profile \"%s\"", log::utf8(StringView(profile->name())).c_str());
    const auto core = std::make_shared<SessionCore>(std::move(*profile), request.flags);
    com::Ptr<IMAPISession> session = join(core);
    if (request.flags & MAPI_ALLOW_OTHERS) offer(core);
    return session;
}

}  // namespace remapi::session
