// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/isolated_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "compat-tests/harness/child.h"

namespace remapi::test {
namespace {

constexpr std::string_view kChildWord = "--isolated-child";
constexpr std::string_view kLookedUp = "#looked-up ";
constexpr std::array<std::string_view, 3> kEndings = {"#passed", "#failed", "#skipped"};

/// Writes what GoogleTest reports, without its frame, and the lines for the parent.
class ChildReport : public testing::EmptyTestEventListener {
public:
    void OnTestPartResult(const testing::TestPartResult& part) override {
        if (part.passed()) return;
        if (part.file_name()) std::printf("%s:%d: ", part.file_name(), part.line_number());
        std::printf("%s\n", part.message());
    }
    void OnTestEnd(const testing::TestInfo& test) override {
        const testing::TestResult& result = *test.result();
        const Result verdict = result.Skipped()  ? Result::Skipped
                               : result.Passed() ? Result::Passed
                                                 : Result::Failed;
        std::printf("\n%s\n", kEndings[static_cast<std::size_t>(verdict)].data());
    }
};

/// What GoogleTest's wildcards mean: `?` one character, `*` any number.
bool matches(std::string_view pattern, std::string_view name) {
    if (pattern.empty()) return name.empty();
    if (pattern[0] == '*') {
        const std::string_view rest = pattern.substr(1);
        for (std::size_t at = 0; at <= name.size(); ++at) {
            if (matches(rest, name.substr(at))) return true;
        }
        return false;
    }
    const bool is_same = !name.empty() && (pattern[0] == '?' || pattern[0] == name[0]);
    return is_same && matches(pattern.substr(1), name.substr(1));
}

bool matches_any(std::string_view patterns, std::string_view name) {
    while (!patterns.empty()) {
        const std::size_t end = std::min(patterns.find(':'), patterns.size());
        if (matches(patterns.substr(0, end), name)) return true;
        patterns.remove_prefix(std::min(end + 1, patterns.size()));
    }
    return false;
}

bool is_selected(std::string_view filter, std::string_view name) {
    const std::size_t dash = std::min(filter.find('-'), filter.size());
    const std::string_view wanted = filter.substr(0, dash);
    const std::string_view unwanted = filter.substr(std::min(dash + 1, filter.size()));
    return (wanted.empty() || matches_any(wanted, name)) && !matches_any(unwanted, name);
}

/// Takes the lines for the parent out of the output; what the test itself said at its end, if it
/// got there.
std::optional<Result> read_output(std::string_view text, IsolatedRun& run) {
    std::optional<Result> ending;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto found = std::find(kEndings.begin(), kEndings.end(), line);
        if (found != kEndings.end()) {
            ending = static_cast<Result>(found - kEndings.begin());
        } else if (auto lookup = read_lookup(line)) {
            run.lookups.push_back(std::move(*lookup));
        } else if (!line.empty()) {
            run.output.append(line).append("\n");
        }
    }
    return ending;
}

/// Why a child's end is none that a test makes; empty when it is.
std::string bad_end(const ChildRun& child, bool said_its_end, unsigned limit_seconds) {
    char text[80] = {};
    switch (child.end) {
        case ChildRun::End::NotStarted:
            return "The process could not be started.\n";
        case ChildRun::End::TimedOut:
            std::snprintf(text, sizeof(text), "Took more than %u s.\n", limit_seconds);
            return text;
        case ChildRun::End::Crashed:
            std::snprintf(text, sizeof(text), "Ended by signal or exception %#x.\n",
                          static_cast<unsigned>(child.code));
            return text;
        case ChildRun::End::Exited:
            break;
    }
    if (said_its_end && child.code <= 1) return {};
    std::snprintf(text, sizeof(text), "Ended early, or badly, with exit code %u.\n",
                  static_cast<unsigned>(child.code));
    return text;
}

}  // namespace

IsolatedRun run_isolated(const std::string& test, const std::vector<std::string>& arguments,
                         unsigned limit_seconds) {
    std::vector<std::string> words = {std::string(kChildWord), "--gtest_filter=" + test};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const auto start = std::chrono::steady_clock::now();
    const ChildRun child = run_child(words, limit_seconds);
    const auto took = std::chrono::steady_clock::now() - start;

    IsolatedRun run;
    run.test = test;
    run.milliseconds =
        static_cast<long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
    const std::optional<Result> ending = read_output(child.output, run);
    const std::string problem = bad_end(child, ending.has_value(), limit_seconds);
    run.output += problem;
    run.timed_out = child.end == ChildRun::End::TimedOut;
    run.result = problem.empty() && ending ? *ending : Result::Failed;
    // A leak is found after the test has said that it passed.
    if (run.result != Result::Failed && child.code != 0) run.result = Result::Failed;
    return run;
}

std::vector<std::string> selected_tests() {
    const std::string filter = testing::GTEST_FLAG(filter);
    const testing::UnitTest& all = *testing::UnitTest::GetInstance();
    std::vector<std::string> names;
    for (int i = 0; i < all.total_test_suite_count(); ++i) {
        const testing::TestSuite& suite = *all.GetTestSuite(i);
        for (int j = 0; j < suite.total_test_count(); ++j) {
            std::string name = suite.name();
            name.append(".").append(suite.GetTestInfo(j)->name());
            if (is_selected(filter, name)) names.push_back(std::move(name));
        }
    }
    return names;
}

bool is_isolated_child(const std::vector<std::string>& arguments) {
    return std::find(arguments.begin(), arguments.end(), kChildWord) != arguments.end();
}

int run_as_isolated_child() {
    prepare_child();
    testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new ChildReport());
    return RUN_ALL_TESTS();
}

void tell_lookup(const char* export_name, bool exists) {
    std::printf("\n%s%s%s\n", kLookedUp.data(), exists ? "" : "!", export_name);
}

std::optional<Lookup> read_lookup(std::string_view line) {
    if (!line.starts_with(kLookedUp)) return std::nullopt;
    const std::string_view name = line.substr(kLookedUp.size());
    const bool exists = !name.starts_with('!');
    return Lookup{std::string(name.substr(exists ? 0 : 1)), exists};
}

void end_isolated_test(Result result, const char* why) {
    std::printf("%s\n\n%s\n", why, kEndings[static_cast<std::size_t>(result)].data());
    end_child(result == Result::Failed ? 1 : 0);
}

}  // namespace remapi::test
