// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/process.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "port/file.h"
#include "port/posix/native_path.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

constexpr std::string_view kKind = "linux:";

/// The third field of /proc/PID/stat and the 22nd; a state of '\0' when there is no such process.
struct Status {
    char state = '\0';
    std::uint64_t start_time = 0;
};

Status status_of(std::uint32_t id) noexcept {
    char path[32];
    std::snprintf(path, sizeof(path), "/proc/%u/stat", id);
    char text[1024];
    const std::size_t length = read_small_file(path, text, sizeof(text));
    // The second field is the program's name in parentheses, which may itself hold any character.
    const char* field = length ? std::strrchr(text, ')') : nullptr;
    if (!field || field[1] != ' ') return {};
    field += 2;
    Status status;
    status.state = *field;
    for (int number = 3; number < 22 && field; ++number) {
        field = std::strchr(field, ' ');
        if (field) ++field;
    }
    if (field) std::from_chars(field, text + length, status.start_time);
    return status;
}

std::string boot_id() {
    char text[64];
    std::size_t length = read_small_file("/proc/sys/kernel/random/boot_id", text, sizeof(text));
    while (length > 0 && text[length - 1] <= ' ') --length;
    return std::string(kKind).append(text, length);
}

bool from_other_boot(std::string_view left, std::string_view right) {
    left.remove_prefix(left.rfind(':') + 1);
    right.remove_prefix(right.rfind(':') + 1);
    return !left.empty() && !right.empty() && left != right;
}

}  // namespace

std::uint32_t current_process_id() noexcept {
    return static_cast<std::uint32_t>(::getpid());
}

ProcessIdentity this_process() {
    const std::uint32_t id = current_process_id();
    return {id, status_of(id).start_time, boot_id()};
}

bool is_alive(const ProcessIdentity& process) {
    if (process.id == 0 || process.id > INT32_MAX) return false;
    if (from_other_boot(process.boot_id, boot_id())) return false;
    if (!process.boot_id.empty() && !process.boot_id.starts_with(kKind)) return true;
    const Status status = status_of(process.id);
    if (status.state == '\0') {
        return ::kill(static_cast<pid_t>(process.id), 0) == 0 || errno == EPERM;
    }
    if (status.state == 'Z' || status.state == 'X') return false;
    return process.start_time == 0 || process.start_time == status.start_time;
}

String program_name() {
    return String(leaf_name(from_utf8(program_path())));
}

std::optional<String> environment(const char* name) {
    const char* const value = std::getenv(name);
    if (!value) return std::nullopt;
    return from_utf8(value);
}

bool on_wine() noexcept {
    return false;
}

String user_name() {
    std::string buffer(1024, '\0');
    passwd entry = {};
    passwd* found = nullptr;
    while (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == ERANGE) {
        buffer.resize(buffer.size() * 2);
    }
    if (found && found->pw_name && *found->pw_name) return from_utf8(found->pw_name);
    return from_utf8(std::to_string(::geteuid()));
}

String host_name() {
    std::array<char, 256> name = {};
    if (::gethostname(name.data(), name.size() - 1) != 0) return String(u"localhost");
    return from_utf8(name.data());
}

void kill_this_process() noexcept {
    for (;;) ::kill(::getpid(), SIGKILL);
}

}  // namespace remapi::port
