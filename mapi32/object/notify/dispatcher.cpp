// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/dispatcher.h"

#include <atomic>

#include "abi/guard.h"
#include "log/log.h"
#include "port/module.h"

namespace remapi::object {
namespace {

constinit std::atomic<Dispatcher*> g_dispatcher = nullptr;
constinit port::StaticMutex g_dispatcher_mutex;

// How often a thread that waits for our own looks after what came for it meanwhile: a sink may be
// waiting for just that.
constexpr std::uint32_t kLookAfterMilliseconds = 10;

}  // namespace

Dispatcher& Dispatcher::the() {
    if (Dispatcher* dispatcher = g_dispatcher.load(std::memory_order_acquire)) return *dispatcher;
    const port::Lock lock(g_dispatcher_mutex);
    if (!g_dispatcher.load(std::memory_order_relaxed)) {
        g_dispatcher.store(new Dispatcher(), std::memory_order_release);
    }
    return *g_dispatcher.load(std::memory_order_relaxed);
}

void Dispatcher::use_thread(std::shared_ptr<ThreadQueue> queue) {
    const port::Lock lock(m_mutex);
    m_target.swap(queue);  // the former one may go with its last reference, after the lock
}

bool Dispatcher::uses_this_thread() {
    const port::Lock lock(m_mutex);
    return m_target && m_target->is_current();
}

void Dispatcher::post(Work work) {
    std::shared_ptr<ThreadQueue> target;
    {
        const port::Lock lock(m_mutex);
        target = m_target;
    }
    if (target && target->post(std::move(work))) return;
    if (target) REMAPI_WARN(Notify, "the thread that initialised MAPI has ended: not called there");

    const port::Lock lock(m_mutex);
    if (m_target == target) m_target.reset();
    // NOLINTNEXTLINE(bugprone-use-after-move): a closed queue took nothing.
    m_queue.push_back(std::move(work));
    if (m_working) {
        m_changed.notify_all();
    } else {
        start_worker();
    }
}

// The caller holds the lock. Nobody joins the thread: m_working tells when it is done with us, and
// a client may uninitialize from a place where no thread can end (its DllMain).
void Dispatcher::start_worker() {
    port::pin_own_module();
    port::Thread worker;
    m_stopping = false;
    m_working = worker.start([this] { work(); });
    worker.detach();
    if (!m_working) REMAPI_WARN(Notify, "no thread to be had: notifications wait for the next one");
}

void Dispatcher::work() {
    m_mutex.lock();
    m_worker_id = port::current_thread_id();
    while (!m_queue.empty() || !m_stopping) {
        if (m_queue.empty()) {
            m_changed.wait(m_mutex);
            continue;
        }
        {
            const Work next = std::move(m_queue.front());
            m_queue.pop_front();
            m_busy = true;
            m_mutex.unlock();
            abi::guard("IMAPIAdviseSink::OnNotify", [&]() -> HRESULT {
                next();
                return S_OK;
            });
        }
        m_mutex.lock();
        m_busy = false;
        m_changed.notify_all();
    }
    m_working = false;
    m_worker_id = 0;
    m_changed.notify_all();
    m_mutex.unlock();
}

bool Dispatcher::wait_for_own_thread(std::uint32_t milliseconds) {
    const port::Lock lock(m_mutex);
    if (m_worker_id == port::current_thread_id()) return true;
    if (has_work()) m_changed.wait_for(m_mutex, milliseconds);
    return !has_work();
}

void Dispatcher::flush() {
    do {
        if (const auto queue = ThreadQueue::find_for_this_thread()) queue->dispatch();
    } while (!wait_for_own_thread(kLookAfterMilliseconds));
}

void Dispatcher::stop() {
    const port::Lock lock(m_mutex);
    if (m_worker_id == port::current_thread_id()) return;
    m_stopping = true;
    m_changed.notify_all();
    while (m_working && m_stopping) m_changed.wait(m_mutex);
}

HRESULT dispatch_notifications(ULONG flags) {
    if (flags != 0 && (flags & kDispatchWait) == 0) return MAPI_E_UNKNOWN_FLAGS;
    if (!port::has_message_loops()) {
        const auto idle = ThreadQueue::find_for_this_thread(ThreadQueue::Use::IdleRoutines);
        if (idle) idle->dispatch();
    }
    auto queue = ThreadQueue::find_for_this_thread();
    if (flags != 0) {
        if (!queue) queue = ThreadQueue::of_this_thread();
        if (!queue || !queue->wait(flags & ~kDispatchWait)) return MAPI_E_TIMEOUT;
    }
    const auto ends = [&] {
        return queue ? queue->dispatch() == port::Pumped::AskedToEnd : port::asked_to_end();
    };
    do {
        if (ends()) return MAPI_E_USER_CANCEL;
    } while (!Dispatcher::the().wait_for_own_thread(kLookAfterMilliseconds));
    // What our own thread passed on to this one is there by now.
    return ends() ? MAPI_E_USER_CANCEL : S_OK;
}

}  // namespace remapi::object
