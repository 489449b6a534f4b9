// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Many tests in one child process, so that a session is opened once for all of them. A test that
// ends the process, or hangs, has failed; another child goes on with the tests after it.
//
// The child tells its parent in lines of its output that begin with '#':
//   #began NAME
//   #ended NAME passed|failed|skipped MILLISECONDS
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compat-tests/harness/isolated_test.h"

namespace remapi::test {

/// How one test went; `output` is why it failed or was skipped.
struct SharedResult {
    std::string test;
    Result result = Result::Failed;
    std::string output = {};
    long milliseconds = 0;
    std::vector<Lookup> lookups = {};  ///< where the child tells them
    bool has_ended = false;            ///< else it ended its process, or took too long
};

/// The parent's half: runs `tests`, in their order, and answers one result for each, in the same
/// order. A child that ends badly after its last test makes one more, named "(end of process)".
/// @param arguments      more words for the children
/// @param limit_seconds  for a child
std::vector<SharedResult> run_shared(const std::vector<std::string>& tests,
                                     const std::vector<std::string>& arguments,
                                     unsigned limit_seconds);

/// Whether this process is such a child.
bool is_shared_child(const std::vector<std::string>& arguments);
/// The child's half: runs `tests` from the one that `arguments` name to the last. Answers the exit
/// code.
int run_as_shared_child(const std::vector<std::string>& tests,
                        const std::vector<std::string>& arguments);

/// Known failures of ours: the reason by the name of the test.
using Expectations = std::map<std::string, std::string>;
/// The lines of `subject` in a table of compat-tests/expectations/: subject, test, reason,
/// separated by tabs. Ends the program when the file cannot be read or has a line without a reason.
Expectations read_expectations(const String& path, std::string_view subject);

/// Prints what did not go as expected and a summary; answers the exit code, 0 when every test
/// passed or failed as expected. A test that is expected to fail and passes, one that is skipped
/// and an expectation about no test are failures.
int judge(const std::vector<SharedResult>& results, const Expectations& expectations);

}  // namespace remapi::test
