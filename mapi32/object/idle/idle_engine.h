// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <vector>

#include "object/notify/thread_queue.h"
#include "port/thread.h"

namespace remapi::object {

/// What a client registers. Page: mapi/ftgregisteridleroutine.md
struct IdleRoutine {
    PFNIDLE function = nullptr;
    void* context = nullptr;
    SHORT priority = 0;   ///< above 0 before the user's events, below 0 only when there are none
    ULONG time_csec = 0;  ///< hundredths of a second; what they mean, `options` say
    USHORT options = 0;   ///< FIRO_; unknown ones mean nothing
};

/// Calls registered routines on the thread that initialised the engine, one at a time, when that
/// runs its message loop (natively: HrDispatchNotifications). A thread of our own with the lowest
/// priority keeps the time. Any thread may call any method, a routine included; no lock is held
/// while a routine runs. Page: mapi/mapi-idle-engine.md
class IdleEngine {
public:
    /// The engine of this process. Never destroyed: nothing of ours may run at process exit.
    static IdleEngine& the();

    /// Counts; the first call makes the calling thread the one that routines run on. False when the
    /// system has no thread or window to give.
    bool start();
    /// Undoes one start; the last one forgets every routine. One too many does nothing.
    void finish();

    /// A tag for `routine`, never a pointer to anything. FTGNULL when the engine is not started,
    /// there is no function, or the options contradict each other (FIROWAIT and FIROINTERVAL;
    /// FIROINTERVAL and FIROPERBLOCK).
    FTG add(const IdleRoutine& routine);
    // An unknown tag is left alone by the three below. A routine that runs goes on.
    void remove(FTG tag);
    void enable(FTG tag, bool enabled);
    /// Changes what `changes` (FIRC_) name.
    void change(FTG tag, const IdleRoutine& to, USHORT changes);

private:
    struct Entry {
        std::uintptr_t tag;
        IdleRoutine routine;
        bool enabled;
        std::uint64_t since;       ///< when it was registered, enabled or given another time
        std::uint64_t called = 0;  ///< when it was last called; 0: not since then
        std::uint64_t not_before = 0;
    };

    IdleEngine() = default;
    Entry* find(FTG tag) noexcept;
    static std::uint64_t due(const Entry& entry, std::uint64_t quiet_since) noexcept;
    const Entry* next(std::uint64_t now, std::uint64_t& wait) const noexcept;
    void schedule();
    void run(std::uintptr_t tag);

    port::Mutex m_mutex;
    port::Condition m_changed;
    std::vector<Entry> m_entries;
    std::shared_ptr<ThreadQueue> m_queue;
    ULONG m_uses = 0;
    std::uintptr_t m_last_tag = 0;
    bool m_posted = false;      ///< a routine is on its way to the thread, or runs
    bool m_scheduling = false;  ///< the thread is in schedule()
    bool m_stopping = false;
};

}  // namespace remapi::object
