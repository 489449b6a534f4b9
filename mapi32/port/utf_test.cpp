// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/utf.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace remapi::port {
namespace {

String utf16(std::uint32_t code) {
    if (code < 0x10000) return String(1, static_cast<WideChar>(code));
    code -= 0x10000;
    return {static_cast<WideChar>(0xD800 + (code >> 10)),
            static_cast<WideChar>(0xDC00 + (code & 0x3FF))};
}

TEST(UtfTest, EveryCodePointComesBack) {
    for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        const String text = utf16(code);
        const std::string bytes = to_utf8(text);
        ASSERT_TRUE(is_utf8(bytes)) << std::hex << code;
        ASSERT_TRUE(from_utf8(bytes) == text) << std::hex << code;
        ASSERT_EQ(code < 0x80 ? 1u : code < 0x800 ? 2u : code < 0x10000 ? 3u : 4u, bytes.size());
    }
}

struct Malformed {
    std::string_view bytes;
    const WideChar* text;
};

TEST(UtfTest, EachMalformedByteBecomesAReplacementCharacter) {
    const Malformed cases[] = {
        {"a\x80z", REMAPI_W("a\uFFFDz")},                  // continuation without a lead
        {"\xC3", REMAPI_W("\uFFFD")},                      // cut short
        {"\xC3z", REMAPI_W("\uFFFDz")},                    // a lead without its continuation
        {"\xE2\x82", REMAPI_W("\uFFFD\uFFFD")},            // cut short after two
        {"\xC0\xAF", REMAPI_W("\uFFFD\uFFFD")},            // overlong
        {"\xE0\x80\xAF", REMAPI_W("\uFFFD\uFFFD\uFFFD")},  // overlong
        {"\xF0\x80\x80\xAF", REMAPI_W("\uFFFD\uFFFD\uFFFD\uFFFD")},  // overlong
        {"\xED\xA0\x80", REMAPI_W("\uFFFD\uFFFD\uFFFD")},            // a surrogate
        {"\xF4\x90\x80\x80", REMAPI_W("\uFFFD\uFFFD\uFFFD\uFFFD")},  // beyond U+10FFFF
        {"\xFF\xFE", REMAPI_W("\uFFFD\uFFFD")},
    };
    for (const Malformed& one : cases) {
        EXPECT_FALSE(is_utf8(one.bytes));
        EXPECT_TRUE(from_utf8(one.bytes) == one.text) << testing::PrintToString(one.bytes);
    }
}

TEST(UtfTest, ALoneSurrogateBecomesAReplacementCharacter) {
    const String high = {0xD83D, 'a'};
    const String low = {'a', 0xDCE8};
    const String swapped = {0xDCE8, 0xD83D};
    EXPECT_EQ(
        "\xEF\xBF\xBD"
        "a",
        to_utf8(high));
    EXPECT_EQ("a\xEF\xBF\xBD", to_utf8(low));
    EXPECT_EQ("\xEF\xBF\xBD\xEF\xBF\xBD", to_utf8(swapped));
}

TEST(UtfTest, KeepsNulsAndEmptyText) {
    EXPECT_EQ(std::string("a\0b", 3), to_utf8(StringView(REMAPI_W("a\0b"), 3)));
    EXPECT_EQ(3u, from_utf8(std::string_view("a\0b", 3)).size());
    EXPECT_EQ("", to_utf8({}));
    EXPECT_TRUE(is_utf8(""));
}

}  // namespace
}  // namespace remapi::port
