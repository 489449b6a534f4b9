// SPDX-License-Identifier: LGPL-2.1-or-later
//
// This program again, as a child whose output and end are seen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace remapi::test {

/// How a child ended, and all that it wrote to its standard output and error.
struct ChildRun {
    enum class End { Exited, Crashed, TimedOut, NotStarted };

    End end = End::NotStarted;
    /// Exited: the exit code. Crashed: the signal, or the code of the exception.
    std::uint32_t code = 0;
    std::string output;
};

/// Runs this program with `arguments`, which hold no blanks and no quotes, and waits for its end,
/// at most `limit_seconds`; then it is killed.
ChildRun run_child(const std::vector<std::string>& arguments, unsigned limit_seconds);

/// For the child, at its start: what it writes leaves it at once, and a crash ends it without a
/// dialog or a debugger.
void prepare_child();

/// Ends this process at once with `code`: no handler runs, nothing is checked for leaks.
[[noreturn]] void end_child(int code);

}  // namespace remapi::test
