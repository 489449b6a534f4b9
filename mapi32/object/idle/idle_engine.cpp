// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/idle/idle_engine.h"

#include <algorithm>
#include <atomic>
#include <limits>

#include "port/clock.h"
#include "port/module.h"

namespace remapi::object {
namespace {

constinit std::atomic<IdleEngine*> g_engine = nullptr;
constinit port::StaticMutex g_engine_mutex;

constexpr std::uint64_t kMillisecondsPerCsec = 10;
// "As often as necessary" is not all the time: what a routine leaves to others between two calls.
constexpr std::uint64_t kPauseMilliseconds = 20;
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kLongestWait = 60 * 1000;

bool has(const IdleRoutine& routine, USHORT option) noexcept {
    return (routine.options & option) != 0;
}

bool is_consistent(const IdleRoutine& routine) noexcept {
    if (!routine.function) return false;
    return !has(routine, FIROINTERVAL) || (!has(routine, FIROWAIT) && !has(routine, FIROPERBLOCK));
}

/// Since when the user has done nothing.
std::uint64_t quiet_since(std::uint64_t now) noexcept {
    const std::uint64_t quiet = port::milliseconds_without_input();
    return quiet < now ? now - quiet : 0;
}

}  // namespace

IdleEngine& IdleEngine::the() {
    if (IdleEngine* engine = g_engine.load(std::memory_order_acquire)) return *engine;
    const port::Lock lock(g_engine_mutex);
    if (!g_engine.load(std::memory_order_relaxed)) {
        g_engine.store(new IdleEngine(), std::memory_order_release);
    }
    return *g_engine.load(std::memory_order_relaxed);
}

bool IdleEngine::start() {
    port::pin_own_module();
    {
        const port::Lock lock(m_mutex);
        if (m_uses > 0) {
            ++m_uses;
            return true;
        }
    }
    auto queue = ThreadQueue::of_this_thread(ThreadQueue::Use::IdleRoutines);
    if (!queue) return false;
    const port::Lock lock(m_mutex);
    while (m_uses == 0 && m_scheduling) m_changed.wait(m_mutex);  // the former one is about to end
    if (m_uses > 0) {
        queue->close();  // another thread was faster
    } else {
        m_stopping = false;
        m_posted = false;
        port::Thread scheduler;
        m_scheduling = scheduler.start([this] { schedule(); });
        scheduler.detach();
        if (!m_scheduling) return false;
        m_queue = std::move(queue);
    }
    ++m_uses;
    return true;
}

void IdleEngine::finish() {
    std::shared_ptr<ThreadQueue> queue;
    {
        const port::Lock lock(m_mutex);
        if (m_uses == 0 || --m_uses > 0) return;
        m_entries.clear();
        m_stopping = true;
        queue.swap(m_queue);
        m_changed.notify_all();
        while (m_scheduling && m_stopping) m_changed.wait(m_mutex);
    }
    if (queue) queue->close();
}

FTG IdleEngine::add(const IdleRoutine& routine) {
    if (!is_consistent(routine)) return FTGNULL;
    const port::Lock lock(m_mutex);
    if (m_uses == 0) return FTGNULL;
    if (++m_last_tag == 0) m_last_tag = 1;
    m_entries.push_back(
        {m_last_tag, routine, !has(routine, FIRODISABLED), port::steady_milliseconds()});
    m_changed.notify_all();
    return reinterpret_cast<FTG>(m_last_tag);
}

IdleEngine::Entry* IdleEngine::find(FTG tag) noexcept {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [tag](const Entry& entry) {
        return entry.tag == reinterpret_cast<std::uintptr_t>(tag);
    });
    return found == m_entries.end() ? nullptr : &*found;
}

void IdleEngine::remove(FTG tag) {
    const port::Lock lock(m_mutex);
    std::erase_if(m_entries, [tag](const Entry& entry) {
        return entry.tag == reinterpret_cast<std::uintptr_t>(tag);
    });
    m_changed.notify_all();
}

void IdleEngine::enable(FTG tag, bool enabled) {
    const port::Lock lock(m_mutex);
    Entry* const entry = find(tag);
    if (!entry || entry->enabled == enabled) return;
    entry->enabled = enabled;
    entry->since = port::steady_milliseconds();
    entry->called = 0;
    m_changed.notify_all();
}

