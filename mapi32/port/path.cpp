// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of file.h that only looks at the text of a path.
#include "port/file.h"

namespace remapi::port {
namespace {

#ifdef _WIN32
constexpr WideChar kSeparator = L'\\';
constexpr bool is_separator(WideChar c) noexcept {
    return c == L'\\' || c == L'/';
}
constexpr bool has_drive(StringView path) noexcept {
    const auto letter = [](WideChar c) { return (c | 0x20) >= L'a' && (c | 0x20) <= L'z'; };
    return path.size() >= 2 && path[1] == L':' && letter(path[0]);
}
#else
constexpr WideChar kSeparator = u'/';
constexpr bool is_separator(WideChar c) noexcept {
    return c == u'/';
}
constexpr bool has_drive(StringView) noexcept {
    return false;
}
#endif

/// Where the last name of `path` begins.
std::size_t leaf_start(StringView path) noexcept {
    const std::size_t lowest = has_drive(path) ? 2 : 0;
    std::size_t start = path.size();
    while (start > lowest && !is_separator(path[start - 1])) --start;
    return start;
}

}  // namespace

bool is_absolute_path(StringView path) noexcept {
#ifdef _WIN32
    if (has_drive(path)) return path.size() >= 3 && is_separator(path[2]);
    return path.size() >= 2 && is_separator(path[0]) && is_separator(path[1]);
#else
    return !path.empty() && is_separator(path[0]);
#endif
}

StringView leaf_name(StringView path) noexcept {
    return path.substr(leaf_start(path));
}

StringView parent_folder(StringView path) noexcept {
    const std::size_t start = leaf_start(path);
    const std::size_t drive = has_drive(path) ? 2 : 0;
    std::size_t end = start;
    while (end > drive && is_separator(path[end - 1])) --end;
    const bool is_root = end == drive && start > drive;
    return path.substr(0, is_root ? start : end);
}

String join_path(StringView folder, StringView name) {
    String path(folder);
    const bool bare_drive = has_drive(folder) && folder.size() == 2;
    if (!path.empty() && !bare_drive && !is_separator(path.back())) path.push_back(kSeparator);
    path.append(name);
    return path;
}

WideChar path_separator() noexcept {
    return kSeparator;
}

}  // namespace remapi::port
