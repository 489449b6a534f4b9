// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/run.h"

#include <gtest/gtest.h>

#include "tools/remapi/cli/help.h"

namespace remapi::tool {
namespace {

int code(ExitCode value) {
    return static_cast<int>(value);
}

TEST(RunTest, NonsenseIsAUsageError) {
    EXPECT_EQ(run({}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("nonsense")}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("profile")}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("profile"), REMAPI_W("nonsense")}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("send"), REMAPI_W("--nonsense")}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("send"), REMAPI_W("--to=nobody")}), code(ExitCode::Usage));
    EXPECT_EQ(run({REMAPI_W("show"), REMAPI_W("xyz")}), code(ExitCode::Usage));
}

TEST(RunTest, AProfileIsNotMadeFromBadSettings) {
    const std::vector<String> good = {REMAPI_W("profile"),    REMAPI_W("create"),
                                      REMAPI_W("name"),       REMAPI_W("--smtp=host"),
                                      REMAPI_W("--from=a@b"), REMAPI_W("--security=tls")};
    for (const StringView bad :
         {REMAPI_W("--smtp=other"), REMAPI_W("--policy=never"), REMAPI_W("--ca=/no/such/file"),
          REMAPI_W("--password-fd=0"), REMAPI_W("other-name")}) {
        std::vector<String> words = good;
        words.emplace_back(bad);
        EXPECT_EQ(run(words), code(ExitCode::Usage)) << std::string(bad.begin(), bad.end());
    }
}

TEST(RunTest, HelpIsThereForEveryCommand) {
    EXPECT_EQ(run({REMAPI_W("--help")}), code(ExitCode::Ok));
    EXPECT_EQ(run({REMAPI_W("--version")}), code(ExitCode::Ok));
    for_each_command([](const Command& command) {
        std::vector<String> words = {REMAPI_W("help")};
        const std::string name = command.name;
        const std::size_t blank = name.find(' ');
        words.emplace_back(name.begin(),
                           name.begin() + static_cast<long>(std::min(blank, name.size())));
        if (blank != std::string::npos) {
            words.emplace_back(name.begin() + static_cast<long>(blank) + 1, name.end());
        }
        EXPECT_EQ(run(words), code(ExitCode::Ok)) << name;
    });
}

}  // namespace
}  // namespace remapi::tool
