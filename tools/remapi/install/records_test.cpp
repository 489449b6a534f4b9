// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/records.h"

#include <gtest/gtest.h>

namespace remapi::tool {
namespace {

TEST(RecordsTest, AnyFieldComesBackAsItWas) {
    const std::vector<Record> records = {
        {"file", "new", "C:\\windows\\a\tb"},
        {"", "100 %", "line\r\nline", std::string("\0\x7F", 2)},
        {"G\xC3\xB6"},
    };
    const auto parsed = parse_records(format_records(records));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, records);
}

TEST(RecordsTest, OneRecordIsOneLine) {
    EXPECT_EQ(format_records({{"a", "b\n"}, {"c"}}), "a\tb%0A\nc\n");
}

TEST(RecordsTest, BrokenEscapesAreRefused) {
    EXPECT_FALSE(parse_records("a%\n"));
    EXPECT_FALSE(parse_records("a%4"));
    EXPECT_FALSE(parse_records("a%zz"));
    EXPECT_EQ(parse_records("a%25")->at(0).at(0), "a%");
    EXPECT_TRUE(parse_records("")->empty());
}

}  // namespace
}  // namespace remapi::tool
