// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Each test in a process of its own, so that a library that crashes, raises or hangs ends one test
// and not the run.
//
// The child tells its parent what happens in lines of its output that begin with '#':
//   #looked-up NAME, #looked-up !NAME   an export was looked up; it is (not) there
//   #passed, #failed, #skipped          the end of the test; nothing of the test runs afterwards
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace remapi::test {

enum class Result { Passed, Failed, Skipped };

struct Lookup {
    std::string export_name;
    bool exists = false;
};

struct IsolatedRun {
    std::string test;
    Result result = Result::Failed;
    std::string output;  ///< why it failed or was skipped, and what it printed
    std::vector<Lookup> lookups;
    long milliseconds = 0;
    bool timed_out = false;  ///< it failed by taking longer than it may
};

/// The parent's half: runs one test of this program, `arguments` being more words for the child.
IsolatedRun run_isolated(const std::string& test, const std::vector<std::string>& arguments,
                         unsigned limit_seconds);

/// The tests of this program that --gtest_filter selects, as Suite.Name.
std::vector<std::string> selected_tests();

/// Whether this process is such a child.
bool is_isolated_child(const std::vector<std::string>& arguments);
/// The child's half: runs what --gtest_filter selects. Answers the exit code.
int run_as_isolated_child();
/// For the child: a line about a lookup.
void tell_lookup(const char* export_name, bool exists);
/// For the parent: the lookup that a line is about; nothing when it is another line.
std::optional<Lookup> read_lookup(std::string_view line);
/// For the child: ends the test with its process.
[[noreturn]] void end_isolated_test(Result result, const char* why);

/// The function that an export is a spelling of: without the bytes of its arguments.
std::string_view function_of(std::string_view export_name);

}  // namespace remapi::test
