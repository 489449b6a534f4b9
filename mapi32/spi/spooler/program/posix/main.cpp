// SPDX-License-Identifier: LGPL-2.1-or-later
//
// remapi-spoold: sends what lies in the outgoing queues of a profile, then ends. A signal to end is
// obeyed after the message in hand.
#include <unistd.h>
#include <csignal>
#include <cstdio>

#include "port/thread.h"
#include "port/utf.h"
#include "spi/spooler/program/run.h"

namespace {

using namespace remapi::spooler_program;

/// Waits for signals on a thread of its own, because a handler could do next to nothing.
class SignalWatch {
public:
    explicit SignalWatch(StopRelay& stop) : m_stop(stop) {
        sigemptyset(&m_signals);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&m_signals, signal);
        // Before there is any other thread, which would otherwise take them.
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        m_thread.start([this] {
            int signal = 0;
            sigwait(&m_signals, &signal);
            m_stop.stop();
        });
    }
    ~SignalWatch() {
        kill(getpid(), SIGTERM);  // ends the wait; blocked everywhere else
        m_thread.join();
    }
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    StopRelay& m_stop;
    sigset_t m_signals;
    remapi::port::Thread m_thread;
};

}  // namespace

int main(int count, char** words) {
    std::vector<remapi::String> list;
    for (int i = 1; i < count; ++i) list.push_back(remapi::port::from_utf8(words[i]));
    const auto arguments = parse_arguments(list);
    if (!arguments) {
        std::fputs(kUsage, stderr);
        return kBadArguments;
    }
    Report report;
    StopRelay stop;
    {
        const SignalWatch watch(stop);
        report = run(*arguments, stop);
    }
    // Only a person at a terminal wants to read anything.
    if (isatty(STDOUT_FILENO)) {
        std::printf("sent %u, waiting %u, returned %u\n", static_cast<unsigned>(report.sent),
                    static_cast<unsigned>(report.waiting), static_cast<unsigned>(report.failed));
    }
    return exit_code(report);
}
