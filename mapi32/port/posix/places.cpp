// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of file.h that knows where things lie on this machine.
#include <pwd.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "port/file.h"
#include "port/posix/native_path.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

/// The absolute path that an environment variable holds. Relative ones are void (XDG base
/// directories).
String folder_variable(const char* name) {
    const std::optional<String> value = environment(name);
    return value && is_absolute_path(*value) ? *value : String();
}

String home_folder() {
    String home = folder_variable("HOME");
    if (!home.empty()) return home;
    std::string buffer(1024, '\0');
    passwd entry = {};
    passwd* found = nullptr;
    while (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == ERANGE) {
        buffer.resize(buffer.size() * 2);
    }
    return found && found->pw_dir ? from_utf8(found->pw_dir) : String(u"/");
}

String base_folder(const char* variable, StringView below_home) {
    String folder = folder_variable(variable);
    return folder.empty() ? join_path(home_folder(), below_home) : folder;
}

constexpr std::array<std::uint32_t, 11> kNetworkFileSystems = {
    0x00006969,  // NFS
    0x0000517B,  // SMB
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB 2
    0x5346414F,  // AFS
    0x6B414653,  // AFS of the kernel
    0x73757245,  // Coda
    0x0000564C,  // NCP
    0x01021997,  // 9P
    0x00C36400,  // Ceph
    0x0BD00BD0,  // Lustre
};

}  // namespace

String absolute_path(StringView path) {
    if (is_absolute_path(path)) return String(path);
    std::string current(PATH_MAX, '\0');
    if (!::getcwd(current.data(), current.size()) || current[0] != '/') return String();
    const String folder = from_utf8(current.c_str());
    return path.empty() ? folder : join_path(folder, path);
}

String temporary_folder() {
    const String folder = folder_variable("TMPDIR");
    return !folder.empty() && is_folder(folder) ? folder : String(u"/tmp");
}

String local_data_folder() {
    return base_folder("XDG_DATA_HOME", u".local/share");
}

String configuration_folder() {
    return base_folder("XDG_CONFIG_HOME", u".config");
}

String system_folder() {
    return String();
}

bool is_remote(StringView path) {
    const String absolute = absolute_path(path);
    StringView existing = absolute;
    std::string native;
    struct statfs status = {};
    while (native_path(existing, native) && ::statfs(native.c_str(), &status) != 0) {
        const StringView parent = parent_folder(existing);
        if (parent.empty() || parent.size() == existing.size()) return false;
        existing = parent;
    }
    const auto type = static_cast<std::uint32_t>(status.f_type);
    for (const std::uint32_t known : kNetworkFileSystems) {
        if (type == known) return true;
    }
    return false;
}

}  // namespace remapi::port
