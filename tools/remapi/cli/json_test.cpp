// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/json.h"

#include <gtest/gtest.h>

namespace remapi::tool {
namespace {

TEST(JsonWriterTest, NestedValuesGetTheirCommas) {
    JsonWriter json;
    json.begin_array();
    json.begin_object().member("a", 1u).member("b", true).key("c").null().end_object();
    json.begin_object().key("list").begin_array().value("x").value("y").end_array().end_object();
    json.end_array();
    EXPECT_EQ(json.text(), R"([{"a": 1, "b": true, "c": null}, {"list": ["x", "y"]}])");
}

TEST(JsonWriterTest, EmptyContainersStayEmpty) {
    JsonWriter json;
    json.begin_object()
        .key("a")
        .begin_array()
        .end_array()
        .key("b")
        .begin_object()
        .end_object()
        .end_object();
    EXPECT_EQ(json.text(), R"({"a": [], "b": {}})");
}

TEST(JsonWriterTest, TextIsEscaped) {
    JsonWriter json;
    json.value("say \"hi\" \\ \n\r\t\x01\x7f");
    EXPECT_EQ(json.text(), R"("say \"hi\" \\ \n\r\t\u0001\u007f")");
}

TEST(JsonWriterTest, Utf16BecomesUtf8) {
    JsonWriter json;
    json.value(StringView(REMAPI_W("Größe \U0001F4E7")));
    EXPECT_EQ(json.text(),
              "\"Gr\xC3\xB6\xC3\x9F"
              "e \xF0\x9F\x93\xA7\"");
}

TEST(JsonWriterTest, NumbersMayBeNegativeAndLarge) {
    JsonWriter json;
    json.begin_array().value(std::int64_t{-5}).value(std::int64_t{9007199254740993}).end_array();
    EXPECT_EQ(json.text(), "[-5, 9007199254740993]");
}

}  // namespace
}  // namespace remapi::tool
