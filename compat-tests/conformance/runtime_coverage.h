// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Judges the tests of the runtime instead of the library.
#pragma once

#include <string>
#include <vector>

namespace remapi::test {

/// Fails, with names, when
/// - a test passes, or is skipped though every export it wants is there, on a library in which
/// every
///   export is its generated stub body (REMAPI_STUB_LIBRARY);
/// - a function of the runtime's families that works, or partly, is looked up by no test;
/// - no test that passes on the library under test fails once one such function alone is taken from
///   the library of stubs.
/// What is still a stub is printed and does not fail. Answers the exit code.
int judge_coverage(const std::vector<std::string>& tests, unsigned limit_seconds);

}  // namespace remapi::test
