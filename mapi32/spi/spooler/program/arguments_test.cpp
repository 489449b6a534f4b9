// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/program/arguments.h"

#include <gtest/gtest.h>

namespace remapi::spooler_program {
namespace {

TEST(SpoolerArguments, NoneMeanTheDefaultProfileAndNoLimit) {
    const auto arguments = parse_arguments({});
    ASSERT_TRUE(arguments);
    EXPECT_TRUE(arguments->profile.empty());
    EXPECT_FALSE(arguments->once);
    EXPECT_FALSE(arguments->now);
    EXPECT_EQ(0xFFFFFFFFu, arguments->timeout_ms);
}

TEST(SpoolerArguments, AreTakenInAnyOrder) {
    const auto arguments =
        parse_arguments({REMAPI_W("--timeout"), REMAPI_W("12"), REMAPI_W("--now"),
                         REMAPI_W("--profile"), REMAPI_W("B\u00fcro --once"), REMAPI_W("--once")});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(REMAPI_W("B\u00fcro --once"), arguments->profile);
    EXPECT_TRUE(arguments->once);
    EXPECT_TRUE(arguments->now);
    EXPECT_EQ(12000u, arguments->timeout_ms);
}

TEST(SpoolerArguments, WhatIsNotUnderstoodIsRefused) {
    EXPECT_FALSE(parse_arguments({REMAPI_W("--profile")}));
    EXPECT_FALSE(parse_arguments({REMAPI_W("--timeout"), REMAPI_W("-1")}));
    EXPECT_FALSE(parse_arguments({REMAPI_W("--timeout"), REMAPI_W("")}));
    EXPECT_FALSE(parse_arguments({REMAPI_W("--timeout"), REMAPI_W("99999999999")}));
    EXPECT_FALSE(parse_arguments({REMAPI_W("Work")}));
}

}  // namespace
}  // namespace remapi::spooler_program
