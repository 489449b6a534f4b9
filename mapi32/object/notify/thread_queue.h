// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "port/thread_messages.h"

namespace remapi::object {

/// Work that has to be done on one thread, the queue's own: calls of advise sinks, idle routines.
/// On PE it is done when the thread dispatches messages, on every platform in `dispatch`, in the
/// order in which it was posted. Any thread may call what does not say otherwise.
class ThreadQueue {
public:
    using Work = std::function<void()>;
    /// A thread has one queue for each use, because they end at different times.
    enum class Use : std::uint8_t { Notifications, IdleRoutines };

    /// The queue of the calling thread, made if need be. Null when the system gives no window.
    static std::shared_ptr<ThreadQueue> of_this_thread(Use use = Use::Notifications);
    /// The same; null when it has none.
    static std::shared_ptr<ThreadQueue> find_for_this_thread(Use use = Use::Notifications);
    /// Does what waits for the calling thread's sinks, then closes their queue.
    static void close_for_this_thread() noexcept;
    /// Closes every queue for sinks. What waits in those of other threads is forgotten.
    static void close_all() noexcept;

    ThreadQueue(std::uint64_t id, Use use) noexcept : m_id(id), m_use(use) {}
    ThreadQueue(const ThreadQueue&) = delete;
    ThreadQueue& operator=(const ThreadQueue&) = delete;

    /// Adds `work`. False, and `work` is left alone, when the queue is closed or its thread ended.
    bool post(Work&& work);
    bool is_current() const noexcept;
    /// Forgets what waits and closes it for good.
    void close() noexcept;

    /// Does what waited when it was called. Only on the queue's thread; work may call it again.
    port::Pumped dispatch() noexcept;
    /// Waits until there is something to dispatch. False when the time passed without. Only on the
    /// queue's thread.
    bool wait(std::uint32_t milliseconds) noexcept { return m_window.wait(milliseconds); }

private:
    struct Item {
        std::uint64_t number;
        Work work;
    };
    static void on_message(std::uintptr_t id) noexcept;
    bool open() noexcept;
    bool stale() const noexcept { return !m_window.alive(); }
    void run() noexcept;

    const std::uint64_t m_id;  ///< what the window knows it by: the queue may go first
    const Use m_use;
    std::uint64_t m_thread = 0;
    port::ThreadWindow m_window;
    port::Mutex m_mutex;
    std::deque<Item> m_items;    ///< guarded by m_mutex
    std::uint64_t m_posted = 0;  ///< guarded by m_mutex: the number of the last item
    bool m_woken = false;        ///< guarded by m_mutex: a wake-up is on its way
    bool m_closed = false;       ///< guarded by m_mutex
};

}  // namespace remapi::object
