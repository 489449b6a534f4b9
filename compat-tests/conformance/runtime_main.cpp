// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The program of the runtime's conformance tests. Options beside --gtest_filter and
// --gtest_list_tests:
//   --limit=SECONDS    what one test may take (default 30)
//   --lookups=FILE     writes a line for each test: its name, result, and the exports it looked up
//   --coverage         judges the tests instead of the library; see runtime_coverage.h
//   --stub=FUNCTION    takes this function from the library of stubs
//   --subject=stubs    judges the library of stubs
#include <gtest/gtest.h>

#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "compat-tests/conformance/runtime_coverage.h"
#include "compat-tests/harness/isolated_test.h"
#include "compat-tests/harness/mapi_library.h"
#include "compat-tests/harness/shared_run.h"

namespace remapi::test {
namespace {

struct Request {
    unsigned limit_seconds = 30;
    bool coverage = false;
    std::string lookups_path;
    Subject::Options subject;
    std::vector<std::string> for_children;  ///< the words that they get, too
};

/// The rest of `word` when it begins with `option`, else null.
const char* value_of(const std::string& word, std::string_view option) {
    return word.starts_with(option) ? word.c_str() + option.size() : nullptr;
}

/// False when a word is none of the options.
bool read(const std::vector<std::string>& words, Request& request) {
    for (const std::string& word : words) {
        const char* value = nullptr;
        if (word == "--coverage") {
            request.coverage = true;
        } else if ((value = value_of(word, "--limit="))) {
            std::from_chars(value, word.data() + word.size(), request.limit_seconds);
        } else if ((value = value_of(word, "--lookups="))) {
            request.lookups_path = value;
        } else if ((value = value_of(word, "--stub="))) {
            request.subject.stubbed = value;
            request.for_children.push_back(word);
        } else if (word == "--subject=stubs") {
            request.subject.variable = "REMAPI_STUB_LIBRARY";
            request.for_children.push_back(word);
        } else if (!is_isolated_child({word}) && !is_shared_child({word})) {
            std::fprintf(stderr, "unknown option: %s\n", word.c_str());
            return false;
        }
    }
    return true;
}

void print_end(const IsolatedRun& run) {
    static constexpr const char* kVerdicts[] = {"[       OK ]", "[  FAILED  ]", "[  SKIPPED ]"};
    if (run.result != Result::Passed) std::printf("%s", run.output.c_str());
    std::printf("%s %s (%ld ms)\n", kVerdicts[static_cast<int>(run.result)], run.test.c_str(),
                run.milliseconds);
    std::fflush(stdout);
}

void write_lookups(const std::string& path, const std::vector<IsolatedRun>& runs) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    if (!file) {
        std::fprintf(stderr, "cannot write %s\n", path.c_str());
        return;
    }
    for (const IsolatedRun& run : runs) {
        static constexpr const char* kResults[] = {"passed", "failed", "skipped"};
        std::fprintf(file, "%s\t%s\t", run.test.c_str(), kResults[static_cast<int>(run.result)]);
        const char* separator = "";
        for (const Lookup& lookup : run.lookups) {
            std::fprintf(file, "%s%s%s", separator, lookup.exists ? "" : "!",
                         lookup.export_name.c_str());
            separator = " ";
        }
        std::fprintf(file, "\n");
    }
    std::fclose(file);
}

int run_tests(const Request& request, const std::vector<std::string>& tests) {
    std::printf("[==========] Running %zu tests, each in a process of its own.\n", tests.size());
    std::vector<IsolatedRun> runs;
    std::vector<std::string> failed;
    std::size_t skipped = 0;
    for (const std::string& test : tests) {
        std::printf("[ RUN      ] %s\n", test.c_str());
        runs.push_back(run_isolated(test, request.for_children, request.limit_seconds));
        print_end(runs.back());
        if (runs.back().result == Result::Failed) failed.push_back(test);
        skipped += runs.back().result == Result::Skipped;
    }
    if (!request.lookups_path.empty()) write_lookups(request.lookups_path, runs);
    for (const std::string& test : failed) std::printf("[  FAILED  ] %s\n", test.c_str());
    std::printf("%zu passed, %zu failed, %zu skipped\n", tests.size() - failed.size() - skipped,
                failed.size(), skipped);
    return failed.empty() ? 0 : 1;
}

}  // namespace
}  // namespace remapi::test

int main(int count, char** words) {
    namespace test = remapi::test;
    testing::InitGoogleTest(&count, words);
    const std::vector<std::string> arguments(words + 1, words + count);
    test::Request request;
    if (!test::read(arguments, request)) return 2;
    if (test::is_isolated_child(arguments)) {
        request.subject.tell_lookups = true;
        test::Subject::set_options(request.subject);
        return test::run_as_isolated_child();
    }
    if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
    const std::vector<std::string> tests = test::selected_tests();
    if (test::is_shared_child(arguments)) {
        request.subject.tell_lookups = true;
        test::Subject::set_options(request.subject);
        return test::run_as_shared_child(tests, arguments);
    }
    if (tests.empty()) {
        std::fprintf(stderr, "no test matches\n");
        return 2;
    }
    if (request.coverage) return test::judge_coverage(tests, request.limit_seconds);
    return test::run_tests(request, tests);
}
