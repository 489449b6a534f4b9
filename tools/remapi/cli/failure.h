// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How a command of `remapi` ends: its exit codes, and the exception that ends one early.
#pragma once

#include <stdexcept>
#include <string>

namespace remapi::tool {

/// What the program answers with; listed in `remapi --help` and README.md.
enum class ExitCode : int {
    Ok = 0,
    Failed = 1,         ///< the reason is on standard error
    Usage = 2,          ///< the command line makes no sense
    NotFound = 3,       ///< no such profile, folder, message; an empty list is not that
    QueueNotEmpty = 4,  ///< flush: messages still wait
    Problems = 5,       ///< doctor found something to repair
    NoLibrary = 6,      ///< mapi32 could not be loaded
};

/// Ends a command. The text is one sentence for a person, without the program's name.
class Failure final : public std::runtime_error {
public:
    Failure(ExitCode code, const std::string& text) : std::runtime_error(text), m_code(code) {}
    ExitCode code() const noexcept { return m_code; }

private:
    ExitCode m_code;
};

}  // namespace remapi::tool
