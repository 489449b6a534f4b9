// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>

namespace remapi::bench {

/// An SMTP server in this process that takes every message and forgets it: what is measured is the
/// client. Any thread may ask it; its own threads end with the process.
class SmtpSink {
public:
    /// Listens on a free port of the loopback interface. Throws std::runtime_error.
    SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    int port() const { return m_port; }
    std::size_t messages() const;
    std::size_t connections() const;
    /// Returns once `count` messages in all have arrived; throws std::runtime_error after
    /// `seconds`.
    void wait_for(std::size_t count, double seconds) const;

private:
    void accept_all();
    void serve(int connection);
    /// Answers a command line; false to hang up.
    bool answer(int connection, const std::string& line, bool& in_data);

    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_arrival;
    std::size_t m_messages = 0;
    std::size_t m_connections = 0;
};

}  // namespace remapi::bench
