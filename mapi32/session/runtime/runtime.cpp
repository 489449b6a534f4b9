// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <vector>

#include "log/log.h"
#include "object/notify/dispatcher.h"
#include "port/apartment.h"
#include "port/module.h"
#include "port/mutex.h"
#include "port/thread.h"
#include "session/flags.h"
#include "session/session.h"
#include "spi/loader.h"

namespace remapi::session {
namespace {

/// A thread that called initialize more often than uninitialize.
struct ThreadEntries {
    std::uint64_t thread;
    unsigned uses;
    unsigned apartments;  ///< how many it has to leave that it entered through us
};

struct Initialisations {
    port::StaticMutex mutex;
    ULONG uses = 0;
    ULONG initializations = 0;                      ///< those of `uses` that clients made
    std::vector<ThreadEntries>* threads = nullptr;  // never freed: nothing runs at process exit
};
constinit Initialisations g_initialisations;

std::vector<ThreadEntries>::iterator find_this_thread() noexcept {
    return std::find_if(
        g_initialisations.threads->begin(), g_initialisations.threads->end(),
        [id = port::current_thread_id()](const ThreadEntries& it) { return it.thread == id; });
}

/// Counts a client's initialize; whether it is the first of the process.
bool remember_thread(bool entered_apartment) {
    const port::Lock lock(g_initialisations.mutex);
    if (!g_initialisations.threads) g_initialisations.threads = new std::vector<ThreadEntries>;
    auto entry = find_this_thread();
    if (entry == g_initialisations.threads->end()) {
        entry = g_initialisations.threads->insert(entry, {port::current_thread_id(), 0, 0});
    }
    ++entry->uses;
    if (entered_apartment) ++entry->apartments;
    return ++g_initialisations.initializations == 1;
}

/// What a client's uninitialize has to undo for its thread.
struct Leaving {
    bool apartment = false;
    bool thread_is_done = false;  ///< this thread's last one
};

Leaving forget_thread() noexcept {
    const port::Lock lock(g_initialisations.mutex);
    if (g_initialisations.initializations > 0) --g_initialisations.initializations;
    if (!g_initialisations.threads) return {};
    const auto entry = find_this_thread();
    if (entry == g_initialisations.threads->end()) return {};  // it undoes another thread's
    Leaving leaving;
    leaving.apartment = entry->apartments > 0;
    if (leaving.apartment) --entry->apartments;
    leaving.thread_is_done = --entry->uses == 0;
    if (leaving.thread_is_done) g_initialisations.threads->erase(entry);
    return leaving;
}

void add_use() noexcept {
    port::pin_own_module();
    const port::Lock lock(g_initialisations.mutex);
    ++g_initialisations.uses;
}

/// Whether that was the last one. A use too few is left alone.
bool drop_use() noexcept {
    const port::Lock lock(g_initialisations.mutex);
    if (g_initialisations.uses == 0 || --g_initialisations.uses > 0) return false;
    if (g_initialisations.threads)
        g_initialisations.threads->clear();  // those that ended without uninitialize
    g_initialisations.initializations = 0;
    return true;
}

void end_use() noexcept {
    if (!drop_use()) return;
    object::ThreadQueue::close_all();
    object::Dispatcher::the().use_thread(nullptr);
    object::Dispatcher::the().stop();
    spi::unload_modules();
}

// The first client decides where sinks are called. Page: mapi/mapiinit_0.md
void choose_notification_thread(ULONG flags) {
    const bool own_thread = (flags & MAPI_MULTITHREAD_NOTIFICATIONS) != 0;
    auto queue = own_thread ? nullptr : object::ThreadQueue::of_this_thread();
    if (!own_thread && !queue) {
        REMAPI_WARN(Session, "no window for notifications: they come on a thread of our own");
    }
    object::Dispatcher::the().use_thread(std::move(queue));
}

// Sinks that were to be called on this thread are called now or never. Those of other threads that
// go on are called on a thread of ours from now on.
void leave_notifications() noexcept {
    const bool was_chosen = object::Dispatcher::the().uses_this_thread();
    object::ThreadQueue::close_for_this_thread();
    if (was_chosen) object::Dispatcher::the().use_thread(nullptr);
}

}  // namespace

void initialize(const MAPIINIT_0* init) {
    constexpr ULONG kKnown = MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NT_SERVICE | kNoCoInit;
    const ULONG flags = init ? init->ulFlags : 0;
    if (init && init->ulVersion != MAPI_INIT_VERSION) {
        throw Error(MAPI_E_INVALID_PARAMETER, "MAPIINIT_0 of an unknown version");
    }
    require_flags(flags, kKnown);
    bool entered = false;
    if (!(flags & kNoCoInit)) {
        const port::ApartmentEntry entry = port::enter_apartment();
        if (entry.code < 0) throw Error(entry.code, "CoInitialize");
        entered = entry.entered;
    }
    add_use();
    if (remember_thread(entered)) choose_notification_thread(flags);
}

void uninitialize() noexcept {
    if (!is_initialized()) return;
    const Leaving leaving = forget_thread();
    if (leaving.thread_is_done) leave_notifications();
    end_use();
    if (leaving.apartment) port::leave_apartment();
}

bool is_initialized() noexcept {
    const port::Lock lock(g_initialisations.mutex);
    return g_initialisations.uses != 0;
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
