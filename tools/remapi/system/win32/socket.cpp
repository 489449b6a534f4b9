// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/system/socket.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include "port/file.h"
#include "port/utf.h"

namespace remapi::tool {
namespace {

/// Finishes a connect that was started without blocking. 0 or a Winsock error.
int wait_for_connect(SOCKET socket, std::uint32_t timeout_ms) {
    fd_set writable;
    fd_set failed;
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(socket, &writable);
    FD_SET(socket, &failed);
    timeval limit = {static_cast<long>(timeout_ms / 1000),
                     static_cast<long>(timeout_ms % 1000 * 1000)};
    if (select(0, nullptr, &writable, &failed, &limit) <= 0) return WSAETIMEDOUT;
    int error = 0;
    int size = sizeof error;
    getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return error;
}

SOCKET connect_to(const addrinfo& address, std::uint32_t timeout_ms, int& error) {
    const SOCKET result = socket(address.ai_family, address.ai_socktype, address.ai_protocol);
    if (result == INVALID_SOCKET) {
        error = WSAGetLastError();
        return result;
    }
    u_long no_blocking = 1;
    ioctlsocket(result, FIONBIO, &no_blocking);
    error = connect(result, address.ai_addr, static_cast<int>(address.ai_addrlen)) == 0
                ? 0
                : WSAGetLastError();
    if (error == WSAEWOULDBLOCK) error = wait_for_connect(result, timeout_ms);
    if (error != 0) {
        closesocket(result);
        return INVALID_SOCKET;
    }
    u_long blocking = 0;
    ioctlsocket(result, FIONBIO, &blocking);
    const DWORD limit = timeout_ms;
    setsockopt(result, SOL_SOCKET, SO_RCVTIMEO, reinterpret_cast<const char*>(&limit),
               sizeof limit);
    setsockopt(result, SOL_SOCKET, SO_SNDTIMEO, reinterpret_cast<const char*>(&limit),
               sizeof limit);
    return result;
}

}  // namespace

std::intptr_t socket_connect(const String& host, unsigned port, std::uint32_t timeout_ms,
                             std::string& error) {
    WSADATA data = {};
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0) {
        error = "no network on this machine";
        return -1;
    }
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int answer =
        getaddrinfo(port::to_utf8(host).c_str(), std::to_string(port).c_str(), &hints, &found);
    if (answer != 0) {
        error = port::describe(answer);
        return -1;
    }
    SOCKET result = INVALID_SOCKET;
    for (const addrinfo* address = found; address && result == INVALID_SOCKET;
         address = address->ai_next) {
        int failure = 0;
        result = connect_to(*address, timeout_ms, failure);
        if (result == INVALID_SOCKET) error = port::describe(failure);
    }
    freeaddrinfo(found);
    return result == INVALID_SOCKET ? -1 : static_cast<std::intptr_t>(result);
}

std::size_t socket_read(std::intptr_t socket, char* buffer, std::size_t size) noexcept {
    const int count = recv(static_cast<SOCKET>(socket), buffer, static_cast<int>(size), 0);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool socket_write(std::intptr_t socket, std::string_view bytes) noexcept {
    const int count =
        send(static_cast<SOCKET>(socket), bytes.data(), static_cast<int>(bytes.size()), 0);
    return count == static_cast<int>(bytes.size());
}

void socket_close(std::intptr_t socket) noexcept {
    closesocket(static_cast<SOCKET>(socket));
}

}  // namespace remapi::tool
