// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/output.h"

#include <gtest/gtest.h>

#include "port/clock.h"

namespace remapi::tool {
namespace {

TEST(OutputTest, TimesAreWrittenAsTheCalendarHasThem) {
    EXPECT_EQ(utc_time(port::file_time_from_unix(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(utc_time(port::file_time_from_unix(951782399)), "2000-02-28T23:59:59Z");
    EXPECT_EQ(utc_time(port::file_time_from_unix(951782400)), "2000-02-29T00:00:00Z");
    EXPECT_EQ(utc_time(port::file_time_from_unix(4107542400)), "2100-03-01T00:00:00Z");
    EXPECT_EQ(utc_time(1), "1601-01-01T00:00:00Z");
    EXPECT_EQ(utc_time(0), "");
}

TEST(OutputTest, ColumnsAreAsWideAsTheirWidestText) {
    TextTable table({"NAME", "N"});
    EXPECT_TRUE(table.empty());
    table.add(
        {"Gr\xC3\xB6\xC3\x9F"
         "e",
         "1"});
    table.add({"x", ""});
    EXPECT_EQ(table.text(),
              "NAME   N\n"
              "Gr\xC3\xB6\xC3\x9F"
              "e  1\n"
              "x\n");
    EXPECT_FALSE(table.empty());
}

TEST(OutputTest, ControlCharactersDoNotReachTheTerminal) {
    EXPECT_EQ(one_line(REMAPI_W("a\x1B[2J\nb")), "a [2J b");
}

}  // namespace
}  // namespace remapi::tool
