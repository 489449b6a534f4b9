// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/support_test.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "port/utf.h"

namespace remapi::port::test {

void set_environment(const char* name, const char* value) {
    if (value) {
        ::setenv(name, value, 1);
    } else {
        ::unsetenv(name);
    }
}

ChildEnd run_this_program() {
    const std::string program = to_utf8(join_path(StringView(u"/proc/self"), u"exe"));
    char* const arguments[] = {const_cast<char*>(program.c_str()), nullptr};
    pid_t child = 0;
    if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, ::environ) != 0)
        return {};
    int status = 0;
    if (::waitpid(child, &status, 0) != child) return {};
    return {WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

bool read_errors_of_this_program(std::string& errors) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    char program[] = "/proc/self/exe";
    char* const arguments[] = {program, nullptr};
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, program, &actions, nullptr, arguments, ::environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    char buffer[256];
    ssize_t count = 0;
    while (!failed && (count = ::read(ends[0], buffer, sizeof buffer)) > 0)
        errors.append(buffer, static_cast<std::size_t>(count));
    ::close(ends[0]);
    return !failed && ::waitpid(child, nullptr, 0) == child;
}

std::vector<String> arguments_of_this_process() {
    std::string line;
    read_file(u"/proc/self/cmdline", line);
    std::vector<String> words;
    for (std::size_t at = line.find('\0') + 1; at < line.size();) {
        words.push_back(from_utf8(line.c_str() + at));
        at = line.find('\0', at) + 1;
    }
    return words;
}

void set_current_folder(StringView path) {
    if (::chdir(to_utf8(path).c_str()) != 0) std::abort();
}

String some_module() {
    void* const module = ::dlopen("libm.so.6", RTLD_NOW);
    Dl_info information = {};
    ::dladdr(::dlsym(module, "cos"), &information);
    char path[4096];
    return from_utf8(::realpath(information.dli_fname, path));
}

std::string unwanted_inheritance() {
    std::string found;
    for (int standard = 0; standard <= 2; ++standard) {
        char target[64] = {};
        const std::string link = "/proc/self/fd/" + std::to_string(standard);
        if (::readlink(link.c_str(), target, sizeof(target) - 1) < 0 ||
            std::string(target) != "/dev/null") {
            found += "standard stream " + std::to_string(standard) + " is " + target + "; ";
        }
    }
    DIR* const folder = ::opendir("/proc/self/fd");
    while (const dirent* entry = ::readdir(folder)) {
        const int descriptor = std::atoi(entry->d_name);
        if (descriptor > 2 && descriptor != ::dirfd(folder)) {
            found += "descriptor " + std::to_string(descriptor) + "; ";
        }
    }
    ::closedir(folder);
    const int terminal = ::open("/dev/tty", O_RDWR);
    if (terminal >= 0) found += "a terminal; ";
    if (::getsid(0) == ::getpid()) found += "leads a session; ";
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    if (::sigismember(&blocked, SIGUSR1)) found += "a blocked signal; ";
    struct sigaction usr2 = {};
    ::sigaction(SIGUSR2, nullptr, &usr2);
    if (usr2.sa_handler != SIG_DFL) found += "an ignored signal; ";
    return found;
}

void end_this_process(int code) {
    ::_exit(code);
}

Bait::Bait() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) std::abort();
    m_watch = ends[0];
    // High enough to be none of the child's own.
    m_take = ::fcntl(ends[1], F_DUPFD, 200);
    ::close(ends[1]);
    ::sigset_t usr1;
    ::sigemptyset(&usr1);
    ::sigaddset(&usr1, SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &usr1, nullptr);
    ::signal(SIGUSR2, SIG_IGN);
}

Bait::~Bait() {
    ::close(static_cast<int>(m_take));
    ::close(static_cast<int>(m_watch));
    ::sigset_t usr1;
    ::sigemptyset(&usr1);
    ::sigaddset(&usr1, SIGUSR1);
    ::pthread_sigmask(SIG_UNBLOCK, &usr1, nullptr);
    ::signal(SIGUSR2, SIG_DFL);
}

void Bait::take(const std::string& number) {
    if (::write(std::atoi(number.c_str()), "x", 1) != 1) return;  // as it should be
}

bool Bait::taken() const {
    pollfd watch = {static_cast<int>(m_watch), POLLIN, 0};
    return ::poll(&watch, 1, 0) > 0;
}

}  // namespace remapi::port::test
