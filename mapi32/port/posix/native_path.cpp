// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/posix/native_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "port/utf.h"

namespace remapi::port {

bool native_path(StringView path, std::string& native) {
    if (path.find(u'\0') != StringView::npos) return false;
    native = to_utf8(path);
    return true;
}

int open_native(const char* path, int flags, unsigned mode) noexcept {
    int descriptor = -1;
    do {
        descriptor = ::open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

std::size_t read_small_file(const char* path, char* buffer, std::size_t size) noexcept {
    const int descriptor = open_native(path, O_RDONLY);
    if (descriptor < 0) return 0;
    std::size_t length = 0;
    while (length + 1 < size) {
        const ssize_t count = ::read(descriptor, buffer + length, size - 1 - length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        length += static_cast<std::size_t>(count);
    }
    ::close(descriptor);
    buffer[length] = '\0';
    return length;
}

std::string program_path() {
    std::string path(PATH_MAX, '\0');
    const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
    path.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    // So the kernel marks a program whose file was replaced while it runs.
    constexpr std::string_view kDeleted = " (deleted)";
    if (path.ends_with(kDeleted)) path.resize(path.size() - kDeleted.size());
    return path;
}

}  // namespace remapi::port
