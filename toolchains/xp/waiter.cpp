// SPDX-License-Identifier: LGPL-2.1-or-later
#include "waiter.h"

namespace remapi::xp {

namespace {

// Events between two uses. A thread takes one per wait and puts it back, so the pool never holds
// more than were in use at one time, and never more than this many.
constexpr std::size_t kPooledEvents = 16;
constinit HANDLE pool[kPooledEvents] = {};

HANDLE take_event() noexcept {
    for (HANDLE& place : pool) {
        if (!__atomic_load_n(&place, __ATOMIC_RELAXED)) continue;
        if (const HANDLE event = InterlockedExchangePointer(&place, nullptr)) return event;
    }
#ifdef REMAPI_XP_WITHOUT_EVENTS
    return nullptr;
#else
    return CreateEventW(nullptr, FALSE, FALSE, nullptr);
#endif
}

void put_event(HANDLE event) noexcept {
    if (!event) return;
    for (HANDLE& place : pool) {
        if (!InterlockedCompareExchangePointer(&place, event, nullptr)) return;
    }
    CloseHandle(event);
}

}  // namespace

Waiter::Waiter(bool wants_exclusive) noexcept : exclusive(wants_exclusive), m_event(take_event()) {}

// Every entry that was woken has consumed its event, and one that left its queue by itself was
// never signalled: the event goes back unsignalled.
Waiter::~Waiter() {
    put_event(m_event);
}

bool Waiter::wait(DWORD timeout_ms) noexcept {
    if (!m_event) return poll(timeout_ms);
    return WaitForSingleObject(m_event, timeout_ms) == WAIT_OBJECT_0;
}

void Waiter::wake() noexcept {
    // Exactly one of the two: after it, the entry may be gone.
    if (m_event) {
        SetEvent(m_event);
    } else {
        __atomic_store_n(&m_woken, 1, __ATOMIC_RELEASE);
    }
}

bool Waiter::poll(DWORD timeout_ms) noexcept {
    const DWORD start = GetTickCount();
    Backoff backoff;
    while (!__atomic_load_n(&m_woken, __ATOMIC_ACQUIRE)) {
        if (timeout_ms != INFINITE && GetTickCount() - start >= timeout_ms) return false;
        backoff.pause();
    }
    return true;
}

void Backoff::pause() noexcept {
    constexpr unsigned kSpins = 64;
    constexpr unsigned kYields = 96;
    ++m_rounds;
    if (m_rounds < kSpins) {
        YieldProcessor();
    } else if (m_rounds < kYields) {
        SwitchToThread();
    } else {
        Sleep(1);  // also lets a thread of lower priority finish
    }
}

}  // namespace remapi::xp
