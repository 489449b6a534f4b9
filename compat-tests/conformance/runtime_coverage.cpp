// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/runtime_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

#include "compat-tests/harness/isolated_test.h"
#include "compat-tests/harness/shared_run.h"

namespace remapi::test {
namespace {

/// One function of the families that these tests cover.
struct Function {
    const char* name;
    const char* family;
    char priority;
    const char* status;
};

constexpr Function kFunctions[] = {
#include "runtime_functions.inc"
};

/// Functions that are right when they do nothing, as their stubs do. That a test calls them is all
/// that can be asked for.
constexpr std::array<std::string_view, 1> kWithoutEffect = {"DeinitMapiUtil"};

/// What a test may take when a function is a stub: to wait in vain for what it does not do is to
/// notice it. Most tests say so at once, and only if none does it is waited so long.
constexpr unsigned kMostSecondsWithStub = 10;
constexpr unsigned kQuickSecondsWithStub = 3;

/// What a process that runs one test after another may take; what is left then gets another one.
constexpr unsigned kMostSecondsTogether = 120;

using Tests = std::vector<std::string>;

bool misses_an_export(const IsolatedRun& run) {
    return std::any_of(run.lookups.begin(), run.lookups.end(),
                       [](const Lookup& lookup) { return !lookup.exists; });
}

/// One run of the judgement. Single-threaded.
class Judge {
public:
    Judge(const Tests& tests, unsigned limit_seconds)
        : m_tests(tests), m_limit_seconds(limit_seconds) {}

    /// Every test must fail on a library of stubs.
    void judge_tests();
    /// Every function that works must be missed when it alone is a stub.
    void judge_functions();
    int failures() const { return m_failures; }

private:
    void fail(const std::string& subject, const char* why);
    std::vector<IsolatedRun> run_all(Tests arguments);
    void note_lookups(const IsolatedRun& run);
    void judge_function(const char* function);
    bool passes(const std::string& test);
    void run_alone(const std::string& test);
    bool is_missed(const char* function);

    const Tests& m_tests;
    const unsigned m_limit_seconds;
    int m_failures = 0;
    /// For each function the tests that look it up.
    std::map<std::string, std::set<std::string>, std::less<>> m_tests_of;
    /// What is known of the tests on the library under test.
    std::map<std::string, bool> m_passes;
    /// The tests that ran there in a process of their own, so that all their lookups are known.
    std::set<std::string> m_alone;
};

void Judge::judge_tests() {
    for (const IsolatedRun& run : run_all({"--subject=stubs"})) {
        note_lookups(run);
        if (run.result == Result::Passed) fail(run.test, "passes on stubs");
        if (run.result == Result::Skipped && !misses_an_export(run)) {
            fail(run.test, "is skipped on stubs");
        }
    }
}

/// Every test once, in as few processes as they allow: one for each would be most of the work. A
/// test that ends its process, or does not end, gets one of its own after all.
std::vector<IsolatedRun> Judge::run_all(Tests arguments) {
    Tests words = arguments;
    words.push_back("--gtest_filter=" + testing::GTEST_FLAG(filter));
    std::vector<IsolatedRun> runs;
    for (SharedResult& result : run_shared(m_tests, words, kMostSecondsTogether)) {
        if (result.test.starts_with('('))
            continue;  // the end of a process, of which nothing is asked
        if (!result.has_ended) {
            runs.push_back(run_isolated(result.test, arguments, m_limit_seconds));
            continue;
        }
        runs.push_back({result.test, result.result, std::move(result.output),
                        std::move(result.lookups), result.milliseconds});
    }
    return runs;
}

void Judge::judge_functions() {
    for (const IsolatedRun& run : run_all({})) {
        note_lookups(run);
        if (run.result == Result::Passed) m_passes[run.test] = true;  // else it has its say alone
    }
    int not_yet = 0;
    for (const Function& function : kFunctions) {
        if (std::string_view(function.status) != "stub") {
            judge_function(function.name);
            continue;
        }
        std::printf("not yet: %s (%s, priority %c)\n", function.name, function.family,
                    function.priority);
        ++not_yet;
    }
    std::printf("%zu tests, %d of %zu functions not there yet, %d failures\n", m_tests.size(),
                not_yet, std::size(kFunctions), m_failures);
}

void Judge::fail(const std::string& subject, const char* why) {
    std::printf("FAILED: %s %s\n", subject.c_str(), why);
    std::fflush(stdout);
    ++m_failures;
}

void Judge::note_lookups(const IsolatedRun& run) {
    for (const Lookup& lookup : run.lookups) {
        if (lookup.exists)
            m_tests_of[std::string(function_of(lookup.export_name))].insert(run.test);
    }
}

void Judge::judge_function(const char* function) {
    if (is_missed(function)) return;
    // A test may have ended before it came to look the function up, or found it looked up by
    // another.
    for (const std::string& test : m_tests) run_alone(test);
    if (is_missed(function)) return;
    const bool has_effect =
        std::find(kWithoutEffect.begin(), kWithoutEffect.end(), function) == kWithoutEffect.end();
    const bool is_known = m_tests_of.find(std::string_view(function)) != m_tests_of.end();
    if (has_effect || !is_known)
        fail(function, is_known ? "is a stub and no test notices" : "is looked up by no test");
}

/// On the library under test.
bool Judge::passes(const std::string& test) {
    const auto known = m_passes.find(test);
    if (known != m_passes.end()) return known->second;
    run_alone(test);
    return m_passes[test];
}

void Judge::run_alone(const std::string& test) {
    if (!m_alone.insert(test).second) return;
    const IsolatedRun run = run_isolated(test, {}, m_limit_seconds);
    note_lookups(run);
    m_passes[test] = run.result == Result::Passed;
}

/// Whether a test that passes otherwise fails when this function alone is a stub.
bool Judge::is_missed(const char* function) {
    const std::string word = std::string("--stub=") + function;
    const auto found = m_tests_of.find(std::string_view(function));
    if (found == m_tests_of.end()) return false;
    // Asking whether a test passes may find more lookups.
    const std::set<std::string> tests = found->second;
    std::vector<std::string> slow;
    for (const std::string& test : tests) {
        const IsolatedRun run = run_isolated(test, {word}, kQuickSecondsWithStub);
        if (run.timed_out) {
            slow.push_back(test);
        } else if (run.result == Result::Failed && passes(test)) {
            return true;
        }
    }
    const unsigned limit_seconds = std::min(m_limit_seconds, kMostSecondsWithStub);
    return std::any_of(slow.begin(), slow.end(), [&](const std::string& test) {
        return run_isolated(test, {word}, limit_seconds).result == Result::Failed && passes(test);
    });
}

}  // namespace

int judge_coverage(const Tests& tests, unsigned limit_seconds) {
    Judge judge(tests, limit_seconds);
    judge.judge_tests();
    judge.judge_functions();
    return judge.failures() == 0 ? 0 : 1;
}

}  // namespace remapi::test
