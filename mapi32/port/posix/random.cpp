// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/random.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>

#include "port/posix/native_path.h"

namespace remapi::port {
namespace {

bool from_device(char* to, std::size_t size) noexcept {
    const int descriptor = open_native("/dev/urandom", O_RDONLY);
    if (descriptor < 0) return false;
    while (size > 0) {
        const ssize_t count = ::read(descriptor, to, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    ::close(descriptor);
    return size == 0;
}

}  // namespace

bool random_bytes(void* buffer, std::size_t size) noexcept {
    char* to = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t count = ::getrandom(to, size, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return from_device(to, size);  // an old kernel, or a sandbox
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

}  // namespace remapi::port
