// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/system/socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "port/utf.h"

namespace remapi::tool {
namespace {

/// Finishes a connect that was started without blocking. 0 or an errno.
int wait_for_connect(int descriptor, std::uint32_t timeout_ms) {
    pollfd wanted = {descriptor, POLLOUT, 0};
    if (::poll(&wanted, 1, static_cast<int>(timeout_ms)) <= 0) return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

int connect_to(const addrinfo& address, std::uint32_t timeout_ms, int& error) {
    const int descriptor =
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        error = errno;
        return -1;
    }
    error = ::connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) error = wait_for_connect(descriptor, timeout_ms);
    if (error != 0) {
        ::close(descriptor);
        return -1;
    }
    ::fcntl(descriptor, F_SETFL, 0);
    const timeval limit = {static_cast<time_t>(timeout_ms / 1000),
                           static_cast<suseconds_t>(timeout_ms % 1000 * 1000)};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return descriptor;
}

}  // namespace

std::intptr_t socket_connect(const String& host, unsigned port, std::uint32_t timeout_ms,
                             std::string& error) {
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int answer =
        ::getaddrinfo(port::to_utf8(host).c_str(), std::to_string(port).c_str(), &hints, &found);
    if (answer != 0) {
        error = ::gai_strerror(answer);
        return -1;
    }
    int descriptor = -1;
    for (const addrinfo* address = found; address && descriptor < 0; address = address->ai_next) {
        int failure = 0;
        descriptor = connect_to(*address, timeout_ms, failure);
        if (descriptor < 0) error = std::strerror(failure);
    }
    ::freeaddrinfo(found);
    return descriptor;
}

std::size_t socket_read(std::intptr_t socket, char* buffer, std::size_t size) noexcept {
    const ssize_t count = ::recv(static_cast<int>(socket), buffer, size, 0);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool socket_write(std::intptr_t socket, std::string_view bytes) noexcept {
    const ssize_t count =
        ::send(static_cast<int>(socket), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return count == static_cast<ssize_t>(bytes.size());
}

void socket_close(std::intptr_t socket) noexcept {
    ::close(static_cast<int>(socket));
}

}  // namespace remapi::tool
