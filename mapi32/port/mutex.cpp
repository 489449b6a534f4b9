// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/mutex.h"

#include <cerrno>
#include <ctime>

namespace remapi::port {

RecursiveMutex::RecursiveMutex() noexcept {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m_mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

Condition::Condition() noexcept {
    pthread_cond_init(&m_condition, nullptr);
}

bool Condition::wait_for(Mutex& mutex, std::uint32_t milliseconds) noexcept {
    timespec until = {};
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += static_cast<long>(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        ++until.tv_sec;
    }
    return pthread_cond_timedwait(&m_condition, mutex.native(), &until) != ETIMEDOUT;
}

}  // namespace remapi::port
