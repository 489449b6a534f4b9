// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "port/posix/native_path.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

void write_all(int descriptor, std::string_view text) noexcept {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// A standard error whose reader is gone must not end the caller's program.
void write_to_standard_error(std::string_view text) noexcept {
    sigset_t pipe;
    sigset_t before;
    sigset_t pending;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::sigpending(&pending);
    const bool was_pending = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    write_all(STDERR_FILENO, text);
    const timespec at_once = {};
    if (!was_pending) {
        while (::sigtimedwait(&pipe, nullptr, &at_once) < 0 && errno == EINTR) {
        }
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool append_to(StringView path, std::string_view line) {
    std::string native;
    if (path.empty() || !native_path(path, native)) return false;
    const int descriptor = open_native(native.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (descriptor < 0) return false;
    write_all(descriptor, line);
    ::close(descriptor);
    return true;
}

}  // namespace

void write_diagnostic(std::string_view line, StringView file) noexcept {
    const int error = errno;
    bool written = false;
    try {
        written = append_to(file, line);
    } catch (...) {
        written = false;  // out of memory: standard error needs none
    }
    if (!written) write_to_standard_error(line);
    errno = error;
}

void tell_person(StringView title, StringView text) noexcept {
    try {
        write_to_standard_error(to_utf8(title) + ": " + to_utf8(text) + "\n");
    } catch (...) {
        write_to_standard_error("out of memory\n");
    }
}

}  // namespace remapi::port
