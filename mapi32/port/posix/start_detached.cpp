// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Between fork and exec only async-signal-safe calls are allowed, because other threads of the
// caller may hold any lock: everything that allocates is prepared before.
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "port/file.h"
#include "port/posix/native_path.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

constexpr int kReportDescriptor = 3;

struct Launch {
    std::string program;
    std::string folder;
    std::vector<std::string> arguments;
    std::vector<char*> argument_pointers;
    char** environment = nullptr;
    int report = -1;  ///< closed by a successful exec, else receives the error
};

pid_t fork_without_handlers() noexcept {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    return ::_Fork();  // runs no pthread_atfork handler of the caller's libraries in the child
#else
    return ::fork();
#endif
}

[[noreturn]] void report_and_exit(int report, int error) noexcept {
    const ssize_t written = ::write(report, &error, sizeof(error));
    ::_exit(written == sizeof(error) ? 1 : 2);
}

/// Closes what /proc lists from `first` on, with the kernel's own call, since readdir allocates.
bool close_listed(int first) noexcept {
    struct Entry {
        std::uint64_t inode;
        std::int64_t offset;
        std::uint16_t length;
        unsigned char type;
        char name[1];
    };
    const int folder = open_native("/proc/self/fd", O_RDONLY | O_DIRECTORY);
    if (folder < 0) return false;
    alignas(Entry) char buffer[2048];
    for (;;) {
        const long size = ::syscall(SYS_getdents64, folder, buffer, sizeof(buffer));
        if (size <= 0) break;
        for (long at = 0; at < size;) {
            const auto* const entry = reinterpret_cast<const Entry*>(buffer + at);
            at += entry->length;
            int descriptor = 0;
            const char* digit = entry->name;
            while (*digit >= '0' && *digit <= '9') descriptor = descriptor * 10 + (*digit++ - '0');
            if (digit != entry->name && descriptor >= first && descriptor != folder)
                ::close(descriptor);
        }
    }
    ::close(folder);
    return true;
}

void close_from(int first) noexcept {
#ifdef SYS_close_range
    if (::syscall(SYS_close_range, first, UINT_MAX, 0) == 0) return;
#endif
    if (close_listed(first)) return;
    const long limit = std::clamp(::sysconf(_SC_OPEN_MAX), 1024L, 65536L);
    for (int descriptor = first; descriptor < limit; ++descriptor) ::close(descriptor);
}

void reset_signals() noexcept {
    struct sigaction by_default = {};
    by_default.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number) ::sigaction(number, &by_default, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become_program(const Launch& launch) noexcept {
    int report = launch.report;
    if (report != kReportDescriptor) {
        if (::dup3(report, kReportDescriptor, O_CLOEXEC) < 0) report_and_exit(report, errno);
        report = kReportDescriptor;
    }
    close_from(kReportDescriptor + 1);
    const int nowhere = open_native("/dev/null", O_RDWR);
    if (nowhere < 0) report_and_exit(report, errno);
    for (int standard = 0; standard <= 2; ++standard) {
        if (::dup2(nowhere, standard) < 0) report_and_exit(report, errno);
    }
    if (nowhere > 2) ::close(nowhere);
    if (::chdir(launch.folder.c_str()) != 0) report_and_exit(report, errno);
    reset_signals();
    ::execve(launch.program.c_str(), launch.argument_pointers.data(), launch.environment);
    report_and_exit(report, errno);
}

/// The child of the caller: leads a session without a terminal and ends at once, so that the
/// program belongs to init and cannot take a terminal.
[[noreturn]] void intermediate(const Launch& launch) noexcept {
    ::setsid();
    const pid_t child = fork_without_handlers();
    if (child < 0) report_and_exit(launch.report, errno);
    if (child == 0) become_program(launch);
    ::_exit(0);
}

bool prepare(StringView program, const std::vector<String>& arguments, Launch& launch) {
    if (!is_absolute_path(program) || !native_path(program, launch.program)) return false;
    launch.folder = to_utf8(parent_folder(program));
    launch.arguments.reserve(arguments.size() + 1);
    launch.arguments.push_back(launch.program);
    for (const String& argument : arguments) {
        if (!native_path(argument, launch.arguments.emplace_back())) return false;
    }
    for (std::string& argument : launch.arguments)
        launch.argument_pointers.push_back(argument.data());
    launch.argument_pointers.push_back(nullptr);
    launch.environment = ::environ;
    return true;
}

/// A pipe whose ends are no standard descriptors, which the new program gets replaced.
bool make_report_pipe(int (&ends)[2]) noexcept {
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    if (ends[1] > 2) return true;
    const int moved = ::fcntl(ends[1], F_DUPFD_CLOEXEC, kReportDescriptor);
    const int error = errno;
    ::close(ends[1]);
    ends[1] = moved;
    if (moved >= 0) return true;
    ::close(ends[0]);
    errno = error;
    return false;
}

/// 0 or why it failed.
int launch_and_wait(Launch& launch) noexcept {
    int ends[2] = {-1, -1};
    if (!make_report_pipe(ends)) return errno;
    launch.report = ends[1];
    // No handler of the caller's may run in the child.
    sigset_t every;
    sigset_t before;
    ::sigfillset(&every);
    ::pthread_sigmask(SIG_SETMASK, &every, &before);
    const pid_t child = fork_without_handlers();
    int error = child < 0 ? errno : 0;
    if (child == 0) intermediate(launch);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::close(ends[1]);
    if (child > 0) {
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
        }
        ssize_t count = 0;
        do {
            count = ::read(ends[0], &error, sizeof(error));
        } while (count < 0 && errno == EINTR);
        if (count != sizeof(error)) error = 0;
    }
    ::close(ends[0]);
    return error;
}

}  // namespace

bool start_detached(StringView program, const std::vector<String>& arguments, std::string& error) {
    Launch launch;
    if (!prepare(program, arguments, launch)) {
        error = "not an absolute path, or a NUL within an argument";
        return false;
    }
    const int failure = launch_and_wait(launch);
    if (failure != 0) error = describe(failure);
    return failure == 0;
}

}  // namespace remapi::port
