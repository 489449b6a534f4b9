// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <vector>

#include "log/log.h"
#include "port/apartment.h"
#include "port/module.h"
#include "port/mutex.h"
#include "port/thread.h"
#include "session/flags.h"
#include "session/session.h"
#include "spi/loader.h"
#include "spi/notify_engine.h"

namespace remapi::session {
namespace {

/// A thread that has to leave as many apartments as it entered through us.
struct ThreadEntries {
    std::uint64_t thread;
    unsigned count;
};

struct State {
    port::StaticMutex mutex;
    ULONG uses = 0;
    std::vector<ThreadEntries>* threads = nullptr;  // never freed: nothing runs at process exit
};
constinit State g_state;

void remember_apartment() {
    const port::Lock lock(g_state.mutex);
    if (!g_state.threads) g_state.threads = new std::vector<ThreadEntries>;
    const std::uint64_t thread = port::current_thread_id();
    for (ThreadEntries& entry : *g_state.threads) {
        if (entry.thread == thread) {
            ++entry.count;
            return;
        }
    }
    g_state.threads->push_back({thread, 1});
}

/// Whether this thread has an apartment of ours to leave; then it no longer counts.
bool forget_apartment() noexcept {
    const port::Lock lock(g_state.mutex);
    if (!g_state.threads) return false;
    const std::uint64_t thread = port::current_thread_id();
    const auto entry = std::find_if(g_state.threads->begin(), g_state.threads->end(),
                                    [&](const ThreadEntries& it) { return it.thread == thread; });
    if (entry == g_state.threads->end()) return false;
    if (--entry->count == 0) g_state.threads->erase(entry);
    return true;
}

void add_use() noexcept {
    port::pin_own_module();
    const port::Lock lock(g_state.mutex);
    ++g_state.uses;
}

/// Whether that was the last one. A use too few is left alone.
bool drop_use() noexcept {
    const port::Lock lock(g_state.mutex);
    if (g_state.uses == 0) return false;
    return --g_state.uses == 0;
}

void end_use() noexcept {
    if (!drop_use()) return;
    spi::NotifyEngine::the().stop();
    spi::unload_modules();
}

}  // namespace

void initialize(const MAPIINIT_0* init) {
    constexpr ULONG kKnown = MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NT_SERVICE | kNoCoInit;
    const ULONG flags = init ? init->ulFlags : 0;
    if (init && init->ulVersion != MAPI_INIT_VERSION) {
        throw Error(MAPI_E_INVALID_PARAMETER, "MAPIINIT_0 of an unknown version");
    }
    require_flags(flags, kKnown);
    if (!(flags & kNoCoInit)) {
        const port::ApartmentEntry entry = port::enter_apartment();
        if (entry.code < 0) throw Error(entry.code, "CoInitialize");
        if (entry.entered) remember_apartment();
    }
    add_use();
}

void uninitialize() noexcept {
    if (!is_initialized()) return;
    end_use();
    if (forget_apartment()) port::leave_apartment();
}

bool is_initialized() noexcept {
    const port::Lock lock(g_state.mutex);
    return g_state.uses != 0;
}

void require_initialized() {
    if (!is_initialized()) throw Error(MAPI_E_NOT_INITIALIZED, "a call before MAPIInitialize");
}

RuntimeUse::RuntimeUse() {
    add_use();
}

RuntimeUse::~RuntimeUse() {
    end_use();
}

}  // namespace remapi::session
