// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The system's sockets, as far as Connection needs them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "port/wide.h"

namespace remapi::tool {

/// A connected socket whose reads and writes give up after `timeout_ms`; -1 with `error` set.
std::intptr_t socket_connect(const String& host, unsigned port, std::uint32_t timeout_ms,
                             std::string& error);
/// The number of bytes read; 0 at the end, after the time-out and on failure.
std::size_t socket_read(std::intptr_t socket, char* buffer, std::size_t size) noexcept;
bool socket_write(std::intptr_t socket, std::string_view bytes) noexcept;
void socket_close(std::intptr_t socket) noexcept;

}  // namespace remapi::tool
