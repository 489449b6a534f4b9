// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>

namespace remapi::test {
namespace {

using Clock = std::chrono::steady_clock;

/// Starts this program with `output` as both of its output streams; 0 when that failed.
pid_t start(const std::vector<std::string>& arguments, int output) {
    std::vector<char*> words = {const_cast<char*>("/proc/self/exe")};
    for (const std::string& argument : arguments) {
        words.push_back(const_cast<char*>(argument.c_str()));
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    pid_t child = 0;
    const int error = ::posix_spawn(&child, words[0], &actions, nullptr, words.data(), ::environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? child : 0;
}

/// Reads until everyone who could write has gone. False when `deadline` came first.
bool read_until(int input, Clock::time_point deadline, std::string& output) {
    char piece[4096];
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) return false;
        pollfd watch = {input, POLLIN, 0};
        if (::poll(&watch, 1, static_cast<int>(left.count())) <= 0) continue;
        const ssize_t count = ::read(input, piece, sizeof(piece));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return true;
        output.append(piece, static_cast<std::size_t>(count));
    }
}

}  // namespace

ChildRun run_child(const std::vector<std::string>& arguments, unsigned limit_seconds) {
    ChildRun run;
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return run;
    const pid_t child = start(arguments, ends[1]);
    ::close(ends[1]);
    const bool ended =
        child &&
        read_until(ends[0], Clock::now() + std::chrono::seconds(limit_seconds), run.output);
    ::close(ends[0]);
    if (!child) return run;
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (!ended) {
        run.end = ChildRun::End::TimedOut;
    } else if (WIFSIGNALED(status)) {
        run.end = ChildRun::End::Crashed;
        run.code = static_cast<std::uint32_t>(WTERMSIG(status));
    } else {
        run.end = ChildRun::End::Exited;
        run.code = static_cast<std::uint32_t>(WEXITSTATUS(status));
    }
    return run;
}

void prepare_child() {
    std::setvbuf(stdout, nullptr, _IONBF, 0);
}

void end_child(int code) {
    ::_exit(code);
}

}  // namespace remapi::test
