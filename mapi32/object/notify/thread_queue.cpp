// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/thread_queue.h"

#include <algorithm>
#include <vector>

#include "abi/guard.h"
#include "port/thread.h"

namespace remapi::object {
namespace {

using Queues = std::vector<std::shared_ptr<ThreadQueue>>;

/// Every open queue of the process. Never freed: nothing runs at process exit.
struct Registry {
    port::StaticMutex mutex;
    Queues* queues = nullptr;
    std::uint64_t last_id = 0;
};
constinit Registry g_registry;

}  // namespace

std::shared_ptr<ThreadQueue> ThreadQueue::find_for_this_thread(Use use) {
    std::shared_ptr<ThreadQueue> ended;  // of a former thread with the same number
    const port::Lock lock(g_registry.mutex);
    if (!g_registry.queues) return nullptr;
    Queues& queues = *g_registry.queues;
    const auto found = std::find_if(queues.begin(), queues.end(), [use](const auto& queue) {
        return queue->m_use == use && queue->is_current();
    });
    if (found == queues.end()) return nullptr;
    if (!(*found)->stale()) return *found;
    ended = std::move(*found);
    queues.erase(found);
    return nullptr;
}

std::shared_ptr<ThreadQueue> ThreadQueue::of_this_thread(Use use) {
    if (std::shared_ptr<ThreadQueue> queue = find_for_this_thread(use)) return queue;
    std::uint64_t id = 0;
    {
        const port::Lock lock(g_registry.mutex);
        id = ++g_registry.last_id;
    }
    auto queue = std::make_shared<ThreadQueue>(id, use);
    if (!queue->open()) return nullptr;
    Queues ended;  // threads that went without MAPIUninitialize
    const port::Lock lock(g_registry.mutex);
    if (!g_registry.queues) g_registry.queues = new Queues;
    Queues& queues = *g_registry.queues;
    const auto first_ended = std::stable_partition(
        queues.begin(), queues.end(), [](const auto& other) { return !other->stale(); });
    ended.assign(std::make_move_iterator(first_ended), std::make_move_iterator(queues.end()));
    queues.erase(first_ended, queues.end());
    queues.push_back(queue);
    return queue;
}

void ThreadQueue::close_for_this_thread() noexcept {
    std::shared_ptr<ThreadQueue> queue = find_for_this_thread();
    if (!queue) return;
    queue->run();
    queue->close();
}

void ThreadQueue::close_all() noexcept {
    close_for_this_thread();
    Queues queues;
    {
        const port::Lock lock(g_registry.mutex);
        if (g_registry.queues) queues = *g_registry.queues;
    }
    for (const auto& queue : queues) {
        if (queue->m_use == Use::Notifications) queue->close();
    }
}

void ThreadQueue::on_message(std::uintptr_t id) noexcept {
    std::shared_ptr<ThreadQueue> queue;
    {
        const port::Lock lock(g_registry.mutex);
        if (!g_registry.queues) return;
        for (const auto& each : *g_registry.queues) {
            if (each->m_id == id) queue = each;
        }
    }
    if (queue) queue->run();
}

bool ThreadQueue::open() noexcept {
    m_thread = port::current_thread_id();
    return m_window.open(&on_message, static_cast<std::uintptr_t>(m_id));
}

void ThreadQueue::close() noexcept {
    {
        const port::Lock lock(g_registry.mutex);
        std::erase_if(*g_registry.queues,
                      [this](const auto& queue) { return queue.get() == this; });
    }
    std::deque<Item> forgotten;  // released without the lock: it may hold the last reference
    const port::Lock lock(m_mutex);
    m_closed = true;
    forgotten.swap(m_items);
    m_window.close();
}

bool ThreadQueue::is_current() const noexcept {
    return m_thread == port::current_thread_id();
}

bool ThreadQueue::post(Work&& work) {
    const port::Lock lock(m_mutex);
    if (m_closed || stale()) return false;
    m_items.push_back({m_posted + 1, nullptr});
    m_items.back().work.swap(work);
    ++m_posted;
    if (!m_woken) m_woken = m_window.wake();
    return true;
}

port::Pumped ThreadQueue::dispatch() noexcept {
    const port::Pumped pumped = m_window.pump();
    run();
    return pumped;
}

void ThreadQueue::run() noexcept {
    std::uint64_t last = 0;
    {
        const port::Lock lock(m_mutex);
        last = m_posted;  // what work adds now waits for the next time: its thread has more to do
        m_woken = false;
    }
    while (true) {
        Work work;
        {
            const port::Lock lock(m_mutex);
            if (m_items.empty() || m_items.front().number > last) return;
            work.swap(m_items.front().work);
            m_items.pop_front();
        }
        abi::guard("work for a thread", [&]() -> HRESULT {
            work();
            return S_OK;
        });
    }
}

}  // namespace remapi::object
