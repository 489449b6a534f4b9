// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "format/dates.h"
#include "format/error_names.h"
#include "format/guid.h"

namespace remapi::format {
namespace {

constexpr GUID kMessage = {0x00020307, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

TEST(GuidText, IsTheRegistrysForm) {
    EXPECT_EQ("{00020307-0000-0000-C000-000000000046}", guid_text(kMessage));
}

TEST(GuidText, IsReadWithAndWithoutBracesInAnyCase) {
    for (const char* text :
         {"{00020307-0000-0000-C000-000000000046}", "00020307-0000-0000-c000-000000000046"}) {
        const auto guid = parse_guid(text);
        ASSERT_TRUE(guid) << text;
        EXPECT_TRUE(IsEqualGUID(kMessage, *guid)) << text;
    }
}

TEST(GuidText, AnythingElseIsRefused) {
    for (const char* text :
         {"", "{}", "00020307-0000-0000-C000-00000000004", "00020307-0000-0000-C000-00000000004G",
          "0002030700000000C000000000000046", "{00020307-0000-0000-C000-000000000046",
          "00020307-0000-0000-C00-0000000000046-"}) {
        EXPECT_FALSE(parse_guid(text)) << text;
    }
}

TEST(GuidBytes, AreLittleEndian) {
    const Bytes bytes = guid_bytes(kMessage);
    const Bytes expected = {7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46};
    EXPECT_EQ(expected, bytes);
    EXPECT_TRUE(IsEqualGUID(kMessage, *guid_from_bytes(bytes)));
    EXPECT_FALSE(guid_from_bytes(BytesView(bytes).first(15)));
}

TEST(UidText, Is32Digits) {
    const MAPIUID uid = {{0xAB, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xFF}};
    EXPECT_EQ("ab0102030405060708090a0b0c0d0eff", uid_text(uid));
    EXPECT_EQ(0, std::memcmp(uid.ab, parse_uid("AB0102030405060708090A0B0C0D0EFF")->ab, 16));
    EXPECT_FALSE(parse_uid("ab01"));
}

TEST(NewGuid, IsOfVersion4AndNeverTheSame) {
    const GUID first = new_guid();
    EXPECT_EQ(0x4000, first.Data3 & 0xF000);
    EXPECT_EQ(0x80, first.Data4[0] & 0xC0);
    EXPECT_FALSE(IsEqualGUID(first, new_guid()));
}

TEST(ErrorNames, KnowBothWorlds) {
    EXPECT_STREQ("MAPI_E_NOT_FOUND", hresult_name(MAPI_E_NOT_FOUND));
    EXPECT_STREQ("MAPI_W_ERRORS_RETURNED", hresult_name(MAPI_W_ERRORS_RETURNED));
    EXPECT_STREQ("MAPI_E_NOT_ENOUGH_MEMORY", hresult_name(E_OUTOFMEMORY));
    EXPECT_EQ(nullptr, hresult_name(static_cast<HRESULT>(0x80041234)));
    EXPECT_EQ("0x80041234", describe_hresult(static_cast<HRESULT>(0x80041234)));
    EXPECT_EQ("MAPI_E_BUSY", describe_hresult(MAPI_E_BUSY));
    EXPECT_STREQ("MAPI_E_AMBIGUOUS_RECIPIENT", simple_mapi_name(21));
    EXPECT_STREQ("SUCCESS_SUCCESS", simple_mapi_name(0));
    EXPECT_EQ(nullptr, simple_mapi_name(7));
    EXPECT_STREQ("PT_MV_UNICODE", property_type_name(PT_MV_UNICODE));
    EXPECT_EQ(nullptr, property_type_name(0x0FFF));
}

constexpr std::uint64_t kSecond = 10000000;

TEST(Dates, EpochsAreWhereTheyBelong) {
    EXPECT_EQ("1601-01-01T00:00:00Z", iso_date(0));
    EXPECT_EQ("1970-01-01T00:00:00Z", iso_date(11644473600 * kSecond));
    EXPECT_EQ(1, to_calendar(0).weekday);
    EXPECT_EQ(4, to_calendar(11644473600 * kSecond).weekday);
}

TEST(Dates, LeapDaysAndCenturiesRoundTrip) {
    for (const char* text : {"1700-02-28T23:59:59Z", "1700-03-01T00:00:00Z", "2000-02-29T12:00:00Z",
                             "2024-02-29T00:00:01Z", "2024-12-31T23:59:59Z", "2100-03-01T00:00:00Z",
                             "9999-12-31T23:59:59Z"}) {
        const auto time = parse_iso_date(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(text, iso_date(*time));
    }
}

TEST(Dates, ImpossibleOnesAreRefused) {
    for (const char* text : {"2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-00-01T00:00:00Z",
                             "2023-01-32T00:00:00Z", "2023-01-01T24:00:00Z", "1600-12-31T00:00:00Z",
                             "2023-01-01T00:00:00", "2023-01-01 00:00:00Z", "x"}) {
        EXPECT_FALSE(parse_iso_date(text)) << text;
    }
}

TEST(Dates, InternetDateCarriesItsOffset) {
    const std::uint64_t time = *parse_iso_date("2026-11-22T09:50:06Z");
    EXPECT_EQ("Sun, 22 Nov 2026 10:50:06 +0100", internet_date(time, 60));
    EXPECT_EQ("Sun, 22 Nov 2026 00:20:06 -0930", internet_date(time, -570));
}

TEST(Dates, SimpleMapiDateIsToTheMinute) {
    const std::uint64_t time = *parse_iso_date("2026-11-22T09:50:00Z");
    EXPECT_EQ("2026/11/22 09:50", simple_mapi_date(time));
    EXPECT_EQ(time, *parse_simple_mapi_date("2026/11/22 09:50"));
    EXPECT_FALSE(parse_simple_mapi_date("2026/11/22"));
}

TEST(Dates, FileTimeStructKeepsBothHalves) {
    const FILETIME time = file_time_struct(0x0123456789ABCDEF);
    EXPECT_EQ(0x89ABCDEFu, time.dwLowDateTime);
    EXPECT_EQ(0x01234567u, time.dwHighDateTime);
    EXPECT_EQ(0x0123456789ABCDEFu, file_time_value(time));
}

}  // namespace
}  // namespace remapi::format