void IdleEngine::change(FTG tag, const IdleRoutine& to, USHORT changes) {
    const port::Lock lock(m_mutex);
    Entry* const entry = find(tag);
    if (!entry) return;
    IdleRoutine changed = entry->routine;
    if ((changes & FIRCPFN) != 0) changed.function = to.function;
    if ((changes & FIRCPV) != 0) changed.context = to.context;
    if ((changes & FIRCPRI) != 0) changed.priority = to.priority;
    if ((changes & FIRCCSEC) != 0) changed.time_csec = to.time_csec;
    if ((changes & FIRCIRO) != 0) changed.options = to.options;
    if (!is_consistent(changed)) return;
    entry->routine = changed;
    if ((changes & FIRCIRO) != 0) entry->enabled = !has(changed, FIRODISABLED);
    if ((changes & (FIRCCSEC | FIRCIRO)) != 0) {
        entry->since = port::steady_milliseconds();
        entry->called = 0;
    }
    m_changed.notify_all();
}

// When `entry` may be called, on the clock that only goes forward.
std::uint64_t IdleEngine::due(const Entry& entry, std::uint64_t quiet) noexcept {
    const IdleRoutine& routine = entry.routine;
    const std::uint64_t time = routine.time_csec * kMillisecondsPerCsec;
    if (!entry.enabled) return kNever;
    if (has(routine, FIROINTERVAL)) return std::max(entry.since, entry.called) + time;

    const std::uint64_t begin = std::max(entry.since, quiet);
    const std::uint64_t wait = has(routine, FIROWAIT) ? time : 0;
    if (entry.called == 0) return begin + wait;
    if (!has(routine, FIROPERBLOCK)) return entry.called + kPauseMilliseconds;
    return entry.called >= begin ? kNever : begin + wait;  // once in each time of quiet
}

// The most urgent of those whose time has come; none: null, and how long until there may be one.
const IdleEngine::Entry* IdleEngine::next(std::uint64_t now, std::uint64_t& wait) const noexcept {
    const std::uint64_t quiet = quiet_since(now);
    const Entry* best = nullptr;
    wait = kLongestWait;
    for (const Entry& entry : m_entries) {
        const std::uint64_t time = std::max(due(entry, quiet), entry.not_before);
        if (time > now) {
            wait = std::min(wait, time - now);
        } else if (!best || entry.routine.priority > best->routine.priority) {
            best = &entry;
        }
    }
    return best;
}

void IdleEngine::schedule() {
    port::use_idle_priority();
    const port::Lock lock(m_mutex);
    while (!m_stopping) {
        std::uint64_t wait = kLongestWait;
        const Entry* const entry = m_posted ? nullptr : next(port::steady_milliseconds(), wait);
        if (!entry) {
            m_changed.wait_for(m_mutex, static_cast<std::uint32_t>(wait));
            continue;
        }
        // When its thread has ended there is nobody to run anything: this waits for the end, too.
        m_posted = true;
        m_queue->post([this, tag = entry->tag] { run(tag); });
    }
    m_scheduling = false;
    m_changed.notify_all();
}

void IdleEngine::run(std::uintptr_t tag) {
    IdleRoutine routine;
    {
        const port::Lock lock(m_mutex);
        Entry* const entry = find(reinterpret_cast<FTG>(tag));
        const bool wanted = entry && entry->enabled;
        const bool later = wanted && entry->routine.priority < 0 && port::user_input_waits();
        if (later) entry->not_before = port::steady_milliseconds() + kPauseMilliseconds;
        if (wanted && !later) routine = entry->routine;
    }
    if (routine.function) routine.function(routine.context);

    const port::Lock lock(m_mutex);
    Entry* const entry = find(reinterpret_cast<FTG>(tag));
    if (entry && routine.function) {
        entry->called = port::steady_milliseconds();
        if (has(routine, FIROONCEONLY)) entry->enabled = false;
    }
    m_posted = false;
    m_changed.notify_all();
}

}  // namespace remapi::object
