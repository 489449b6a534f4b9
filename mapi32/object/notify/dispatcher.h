// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <deque>

#include "object/notify/thread_queue.h"
#include "port/thread.h"

namespace remapi::object {

/// Where this process is told of events: on the thread that initialised MAPI, through its
/// ThreadQueue, or on a thread of our own, which runs only while there is something to tell.
/// One for each module: a provider's copy always has a thread of its own. Any thread may call it;
/// work runs without a lock held. Pages: mapi/mapiinit_0.md, mapi/forcing-a-notification.md
class Dispatcher {
public:
    using Work = ThreadQueue::Work;

    /// The one of this module. Never destroyed: nothing of ours may run at process exit.
    static Dispatcher& the();

    /// From now on work goes to `queue`; null: to a thread of our own. When that queue's thread has
    /// ended it goes to our own thread, too.
    void use_thread(std::shared_ptr<ThreadQueue> queue);
    /// Whether work goes to the calling thread's queue.
    bool uses_this_thread();

    /// Has `work` done later, never within the call, after what was posted before.
    void post(Work work);

    /// Waits until our own thread has done what was posted before, for at most `milliseconds`; true
    /// when it has, and at once when called by work.
    bool wait_for_own_thread(std::uint32_t milliseconds);
    /// Does, or waits for, everything posted so far, except what waits for another client thread.
    void flush();
    /// Does what is queued and lets our own thread end; the next work starts another. For the last
    /// MAPIUninitialize, before modules are unloaded.
    void stop();

private:
    Dispatcher() = default;
    void start_worker();
    void work();
    bool has_work() const noexcept { return m_working && (!m_queue.empty() || m_busy); }

    port::Mutex m_mutex;
    port::Condition m_changed;
    std::shared_ptr<ThreadQueue> m_target;
    std::deque<Work> m_queue;
    bool m_busy = false;  ///< the worker is doing what it took from the queue
    bool m_stopping = false;
    bool m_working = false;  ///< a worker is in work()
    std::uint64_t m_worker_id = 0;
};

/// One of our own for HrDispatchNotifications, which otherwise takes no flags: wait until something
/// has arrived for the calling thread. The other bits are how long, in milliseconds.
constexpr ULONG kDispatchWait = 0x80000000;

/// Calls every sink that is to be called on this thread, and waits for those that are called on our
/// own. `flags`: 0 or kDispatchWait with a time.
/// Errors: MAPI_E_USER_CANCEL when the thread or the session is to end; MAPI_E_TIMEOUT when it was
/// to wait and nothing came; MAPI_E_UNKNOWN_FLAGS. Page: mapi/hrdispatchnotifications.md
HRESULT dispatch_notifications(ULONG flags);

}  // namespace remapi::object
