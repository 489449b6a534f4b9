// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/profile_use.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "abi/guard.h"
#include "port/mutex.h"
#include "session/profile/profile.h"
#include "text/text.h"

namespace remapi::session {
namespace {

struct Use {
    String name;
    unsigned sessions = 0;
    std::optional<Fate> fate;
    String new_name;
};

struct ProfilesInUse {
    port::StaticMutex mutex;
    std::vector<Use>* uses = nullptr;  // never freed: nothing runs at process exit
};
constinit ProfilesInUse g_profiles;

/// The caller holds the mutex.
Use* find(StringView name) {
    if (!g_profiles.uses) return nullptr;
    for (Use& use : *g_profiles.uses) {
        if (text::equal_ignoring_case(use.name, name)) return &use;
    }
    return nullptr;
}

void fulfil(const Use& use) {
    abi::guard("a change of a profile that was in use", [&]() -> HRESULT {
        const Profile profile = Profile::open(use.name);
        if (*use.fate == Fate::Rename) {
            const bool was_default = Profile::default_name() == profile.name();
            profile.copy(use.new_name);
            if (was_default) Profile::set_default(use.new_name);
        }
        Profile::remove(profile.name());
        return S_OK;
    });
}

}  // namespace

ProfileUse::ProfileUse(StringView name) : m_name(name) {
    const port::Lock lock(g_profiles.mutex);
    if (!g_profiles.uses) g_profiles.uses = new std::vector<Use>;
    if (!find(name)) g_profiles.uses->push_back(Use{String(name), 0, std::nullopt, {}});
    ++find(name)->sessions;
}

ProfileUse::~ProfileUse() {
    std::optional<Use> last;
    {
        const port::Lock lock(g_profiles.mutex);
        Use* use = find(m_name);
        if (--use->sessions != 0) return;
        last = std::move(*use);
        g_profiles.uses->erase(g_profiles.uses->begin() + (use - g_profiles.uses->data()));
    }
    if (last->fate) fulfil(*last);
}

bool put_off(StringView name, Fate fate, StringView new_name) {
    const port::Lock lock(g_profiles.mutex);
    Use* use = find(name);
    if (!use) return false;
    use->fate = fate;
    use->new_name = new_name;
    return true;
}

bool is_waiting_for_deletion(StringView name) {
    const port::Lock lock(g_profiles.mutex);
    const Use* use = find(name);
    return use && use->fate == Fate::Delete;
}

}  // namespace remapi::session
