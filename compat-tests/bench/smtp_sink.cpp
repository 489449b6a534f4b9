// SPDX-License-Identifier: LGPL-2.1-or-later
#include "smtp_sink.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace remapi::bench {
namespace {

constexpr std::string_view kEndOfData = "\r\n.\r\n";

bool send_all(int connection, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool is_command(const std::string& line, const char* verb) {
    return strncasecmp(line.c_str(), verb, 4) == 0;
}

}  // namespace

SmtpSink::SmtpSink() {
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || bind(m_listener, generic, size) != 0 || listen(m_listener, 64) != 0 ||
        getsockname(m_listener, generic, &size) != 0) {
        throw std::runtime_error("no server socket");
    }
    m_port = ntohs(address.sin_port);
    std::thread(&SmtpSink::accept_all, this).detach();
}

std::size_t SmtpSink::messages() const {
    const std::lock_guard lock(m_mutex);
    return m_messages;
}

std::size_t SmtpSink::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

void SmtpSink::wait_for(std::size_t count, double seconds) const {
    std::unique_lock lock(m_mutex);
    const auto arrived = [&] { return m_messages >= count; };
    if (!m_arrival.wait_for(lock, std::chrono::duration<double>(seconds), arrived)) {
        throw std::runtime_error("the server got " + std::to_string(m_messages) + " of " +
                                 std::to_string(count) + " messages in time");
    }
}

void SmtpSink::accept_all() {
    for (;;) {
        const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        const int yes = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        {
            const std::lock_guard lock(m_mutex);
            ++m_connections;
        }
        std::thread(&SmtpSink::serve, this, connection).detach();
    }
}

bool SmtpSink::answer(int connection, const std::string& line, bool& in_data) {
    if (is_command(line, "EHLO")) {
        return send_all(connection,
                        "250-localhost\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n");
    }
    if (is_command(line, "QUIT")) {
        send_all(connection, "221 2.0.0 Bye\r\n");
        return false;
    }
    in_data = is_command(line, "DATA");
    return send_all(connection, in_data ? "354 Go on\r\n" : "250 2.0.0 OK\r\n");
}

void SmtpSink::serve(int connection) {
    std::string pending;
    bool in_data = false;
    bool open = send_all(connection, "220 localhost ESMTP\r\n");
    char chunk[65536];
    while (open) {
        const std::string_view end = in_data ? kEndOfData : std::string_view("\r\n");
        const std::size_t at = pending.find(end);
        if (at == std::string::npos) {
            // Of the data only what may be the start of their end is kept.
            if (in_data && pending.size() > kEndOfData.size()) {
                pending.erase(0, pending.size() - kEndOfData.size());
            }
            const ssize_t got = recv(connection, chunk, sizeof chunk, 0);
            if (got <= 0) break;
            pending.append(chunk, static_cast<std::size_t>(got));
            continue;
        }
        const std::string line = pending.substr(0, at);
        pending.erase(0, at + end.size());
        if (!in_data) {
            open = answer(connection, line, in_data);
            if (in_data) pending.insert(0, "\r\n");  // so that data of a lone dot end, too
            continue;
        }
        in_data = false;
        {
            const std::lock_guard lock(m_mutex);
            ++m_messages;
        }
        m_arrival.notify_all();
        open = send_all(connection, "250 2.0.0 Accepted\r\n");
    }
    close(connection);
}

}  // namespace remapi::bench
