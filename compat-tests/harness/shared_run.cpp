// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/shared_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "compat-tests/harness/child.h"
#include "port/file.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

constexpr std::string_view kSharedChildWord =
    "--shared-child=";  ///< and the number of its first test
constexpr std::string_view kBeganLine = "#began ";
constexpr std::string_view kEndedLine = "#ended ";
constexpr std::string_view kVerdictWords[] = {"passed", "failed", "skipped"};

std::string full_name(const testing::TestInfo& test) {
    return std::string(test.test_suite_name()) + "." + test.name();
}

/// Writes what the parent reads.
class SharedReport : public testing::EmptyTestEventListener {
public:
    void OnTestStart(const testing::TestInfo& test) override {
        std::printf("\n%s%s\n", kBeganLine.data(), full_name(test).c_str());
    }
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
        std::printf("\n%s%s %s %ld\n", kEndedLine.data(), full_name(test).c_str(),
                    kVerdictWords[static_cast<std::size_t>(verdict)].data(),
                    static_cast<long>(result.elapsed_time()));
    }
};

/// The next piece of `text` up to `separator`, which is taken off too.
std::string_view take(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return piece;
}

/// What a child said of the tests that it began.
std::vector<SharedResult> read_shared_output(std::string_view text) {
    std::vector<SharedResult> results;
    bool inside = false;
    while (!text.empty()) {
        std::string_view line = take(text, '\n');
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.starts_with(kBeganLine)) {
            results.push_back({.test = std::string(line.substr(kBeganLine.size()))});
            inside = true;
        } else if (line.starts_with(kEndedLine) && inside) {
            line.remove_prefix(kEndedLine.size());
            take(line, ' ');
            const auto found =
                std::find(std::begin(kVerdictWords), std::end(kVerdictWords), take(line, ' '));
            results.back().result = static_cast<Result>(found - std::begin(kVerdictWords));
            std::from_chars(line.data(), line.data() + line.size(), results.back().milliseconds);
            results.back().has_ended = true;
            inside = false;
        } else if (auto lookup = read_lookup(line)) {
            if (inside) results.back().lookups.push_back(std::move(*lookup));
        } else if (!line.empty()) {
            if (results.empty()) results.push_back({.test = "(start of process)"});
            results.back().output.append(line).append("\n");
        }
    }
    if (inside) results.back().output += "Ended its process, or took too long.\n";
    return results;
}

bool is_test(const SharedResult& result) {
    return !result.test.starts_with('(');
}

bool is_registered(std::string_view name) {
    const testing::UnitTest& all = *testing::UnitTest::GetInstance();
    for (int i = 0; i < all.total_test_suite_count(); ++i) {
        const testing::TestSuite& suite = *all.GetTestSuite(i);
        for (int j = 0; j < suite.total_test_count(); ++j) {
            if (full_name(*suite.GetTestInfo(j)) == name) return true;
        }
    }
    return false;
}

}  // namespace

std::vector<SharedResult> run_shared(const std::vector<std::string>& tests,
                                     const std::vector<std::string>& arguments,
                                     unsigned limit_seconds) {
    std::vector<SharedResult> results;
    std::size_t next = 0;
    while (next < tests.size()) {
        std::vector<std::string> words = {std::string(kSharedChildWord) + std::to_string(next)};
        words.insert(words.end(), arguments.begin(), arguments.end());
        const ChildRun child = run_child(words, limit_seconds);
        std::vector<SharedResult> begun = read_shared_output(child.output);
        // What was printed before the first test is noise, unless there was none.
        const auto count =
            static_cast<std::size_t>(std::count_if(begun.begin(), begun.end(), is_test));
        if (count == 0) {  // and no other child would
            const std::string why = begun.empty() ? std::string() : begun.back().output;
            for (; next < tests.size(); ++next)
                results.push_back({tests[next], Result::Failed, "Was not begun.\n"});
            results.push_back({"(start of process)", Result::Failed, why});
            break;
        }
        next += count;
        const bool bad = child.end != ChildRun::End::Exited || child.code > 1;
        const bool all_passed = std::all_of(begun.begin(), begun.end(), [](const auto& result) {
            return !is_test(result) || result.result != Result::Failed;
        });
        if (next >= tests.size() && (bad || (child.code != 0 && all_passed)))
            begun.push_back({"(end of process)", Result::Failed, begun.back().output});
        std::erase_if(
            begun, [](const SharedResult& result) { return result.test == "(start of process)"; });
        results.insert(results.end(), begun.begin(), begun.end());
    }
    return results;
}

bool is_shared_child(const std::vector<std::string>& arguments) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [](const std::string& word) { return word.starts_with(kSharedChildWord); });
}

int run_as_shared_child(const std::vector<std::string>& tests,
                        const std::vector<std::string>& arguments) {
    std::size_t first = 0;
    for (const std::string& word : arguments) {
        if (word.starts_with(kSharedChildWord))
            std::from_chars(word.data() + kSharedChildWord.size(), word.data() + word.size(),
                            first);
    }
    std::string filter;
    for (std::size_t i = first; i < tests.size(); ++i) filter.append(tests[i]).append(":");
    testing::GTEST_FLAG(filter) = filter;
    prepare_child();
    testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new SharedReport());
    return RUN_ALL_TESTS();
}

Expectations read_expectations(const String& path, std::string_view subject) {
    std::string text;
    if (port::read_file(path, text) != 0) {
        std::fprintf(stderr, "cannot read %s\n", port::to_utf8(path).c_str());
        std::exit(2);
    }
    Expectations expectations;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::string_view line = take(rest, '\n');
        if (line.empty() || line.front() == '#') continue;
        const std::string_view whose = take(line, '\t');
        const std::string_view test = take(line, '\t');
        if (test.empty() || line.empty()) {
            std::fprintf(stderr, "an expectation without a reason: %.*s\n",
                         static_cast<int>(test.size()), test.data());
            std::exit(2);
        }
        if (whose == subject) expectations.emplace(test, line);
    }
    return expectations;
}

int judge(const std::vector<SharedResult>& results, const Expectations& expectations) {
    std::size_t passed = 0, known = 0, failed = 0;
    Expectations unused = expectations;
    for (const SharedResult& result : results) {
        const auto expected = expectations.find(result.test);
        const bool is_known = expected != expectations.end();
        unused.erase(result.test);
        const char* complaint = nullptr;
        if (result.result == Result::Skipped) complaint = "was skipped";
        if (result.result == Result::Failed && !is_known) complaint = "failed";
        if (result.result == Result::Passed && is_known)
            complaint = "passes: take it out of compat-tests/expectations/";
        if (complaint) {
            ++failed;
            std::printf("[  FAILED  ] %s %s (%ld ms)\n%s\n", result.test.c_str(), complaint,
                        result.milliseconds, result.output.c_str());
        } else if (is_known) {
            ++known;
            std::printf("[  KNOWN   ] %s: %s\n", result.test.c_str(), expected->second.c_str());
        } else {
            ++passed;
        }
    }
    for (const auto& [test, reason] : unused) {
        if (is_registered(test)) continue;  // and left out of this run
        ++failed;
        std::printf("[  FAILED  ] %s is expected to fail and is no test\n", test.c_str());
    }
    std::printf("%zu passed, %zu known failures, %zu failed\n", passed, known, failed);
    return failed == 0 ? 0 : 1;
}

}  // namespace remapi::test
