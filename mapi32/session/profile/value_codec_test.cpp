// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/value_codec.h"

#include <gtest/gtest.h>

namespace remapi::session {
namespace {

void expect_round_trip(const PropValue& value) {
    const std::optional<PropValue> back = decode_setting(value.tag(), encode_setting(value));
    ASSERT_TRUE(back.has_value()) << std::hex << value.tag();
    EXPECT_TRUE(*back == value) << std::hex << value.tag();
}

TEST(ProfileValueCodec, NamesPutTheTypeFirst) {
    EXPECT_EQ("001f3001", setting_name(PR_DISPLAY_NAME_W));
    EXPECT_EQ("00033009", setting_name(PR_RESOURCE_FLAGS));
    EXPECT_EQ("01023d0e", setting_name(PR_SERVICES));
    EXPECT_EQ(PR_SERVICES, setting_tag("01023d0e"));
    EXPECT_EQ(std::nullopt, setting_tag("DefaultProfile"));
    EXPECT_EQ(std::nullopt, setting_tag("01023d"));
}

TEST(ProfileValueCodec, TextIsKeptAsUtf16WithItsZero) {
    EXPECT_EQ("001f3001", setting_name(PR_DISPLAY_NAME_A));
    EXPECT_EQ(std::string("A\0\0\0", 4),
              encode_setting(PropValue(PR_DISPLAY_NAME_A, REMAPI_W("A"))));
}

TEST(ProfileValueCodec, NumbersAreLittleEndian) {
    EXPECT_EQ(std::string("\x06\x01\x00\x00", 4),
              encode_setting(PropValue(PR_RESOURCE_FLAGS, 0x106)));
    EXPECT_EQ(std::string("\x01\x00", 2), encode_setting(PropValue(PR_DEFAULT_STORE, true)));
}

TEST(ProfileValueCodec, EveryKindComesBackAsItWas) {
    const GUID guid = {0x00020307, 1, 2, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
    expect_round_trip(PropValue(PROP_TAG(PT_I2, 0x6601), -2));
    expect_round_trip(PropValue(PROP_TAG(PT_LONG, 0x6602), -70000));
    expect_round_trip(PropValue(PROP_TAG(PT_R4, 0x6603), 1.5));
    expect_round_trip(PropValue(PROP_TAG(PT_DOUBLE, 0x6604), -2.25));
    expect_round_trip(PropValue(PROP_TAG(PT_I8, 0x6605), std::int64_t{-5000000000}));
    expect_round_trip(PropValue(PROP_TAG(PT_SYSTIME, 0x6606), std::int64_t{133000000000000000}));
    expect_round_trip(PropValue(PROP_TAG(PT_BOOLEAN, 0x6607), true));
    expect_round_trip(PropValue(PROP_TAG(PT_CLSID, 0x6608), PropValue::Data(guid)));
    expect_round_trip(PropValue(PROP_TAG(PT_BINARY, 0x6609), Bytes{0, 1, 255}));
    expect_round_trip(PropValue(PROP_TAG(PT_BINARY, 0x6609), Bytes{}));
    expect_round_trip(PropValue(PROP_TAG(PT_UNICODE, 0x660A), String()));
    expect_round_trip(PropValue(PROP_TAG(PT_UNICODE, 0x660A), REMAPI_W("\u00E9\u4E2D")));
    expect_round_trip(PropValue(PROP_TAG(PT_MV_LONG, 0x660B), std::vector<std::int32_t>{1, -1}));
    expect_round_trip(PropValue(PROP_TAG(PT_MV_UNICODE, 0x660C),
                                std::vector<String>{REMAPI_W("one"), String(), REMAPI_W("three")}));
    expect_round_trip(
        PropValue(PROP_TAG(PT_MV_BINARY, 0x660D), std::vector<Bytes>{{1, 2}, {}, {3}}));
    expect_round_trip(PropValue(PROP_TAG(PT_MV_CLSID, 0x660E), std::vector<GUID>{guid, guid}));
}

TEST(ProfileValueCodec, TextWithoutItsZeroIsReadToItsEnd) {
    const std::optional<PropValue> value =
        decode_setting(PR_DISPLAY_NAME_W, std::string("A\0B\0", 4));
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(String(REMAPI_W("AB")), value->text());
}

TEST(ProfileValueCodec, NarrowTextOfOtherProgramsBecomesWide) {
    const std::optional<PropValue> value =
        decode_setting(PR_DISPLAY_NAME_A, std::string("name\0", 5));
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(PR_DISPLAY_NAME_W, value->tag());
    EXPECT_EQ(String(REMAPI_W("name")), value->text());
}

TEST(ProfileValueCodec, BytesThatAreTooFewOrPointOutsideAreRefused) {
    EXPECT_FALSE(decode_setting(PR_RESOURCE_FLAGS, "abc").has_value());
    EXPECT_FALSE(decode_setting(PROP_TAG(PT_MV_LONG, 0x6601), std::string("\xFF\xFF\xFF\xFF", 4)));
    EXPECT_FALSE(decode_setting(PROP_TAG(PT_MV_BINARY, 0x6601),
                                std::string("\x01\0\0\0\x10\0\0\0\xF0\0\0\0", 12)));
    EXPECT_FALSE(
        decode_setting(PROP_TAG(PT_MV_UNICODE, 0x6601), std::string("\x01\0\0\0\xF0\0\0\0", 8)));
    EXPECT_FALSE(decode_setting(PROP_TAG(PT_OBJECT, 0x6601), "abcd").has_value());
}

TEST(ProfileValueCodec, AnObjectCannotBeKept) {
    EXPECT_THROW(encode_setting(PropValue(PROP_TAG(PT_OBJECT, 0x6601), 0)), Error);
    EXPECT_THROW(encode_setting(PropValue::error(PR_DISPLAY_NAME_W, MAPI_E_NOT_FOUND)), Error);
}

TEST(ProfileValueCodec, EntriesThatShareBytesCannotGrowAValue) {
    constexpr std::uint32_t kCount = 1000;
    std::string bytes;
    const auto number = [&bytes](std::uint32_t value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    number(kCount);
    for (std::uint32_t i = 0; i < kCount; ++i) {
        number(4 * kCount);  // size
        number(4);           // offset: the same for all
    }
    EXPECT_FALSE(decode_setting(PROP_TAG(PT_MV_BINARY, 0x6600), bytes).has_value());
}

}  // namespace
}  // namespace remapi::session
