// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Paths on another machine, by its name ("\\server\share\path") and by a drive letter that stands
// for the share. Pages: mapi/scuncfromlocalpath.md, mapi/sclocalpathfromunc.md
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace remapi::format {

/// The share that a drive letter is connected to, without a backslash at its end; empty for none.
using ShareOfDrive = std::function<std::string(char letter)>;

/// Whether `path` starts with a server: two backslashes and a name.
bool is_unc_path(std::string_view path) noexcept;
/// Whether `path` starts with a drive letter and a colon.
bool has_drive(std::string_view path) noexcept;

/// `path`, which has a drive, by the name of the share that drive is connected to; nullopt when it
/// is connected to none.
std::optional<std::string> unc_from_local(std::string_view path, const ShareOfDrive& share_of);

/// `path`, which names a share, by the letter of the first drive that is connected to it or to a
/// folder above it; nullopt when none is.
std::optional<std::string> local_from_unc(std::string_view path, const ShareOfDrive& share_of);

}  // namespace remapi::format
