// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/hex.h"

#include <gtest/gtest.h>

#include "format/encoded_id.h"
#include "format/share_path.h"

namespace remapi::format {
namespace {

TEST(Hex, TheLengthOfATextIsTheSameAtEveryAlignment) {
    std::string text(100, 'x');
    for (std::size_t start = 0; start < 40; ++start) {
        EXPECT_EQ(100 - start, text_length(text.c_str() + start));
    }
    EXPECT_EQ(0u, text_length(""));
}

TEST(Hex, BlocksAndTheRestAgree) {
    Bytes bytes;
    std::string expected;
    for (int i = 0; i < 70; ++i) {
        EXPECT_EQ(expected, hex_text(bytes));
        EXPECT_EQ(bytes, bytes_from_hex(expected));
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02X", i * 5 & 0xFF);
        expected += digits;
        bytes.push_back(static_cast<std::uint8_t>(i * 5));
    }
}

TEST(Hex, EveryOtherCharacterStopsABlock) {
    for (int c = 1; c < 256; ++c) {
        std::string text(64, '0');
        text[37] = static_cast<char>(c);
        const bool is_digit = std::strchr("0123456789abcdefABCDEF", c) != nullptr;
        EXPECT_EQ(is_digit, bytes_from_hex(text).has_value()) << c;
        std::uint8_t out[32];
        EXPECT_EQ(is_digit ? 32u : 18u, read_hex(text, out)) << c;
    }
}

TEST(EncodedId, OneTextIsOneIdentifier) {
    EXPECT_EQ("AQID", encode_id(Bytes{1, 2, 3}));
    EXPECT_EQ("AQI", encode_id(Bytes{1, 2}));
    EXPECT_EQ((Bytes{1, 2}), decode_id("AQI"));
    EXPECT_EQ(std::nullopt, decode_id("AQJ")) << "bits that no byte takes";
    EXPECT_EQ(std::nullopt, decode_id("AQI="));
}

std::string shares(char letter) {
    return letter == 'P' ? "\\\\srv\\pub" : letter == 'Q' ? "\\\\SRV\\data\\deep" : "";
}

TEST(SharePath, ADriveIsReplacedByItsShare) {
    EXPECT_EQ("\\\\srv\\pub\\a\\b", unc_from_local("P:\\a\\b", shares));
    EXPECT_EQ("\\\\srv\\pub", unc_from_local("P:", shares));
    EXPECT_EQ("\\\\srv\\pub\\a", unc_from_local("P:a", shares));
    EXPECT_EQ(std::nullopt, unc_from_local("C:\\a", shares));
    EXPECT_EQ(std::nullopt, unc_from_local("", shares));
}

TEST(SharePath, AShareIsReplacedByItsDrive) {
    EXPECT_EQ("P:\\a", local_from_unc("\\\\SRV\\Pub\\a", shares));
    EXPECT_EQ("P:", local_from_unc("\\\\srv\\pub", shares));
    EXPECT_EQ("Q:\\x", local_from_unc("\\\\srv\\data\\deep\\x", shares));
    EXPECT_EQ(std::nullopt, local_from_unc("\\\\srv\\public", shares)) << "only starts alike";
    EXPECT_EQ(std::nullopt, local_from_unc("\\\\srv\\data", shares));
}

}  // namespace
}  // namespace remapi::format
