// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The program of the conformance tests for message stores. Options beside --gtest_filter and
// --gtest_list_tests:
//   --service=NAME       the message service under test, of mapisvc.inf (default RMLS)
//   --expectations=FILE  known failures, a table of compat-tests/expectations/
//   --subject=NAME       whose lines of that table count
//   --here               runs the tests in this process, for a debugger
#include <cstdio>

#include "compat-tests/conformance/store/store_fixture.h"
#include "compat-tests/harness/shared_run.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

constexpr unsigned kLimitSeconds = 240;

struct Request {
    std::string service = "RMLS";
    std::string expectations;
    std::string subject;
    bool here = false;
};

bool read(const std::vector<std::string>& words, Request& request) {
    for (const std::string& word : words) {
        const auto value_of = [&](std::string_view option) {
            return word.starts_with(option) ? word.c_str() + option.size() : nullptr;
        };
        if (const char* service = value_of("--service=")) {
            request.service = service;
        } else if (const char* expectations = value_of("--expectations=")) {
            request.expectations = expectations;
        } else if (const char* subject = value_of("--subject=")) {
            request.subject = subject;
        } else if (word == "--here") {
            request.here = true;
        } else if (!is_shared_child({word})) {
            std::fprintf(stderr, "unknown option: %s\n", word.c_str());
            return false;
        }
    }
    return true;
}

int run(const Request& request, const std::vector<std::string>& arguments) {
    const std::vector<std::string> tests = selected_tests();
    StoreWorld::set_service(request.service);
    if (request.here || is_shared_child(arguments)) {
        StoreWorld::the();  // without which no test can say anything
        const int code = request.here ? RUN_ALL_TESTS() : run_as_shared_child(tests, arguments);
        StoreWorld::end();
        return code;
    }
    if (tests.empty()) {
        std::fprintf(stderr, "no test matches\n");
        return 2;
    }
    Expectations expectations;
    if (!request.expectations.empty())
        expectations = read_expectations(port::from_utf8(request.expectations), request.subject);
    std::vector<std::string> for_children = {"--service=" + request.service};
    if (!testing::GTEST_FLAG(filter).empty())
        for_children.push_back("--gtest_filter=" + testing::GTEST_FLAG(filter));
    return judge(run_shared(tests, for_children, kLimitSeconds), expectations);
}

}  // namespace
}  // namespace remapi::test

int main(int count, char** words) {
    testing::InitGoogleTest(&count, words);
    const std::vector<std::string> arguments(words + 1, words + count);
    remapi::test::Request request;
    if (!remapi::test::read(arguments, request)) return 2;
    if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
    return remapi::test::run(request, arguments);
}
