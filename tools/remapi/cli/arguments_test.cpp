// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/arguments.h"

#include <gtest/gtest.h>

#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;
constexpr OptionSpec kSpecs[] = {
    {"json", Kind::Flag, nullptr, ""},
    {"profile", Kind::One, "NAME", ""},
    {"attach", Kind::Many, "FILE", ""},
    {"timeout", Kind::One, "S", ""},
};

Arguments parse(std::vector<String> words) {
    return Arguments::parse(kSpecs, words);
}

/// The exit code with which parsing ends, Ok when it succeeds.
ExitCode ending(std::vector<String> words) {
    try {
        parse(std::move(words));
        return ExitCode::Ok;
    } catch (const Failure& failure) {
        return failure.code();
    }
}

TEST(ArgumentsTest, OptionsAndOperandsMayBeMixed) {
    const Arguments arguments =
        parse({REMAPI_W("Inbox"), REMAPI_W("--json"), REMAPI_W("--profile"), REMAPI_W("work")});
    EXPECT_TRUE(arguments.has("json"));
    EXPECT_EQ(arguments.one("profile"), String(REMAPI_W("work")));
    EXPECT_EQ(arguments.only_operand("FOLDER"), String(REMAPI_W("Inbox")));
    EXPECT_FALSE(arguments.has("attach"));
}

TEST(ArgumentsTest, AValueMayFollowAnEqualsSignAndHoldOne) {
    EXPECT_EQ(parse({REMAPI_W("--profile=a=b")}).one("profile"), String(REMAPI_W("a=b")));
    EXPECT_EQ(parse({REMAPI_W("--profile=")}).one("profile"), String());
}

TEST(ArgumentsTest, AnOptionForManyKeepsTheirOrder) {
    const auto values =
        parse({REMAPI_W("--attach"), REMAPI_W("b"), REMAPI_W("--attach=a")}).many("attach");
    ASSERT_EQ(values.size(), 2u);
    EXPECT_EQ(values[0], String(REMAPI_W("b")));
    EXPECT_EQ(values[1], String(REMAPI_W("a")));
}

TEST(ArgumentsTest, AValueMayStartWithADash) {
    EXPECT_EQ(parse({REMAPI_W("--profile"), REMAPI_W("--json")}).one("profile"),
              String(REMAPI_W("--json")));
    EXPECT_EQ(parse({REMAPI_W("--profile"), REMAPI_W("-")}).one("profile"), String(REMAPI_W("-")));
}

TEST(ArgumentsTest, TwoDashesEndTheOptions) {
    const Arguments arguments = parse({REMAPI_W("--"), REMAPI_W("--json"), REMAPI_W("-")});
    EXPECT_FALSE(arguments.has("json"));
    EXPECT_EQ(arguments.operands().size(), 2u);
}

TEST(ArgumentsTest, MisuseIsAUsageFailure) {
    EXPECT_EQ(ending({REMAPI_W("--nonsense")}), ExitCode::Usage);
    EXPECT_EQ(ending({REMAPI_W("-x")}), ExitCode::Usage);
    EXPECT_EQ(ending({REMAPI_W("--profile")}), ExitCode::Usage);
    EXPECT_EQ(ending({REMAPI_W("--json=yes")}), ExitCode::Usage);
    EXPECT_EQ(ending({REMAPI_W("--profile=a"), REMAPI_W("--profile=b")}), ExitCode::Usage);
    EXPECT_EQ(ending({REMAPI_W("-")}), ExitCode::Ok);
}

TEST(ArgumentsTest, RequiredOnesThatAreMissingOrEmptyAreUsageFailures) {
    EXPECT_THROW(parse({}).required("profile"), Failure);
    EXPECT_THROW(parse({REMAPI_W("--profile=")}).required("profile"), Failure);
    EXPECT_THROW(parse({}).only_operand("ID"), Failure);
    EXPECT_THROW(parse({REMAPI_W("a"), REMAPI_W("b")}).only_operand("ID"), Failure);
}

TEST(ArgumentsTest, NumbersAreCheckedAgainstTheirRange) {
    EXPECT_EQ(parse({}).number("timeout", 60, 1, 100), 60u);
    EXPECT_EQ(parse({REMAPI_W("--timeout=7")}).number("timeout", 60, 1, 100), 7u);
    EXPECT_THROW(parse({REMAPI_W("--timeout=0")}).number("timeout", 60, 1, 100), Failure);
    EXPECT_THROW(parse({REMAPI_W("--timeout=101")}).number("timeout", 60, 1, 100), Failure);
    EXPECT_THROW(parse({REMAPI_W("--timeout=7s")}).number("timeout", 60, 1, 100), Failure);
    EXPECT_FALSE(parse_number(REMAPI_W("99999999999999999999"), 0xFFFFFFFFu));
    EXPECT_FALSE(parse_number(REMAPI_W(""), 10));
}

}  // namespace
}  // namespace remapi::tool
