// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/system/system.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "port/utf.h"

namespace remapi::tool {
namespace {

constexpr std::size_t kMostInput = 64u << 20;
constexpr int kNotStarted = 127;

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

bool read_all(int descriptor, std::string& bytes) {
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
        if (count == 0) return true;
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 || bytes.size() + static_cast<std::size_t>(count) > kMostInput) return false;
        bytes.append(buffer, static_cast<std::size_t>(count));
    }
}

/// Keeps a terminal from showing what is typed, for a scope.
class QuietTerminal {
public:
    explicit QuietTerminal(int descriptor) : m_descriptor(descriptor) {
        m_changed = ::tcgetattr(descriptor, &m_before) == 0;
        if (!m_changed) return;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        quiet.c_lflag |= ECHONL;
        ::tcsetattr(descriptor, TCSAFLUSH, &quiet);
    }
    ~QuietTerminal() {
        if (m_changed) ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

private:
    int m_descriptor;
    bool m_changed;
    termios m_before = {};
};

/// The child's side of run_shell_command. Between fork and exec only calls that are safe there.
[[noreturn]] void become(const std::vector<char*>& words, const std::vector<char*>& environment,
                         int output) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execve("/bin/sh", words.data(), environment.data());
    ::_exit(kNotStarted);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// The environment of this process with `variables` put over it.
std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, String>>& variables) {
    std::vector<std::string> result;
    for (char** entry = ::environ; *entry; ++entry) {
        const std::string_view text = *entry;
        bool replaced = false;
        for (const auto& [name, value] : variables) {
            replaced = replaced || text.starts_with(name + "=");
        }
        if (!replaced) result.emplace_back(text);
    }
    for (const auto& [name, value] : variables) result.push_back(name + "=" + port::to_utf8(value));
    return result;
}

}  // namespace

void print(std::string_view utf8) {
    write_all(STDOUT_FILENO, utf8);
}

void print_error(std::string_view utf8) {
    write_all(STDERR_FILENO, utf8);
}

bool output_is_terminal() noexcept {
    return ::isatty(STDOUT_FILENO) == 1;
}

bool error_is_terminal() noexcept {
    return ::isatty(STDERR_FILENO) == 1;
}

bool input_is_terminal() noexcept {
    return ::isatty(STDIN_FILENO) == 1;
}

bool read_descriptor(unsigned descriptor, std::string& bytes) {
    bytes.clear();
    return read_all(static_cast<int>(descriptor), bytes);
}

bool read_secret_line(std::string_view prompt, String& line) {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return false;
    std::string bytes;
    {
        const QuietTerminal quiet(terminal);
        write_all(terminal, prompt);
        char byte = 0;
        while (::read(terminal, &byte, 1) == 1 && byte != '\n') bytes += byte;
    }
    ::close(terminal);
    line = port::from_utf8(bytes);
    return true;
}

void set_environment(const char* name, const char* value) {
    ::setenv(name, value, 1);
}

int run_shell_command(const std::string& command, const std::vector<String>& arguments,
                      const std::vector<std::pair<std::string, String>>& variables,
                      std::string& output) {
    std::vector<std::string> words = {"sh", "-c", command + " \"$@\"", "sh"};
    for (const String& argument : arguments) words.push_back(port::to_utf8(argument));
    std::vector<std::string> environment = environment_with(variables);
    const std::vector<char*> word_pointers = pointers(words);
    const std::vector<char*> environment_pointers = pointers(environment);

    const int file = ::memfd_create("output", MFD_CLOEXEC);
    if (file < 0) return kNotStarted;
    const pid_t child = ::fork();
    if (child == 0) become(word_pointers, environment_pointers, file);
    int status = kNotStarted << 8;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    // A file, not a pipe: a Wine server that stays behind would keep a pipe open.
    output.clear();
    ::lseek(file, 0, SEEK_SET);
    read_all(file, output);
    ::close(file);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool is_on_search_path(const char* program) {
    const char* const path = std::getenv("PATH");
    std::string_view rest = path ? path : "/usr/bin:/bin";
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::string candidate = std::string(rest.substr(0, colon)) + "/" + program;
        if (::access(candidate.c_str(), X_OK) == 0) return true;
        rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
    return false;
}

}  // namespace remapi::tool
