// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The format of the files is described in docs/PROFILES.md.
#include "port/settings.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>

#include "port/clock.h"
#include "port/mutex.h"
#include "port/thread.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

constexpr char kFirstLine[] = "remapi-profile 1";
constexpr StringView kEnding = REMAPI_W(".profile");
constexpr StringView kSecretEnding = REMAPI_W(".secrets");
constexpr std::uint64_t kLockPatienceMs = 10000;

using Section = std::map<std::string, std::string, std::less<>>;
using Group = std::map<std::string, Section, std::less<>>;

constinit StaticMutex g_mutex;

/// Keeps the other processes, and the other threads of this one, out of a folder of settings.
class FolderLock {
public:
    SystemError take(StringView folder) {
        const SystemError missing = create_folders(folder, true);
        if (missing) return missing;
        const SystemError error =
            m_file.open(join_path(folder, REMAPI_W(".lock")), File::Mode::ReadWrite, true);
        if (error) return error;
        const std::uint64_t start = steady_milliseconds();
        while (!m_file.try_lock()) {
            if (steady_milliseconds() - start > kLockPatienceMs) return ETIMEDOUT;
            rest(2);
        }
        return 0;
    }

private:
    Lock<StaticMutex> m_inside{g_mutex};
    File m_file;
};

int hex_digit(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

void append_hex(std::string& text, unsigned char byte) {
    constexpr char kDigits[] = "0123456789abcdef";
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
}

std::optional<std::string> bytes_of_hex(std::string_view digits) {
    std::string bytes;
    if (digits.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = hex_digit(digits[i]);
        const int low = hex_digit(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

/// A group's name as a file name: what could be special to a file system is spelled %XX.
String file_name(StringView group, StringView ending) {
    std::string name;
    for (const char unit : to_utf8(group)) {
        const unsigned char byte = static_cast<unsigned char>(unit);
        const bool plain = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                           (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                           byte == '_' || byte == '-' || byte == ' ';
        if (plain) {
            name += unit;
        } else {
            name += '%';
            append_hex(name, byte);
        }
    }
    return from_utf8(name).append(ending);
}

std::optional<String> group_of_file(StringView file) {
    if (file.size() <= kEnding.size() || file.substr(file.size() - kEnding.size()) != kEnding) {
        return std::nullopt;
    }
    const std::string name = to_utf8(file.substr(0, file.size() - kEnding.size()));
    std::string group;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] != '%') {
            group += name[i];
            continue;
        }
        const std::optional<std::string> byte =
            bytes_of_hex(std::string_view(name).substr(i + 1, 2));
        if (!byte || byte->size() != 1) return std::nullopt;
        group += *byte;
        i += 2;
    }
    return from_utf8(group);
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

SystemError parse(std::string_view text, Group& group) {
    Section* section = nullptr;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (first && line != kFirstLine) return EILSEQ;  // another version: do not guess
        if (first || line.empty() || line.front() == '#') {
            first = false;
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            section = &group[std::string(line.substr(1, line.size() - 2))];
            continue;
        }
        const std::size_t equals = line.find('=');
        if (!section || equals == std::string_view::npos) return EILSEQ;
        const std::optional<std::string> bytes = bytes_of_hex(trimmed(line.substr(equals + 1)));
        if (!bytes) return EILSEQ;
        (*section)[std::string(trimmed(line.substr(0, equals)))] = *bytes;
    }
    return first ? EILSEQ : 0;
}

std::string written(const Group& group) {
    std::string text = kFirstLine;
    text += '\n';
    for (const auto& [section_name, section] : group) {
        text += "\n[" + section_name + "]\n";
        for (const auto& [name, bytes] : section) {
            text += name + " = ";
            for (const char byte : bytes) append_hex(text, static_cast<unsigned char>(byte));
            text += '\n';
        }
    }
    return text;
}

/// The two files of a group: what everybody's programs may show, and what they may not.
struct Files {
    String open_path;
    String secret_path;
    Group open;
    Group secret;

    Files(StringView folder, StringView group)
        : open_path(join_path(folder, file_name(group, kEnding))),
          secret_path(join_path(folder, file_name(group, kSecretEnding))) {}

    SystemError load() {
        std::string text;
        SystemError error = read_file(open_path, text);
        if (!error) error = parse(text, open);
        if (error) return error;
        error = read_file(secret_path, text);
        if (is_not_found(error)) return 0;
        return error ? error : parse(text, secret);
    }
    /// The secrets first: a group is never seen without them.
    SystemError save() const {
        SystemError error = 0;
        if (!secret.empty()) {
            error = write_file(secret_path, written(secret), true);
        } else {
            error = remove_file(secret_path);
            if (is_not_found(error)) error = 0;
        }
        return error ? error : write_file(open_path, written(open), true);
    }
};

}  // namespace

std::vector<String> Settings::groups() const {
    std::vector<String> names;
    for (const String& file : list_folder(m_folder)) {
        if (std::optional<String> group = group_of_file(file)) names.push_back(std::move(*group));
    }
    return names;
}

SystemError Settings::create_group(StringView group, bool& created) const {
    created = false;
    FolderLock lock;
    const SystemError error = lock.take(m_folder);
    if (error) return error;
    const Files files(m_folder, group);
    if (exists(files.open_path)) return 0;
    const SystemError failed = files.save();
    created = !failed;
    return failed;
}

SystemError Settings::remove_group(StringView group) const {
    FolderLock lock;
    const SystemError error = lock.take(m_folder);
    if (error) return error;
    const Files files(m_folder, group);
    const SystemError failed = remove_file(files.open_path);
    if (failed) return failed;
    const SystemError secret = remove_file(files.secret_path);
    return is_not_found(secret) ? 0 : secret;
}

SystemError Settings::sections(StringView group, std::vector<std::string>& names) const {
    names.clear();
    Files files(m_folder, group);
    const SystemError error = files.load();
    for (const auto& [name, section] : files.open) names.push_back(name);
    return error;
}

SystemError Settings::read(StringView group, std::string_view section,
                           std::vector<Setting>& values) const {
    values.clear();
    Files files(m_folder, group);
    const SystemError error = files.load();
    if (error) return error;
    const auto open = files.open.find(section);
    if (open == files.open.end()) return ENOENT;
    for (const auto& [name, bytes] : open->second) values.push_back({name, bytes, false});
    const auto secret = files.secret.find(section);
    if (secret == files.secret.end()) return 0;
    for (const auto& [name, bytes] : secret->second) values.push_back({name, bytes, true});
    return 0;
}

SystemError Settings::write(StringView group, std::string_view section,
                            const std::vector<Setting>& changed,
                            const std::vector<std::string>& removed) const {
    FolderLock lock;
    SystemError error = lock.take(m_folder);
    if (error) return error;
    Files files(m_folder, group);
    error = files.load();
    if (error) return error;
    const std::string name(section);
    Section& open = files.open[name];
    Section& secret = files.secret[name];
    for (const std::string& gone : removed) {
        open.erase(gone);
        secret.erase(gone);
    }
    for (const Setting& value : changed) (value.secret ? secret : open)[value.name] = value.bytes;
    if (secret.empty()) files.secret.erase(name);
    return files.save();
}

SystemError Settings::remove_section(StringView group, std::string_view section) const {
    FolderLock lock;
    SystemError error = lock.take(m_folder);
    if (error) return error;
    Files files(m_folder, group);
    error = files.load();
    if (error) return error;
    const auto open = files.open.find(section);
    if (open == files.open.end()) return ENOENT;
    files.open.erase(open);
    files.secret.erase(std::string(section));
    return files.save();
}

String Settings::default_group() const {
    std::string name;
    if (read_file(join_path(m_folder, REMAPI_W("default")), name)) return {};
    return from_utf8(trimmed(name.substr(0, name.find('\n'))));
}

SystemError Settings::set_default_group(StringView group) const {
    FolderLock lock;
    const SystemError error = lock.take(m_folder);
    if (error) return error;
    const String path = join_path(m_folder, REMAPI_W("default"));
    if (!group.empty()) return write_file(path, to_utf8(group) + "\n", true);
    const SystemError failed = remove_file(path);
    return is_not_found(failed) ? 0 : failed;
}

String Settings::place() const {
    return m_folder;
}

SystemError protect_secret(std::string_view plain, std::string& stored) {
    stored = plain;
    return 0;
}

SystemError unprotect_secret(std::string_view stored, std::string& plain) {
    plain = stored;
    return 0;
}

}  // namespace remapi::port
