// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of system.h that both platforms share.
#include "port/module.h"
#include "tools/remapi/system/socket.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {

bool Connection::open(const String& host, unsigned port, std::uint32_t timeout_ms,
                      std::string& error) {
    close();
    m_socket = socket_connect(host, port, timeout_ms, error);
    return m_socket != kClosed;
}

bool Connection::read_line(std::string& line) {
    constexpr std::size_t kLongest = 64 * 1024;
    while (m_pending.find('\n') == std::string::npos) {
        char buffer[1024];
        const std::size_t count = socket_read(m_socket, buffer, sizeof buffer);
        if (count == 0 || m_pending.size() > kLongest) return false;
        m_pending.append(buffer, count);
    }
    const std::size_t end = m_pending.find('\n') + 1;
    line = m_pending.substr(0, end);
    m_pending.erase(0, end);
    return true;
}

bool Connection::write(std::string_view bytes) {
    return m_socket != kClosed && socket_write(m_socket, bytes);
}

void Connection::close() noexcept {
    if (m_socket != kClosed) socket_close(m_socket);
    m_socket = kClosed;
    m_pending.clear();
}

String program_folder() {
    return port::own_module_folder();
}

}  // namespace remapi::tool
