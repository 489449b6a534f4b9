// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/sessions.h"

#include <memory>
#include <vector>

#include "log/log.h"
#include "port/mutex.h"
#include "session/session.h"

namespace remapi::simple {
namespace {

/// A logged-on program: its session, and the subsystem kept initialised until it logs off.
struct Entry {
    com::Ptr<IMAPISession> session;
    std::unique_ptr<session::RuntimeUse> runtime;
};

constexpr std::size_t kMostSessions = 4096;
/// Handles start high enough not to be mistaken for a flag or a count by eye in a log.
constexpr LHANDLE kFirstHandle = 0x100;

constinit port::StaticMutex g_mutex;
constinit std::vector<Entry>* g_entries =
    nullptr;  // never freed: no destructor may run at process exit

Entry* entry_at(LHANDLE handle) noexcept {
    if (!g_entries || handle < kFirstHandle || handle - kFirstHandle >= g_entries->size())
        return nullptr;
    Entry& entry = (*g_entries)[handle - kFirstHandle];
    return entry.session ? &entry : nullptr;
}

std::size_t free_slot() {
    if (!g_entries) g_entries = new std::vector<Entry>();
    for (std::size_t i = 0; i < g_entries->size(); ++i) {
        if (!(*g_entries)[i].session) return i;
    }
    if (g_entries->size() == kMostSessions) {
        throw SimpleError(MAPI_E_TOO_MANY_SESSIONS, "4096 Simple MAPI sessions are open");
    }
    g_entries->emplace_back();
    return g_entries->size() - 1;
}

}  // namespace

LHANDLE add_session(com::Ptr<IMAPISession> session) {
    auto runtime = std::make_unique<session::RuntimeUse>();
    const port::Lock lock(g_mutex);
    const std::size_t slot = free_slot();
    (*g_entries)[slot] = {std::move(session), std::move(runtime)};
    return kFirstHandle + slot;
}

com::Ptr<IMAPISession> find_session(LHANDLE handle) {
    const port::Lock lock(g_mutex);
    const Entry* entry = entry_at(handle);
    return entry ? entry->session : nullptr;
}

com::Ptr<IMAPISession> remove_session(LHANDLE handle) {
    Entry taken;
    {
        const port::Lock lock(g_mutex);
        if (Entry* entry = entry_at(handle)) taken = std::exchange(*entry, Entry());
    }
    return taken.session;  // the subsystem is released here, outside the lock
}

com::Ptr<IMAPISession> logon(ULONG_PTR window, const String& profile, FLAGS flags) {
    constexpr FLAGS kPassed = MAPI_NEW_SESSION | MAPI_FORCE_DOWNLOAD | MAPI_ALLOW_OTHERS;
    session::LogonRequest request;
    request.window = window;
    request.profile = profile;
    request.flags =
        (flags & kPassed) | (profile.empty() ? MAPI_USE_DEFAULT : MAPI_EXPLICIT_PROFILE);
    try {
        return session::logon(request);
    } catch (const Error& error) {
        const bool unknown_profile = error.code() == MAPI_E_LOGON_FAILED && !profile.empty();
        if (!unknown_profile || !(flags & MAPI_LOGON_UI)) throw;
        REMAPI_WARN(Simple, "no profile \"%s\": taking the default one",
                    log::utf8(profile).c_str());
    }
    request.profile.clear();
    request.flags = (flags & kPassed) | MAPI_USE_DEFAULT;
    return session::logon(request);
}

com::Ptr<IMAPISession> session_for_call(LHANDLE handle, ULONG_PTR window, FLAGS flags,
                                        bool stale_is_none) {
    if (auto known = find_session(handle)) return known;
    if (handle != 0 && !stale_is_none) {
        throw SimpleError(MAPI_E_INVALID_SESSION, "session handle " + std::to_string(handle));
    }
    if (handle != 0) {
        REMAPI_WARN(Simple, "session handle %llu is stale: logging on for this call",
                    static_cast<unsigned long long>(handle));
    }
    return logon(window, String(), flags);
}

}  // namespace remapi::simple
