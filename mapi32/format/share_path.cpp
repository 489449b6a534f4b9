// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/share_path.h"

namespace remapi::format {
namespace {

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether `path` is `folder` or lies below it. Case is ignored where ASCII has it.
bool is_within(std::string_view path, std::string_view folder) noexcept {
    if (folder.empty() || path.size() < folder.size()) return false;
    for (std::size_t i = 0; i < folder.size(); ++i) {
        if (lower(path[i]) != lower(folder[i])) return false;
    }
    return path.size() == folder.size() || path[folder.size()] == '\\';
}

}  // namespace

bool is_unc_path(std::string_view path) noexcept {
    return path.size() > 2 && path[0] == '\\' && path[1] == '\\' && path[2] != '\\';
}

bool has_drive(std::string_view path) noexcept {
    return path.size() >= 2 && is_letter(path[0]) && path[1] == ':';
}

std::optional<std::string> unc_from_local(std::string_view path, const ShareOfDrive& share_of) {
    if (!has_drive(path)) return std::nullopt;
    std::string result = share_of(path[0]);
    if (result.empty()) return std::nullopt;
    const std::string_view rest = path.substr(2);
    if (!rest.empty() && rest.front() != '\\') result.push_back('\\');
    result.append(rest);
    return result;
}

std::optional<std::string> local_from_unc(std::string_view path, const ShareOfDrive& share_of) {
    if (!is_unc_path(path)) return std::nullopt;
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
        const std::string share = share_of(letter);
        if (!is_within(path, share)) continue;
        std::string result = {letter, ':'};
        result.append(path.substr(share.size()));
        return result;
    }
    return std::nullopt;
}

}  // namespace remapi::format
