// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/thread.h"

#include <ctime>
#include <memory>

namespace remapi::port {
namespace {

void* run_body(void* argument) {
    const std::unique_ptr<std::function<void()>> body(
        static_cast<std::function<void()>*>(argument));
    (*body)();
    return nullptr;
}

}  // namespace

bool Thread::start(std::function<void()> body) {
    auto owned = std::make_unique<std::function<void()>>(std::move(body));
    if (pthread_create(&m_thread, nullptr, run_body, owned.get()) != 0) return false;
    static_cast<void>(owned.release());  // the thread deletes it
    m_running = true;
    return true;
}

void Thread::join() noexcept {
    if (!m_running) return;
    pthread_join(m_thread, nullptr);
    m_running = false;
}

void Thread::detach() noexcept {
    if (!m_running) return;
    pthread_detach(m_thread);
    m_running = false;
}

void rest(std::uint32_t milliseconds) noexcept {
    timespec duration = {};
    duration.tv_sec = milliseconds / 1000;
    duration.tv_nsec = static_cast<long>(milliseconds % 1000) * 1000000;
    nanosleep(&duration, nullptr);
}

}  // namespace remapi::port
