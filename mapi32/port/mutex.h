// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Locks. POSIX threads on every platform: on PE winpthreads, which runs on Windows XP and needs no
// constructor for an object with static storage.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace remapi::port {

/// A mutex for objects with static storage: constant-initialised and never destroyed.
class StaticMutex {
public:
    void lock() noexcept { pthread_mutex_lock(&m_mutex); }
    bool try_lock() noexcept { return pthread_mutex_trylock(&m_mutex) == 0; }
    void unlock() noexcept { pthread_mutex_unlock(&m_mutex); }
    pthread_mutex_t* native() noexcept { return &m_mutex; }

private:
    pthread_mutex_t m_mutex = PTHREAD_MUTEX_INITIALIZER;
};

/// A mutex that is a member of an object.
class Mutex {
public:
    Mutex() noexcept { pthread_mutex_init(&m_mutex, nullptr); }
    ~Mutex() { pthread_mutex_destroy(&m_mutex); }
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;
    void lock() noexcept { pthread_mutex_lock(&m_mutex); }
    bool try_lock() noexcept { return pthread_mutex_trylock(&m_mutex) == 0; }
    void unlock() noexcept { pthread_mutex_unlock(&m_mutex); }
    pthread_mutex_t* native() noexcept { return &m_mutex; }

private:
    pthread_mutex_t m_mutex;
};

/// A mutex that its owner may take again.
class RecursiveMutex {
public:
    RecursiveMutex() noexcept;
    ~RecursiveMutex() { pthread_mutex_destroy(&m_mutex); }
    RecursiveMutex(const RecursiveMutex&) = delete;
    RecursiveMutex& operator=(const RecursiveMutex&) = delete;
    void lock() noexcept { pthread_mutex_lock(&m_mutex); }
    bool try_lock() noexcept { return pthread_mutex_trylock(&m_mutex) == 0; }
    void unlock() noexcept { pthread_mutex_unlock(&m_mutex); }

private:
    pthread_mutex_t m_mutex;
};

/// Holds a mutex for a scope.
template <class M>
class Lock {
public:
    explicit Lock(M& mutex) noexcept : m_mutex(mutex) { m_mutex.lock(); }
    ~Lock() { m_mutex.unlock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    M& m_mutex;
};

/// A condition variable for Mutex.
class Condition {
public:
    Condition() noexcept;
    ~Condition() { pthread_cond_destroy(&m_condition); }
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    /// Waits until notified; wakes spuriously. The caller holds `mutex`.
    void wait(Mutex& mutex) noexcept { pthread_cond_wait(&m_condition, mutex.native()); }
    /// The same with a limit. False when `milliseconds` passed without a notification.
    bool wait_for(Mutex& mutex, std::uint32_t milliseconds) noexcept;
    void notify_one() noexcept { pthread_cond_signal(&m_condition); }
    void notify_all() noexcept { pthread_cond_broadcast(&m_condition); }

private:
    pthread_cond_t m_condition;
};

/// Runs `function` exactly once; `once` has static storage and starts as REMAPI_ONCE_INIT.
using Once = pthread_once_t;
#define REMAPI_ONCE_INIT PTHREAD_ONCE_INIT
inline void call_once(Once& once, void (*function)()) noexcept {
    pthread_once(&once, function);
}

}  // namespace remapi::port
