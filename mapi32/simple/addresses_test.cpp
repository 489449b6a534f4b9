// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/addresses.h"

#include <gtest/gtest.h>

#include "port/utf.h"

namespace remapi::simple {
namespace {

/// The recipients as "name|type|address", separated by spaces.
std::string shown(StringView name, StringView address) {
    std::string out;
    for (const ParsedRecipient& one : parse_recipient(name, address)) {
        if (!out.empty()) out += ' ';
        out += port::to_utf8(one.name + REMAPI_W("|") + one.type + REMAPI_W("|") + one.address);
    }
    return out;
}

TEST(Addresses, BareAddressInEitherField) {  // quirk Q10
    EXPECT_EQ("|SMTP|a@b", shown({}, REMAPI_W("a@b")));
    EXPECT_EQ("|SMTP|a@b", shown(REMAPI_W("a@b"), {}));
    EXPECT_EQ("Alice|SMTP|a@b", shown(REMAPI_W("Alice"), REMAPI_W("a@b")));
    EXPECT_EQ("a@b|SMTP|a@b", shown(REMAPI_W("a@b"), REMAPI_W("a@b")));
}

TEST(Addresses, KnownTypesAreSplitOffInAnyCase) {
    EXPECT_EQ("|SMTP|a@b", shown({}, REMAPI_W("smtp:a@b")));
    EXPECT_EQ("|SMTP|a@b", shown(REMAPI_W("SMTP:a@b"), {}));
    EXPECT_EQ("|SMTP|a@b", shown({}, REMAPI_W("mailto:a@b")));
    EXPECT_EQ("|FAX|+49 1", shown({}, REMAPI_W("FAX:+49 1")));
    EXPECT_EQ("Team: all||", shown(REMAPI_W("Team: all"), {}));
}

TEST(Addresses, OneOffSyntax) {
    EXPECT_EQ("Alice|SMTP|a@b", shown(REMAPI_W("Alice[SMTP:a@b]"), {}));
    EXPECT_EQ("Alice|X|y z", shown(REMAPI_W("Alice [x:y z]"), {}));
    EXPECT_EQ("Alice B|SMTP|a@b", shown(REMAPI_W("\"Alice B\" <a@b>"), {}));
    EXPECT_EQ("Alice|SMTP|a@b", shown({}, REMAPI_W("Alice <smtp:a@b>")));
}

TEST(Addresses, SeveralInOneField) {  // quirk Q11
    EXPECT_EQ("|SMTP|a@b |SMTP|c@d", shown({}, REMAPI_W("a@b;c@d;")));
    EXPECT_EQ("|SMTP|a@b |SMTP|c@d", shown({}, REMAPI_W("a@b, c@d")));
    EXPECT_EQ("Last, First|SMTP|a@b |SMTP|c@d", shown({}, REMAPI_W("\"Last, First\" <a@b>; c@d")));
    EXPECT_EQ("Last, First||", shown(REMAPI_W("Last, First"), {}));
    EXPECT_EQ("One||;Two||", [] {
        std::string out;
        for (const auto& one : parse_recipient(REMAPI_W("One;Two"), {})) {
            out += (out.empty() ? "" : ";") + port::to_utf8(one.name) + "||";
        }
        return out;
    }());
}

TEST(Addresses, NothingGivesNothing) {
    EXPECT_TRUE(parse_recipient({}, {}).empty());
    EXPECT_TRUE(parse_recipient(REMAPI_W(" ; "), {}).empty());
}

TEST(Addresses, NameOfManyCommasIsTakenApartInLinearTime) {
    // Quadratic time takes minutes here and ends in the test's time limit.
    String name;
    while (name.size() < 400000) name += REMAPI_W("a,");
    EXPECT_EQ(1u, parse_recipient(name, {}).size());
}

TEST(Addresses, WhatTheProgramCallsAnAddressIsOne) {
    EXPECT_EQ("|SMTP|postmaster", shown({}, REMAPI_W("postmaster")));
}

TEST(Addresses, FormOfAnInternetAddress) {
    for (const StringView good : {REMAPI_W("a@b"), REMAPI_W("a.b+c@d.example"),
                                  REMAPI_W("\"a b\"@c"), REMAPI_W("\u00e4@\u00f6.example")}) {
        EXPECT_TRUE(is_internet_address(good)) << port::to_utf8(good);
    }
    for (const StringView bad :
         {REMAPI_W(""), REMAPI_W("@b"), REMAPI_W("a@"), REMAPI_W("a b@c"), REMAPI_W("a@b@c"),
          REMAPI_W("a@b\r\nRCPT TO:<x@y>"), REMAPI_W("a@b,c@d")}) {
        EXPECT_FALSE(is_internet_address(bad)) << port::to_utf8(bad);
    }
}

}  // namespace
}  // namespace remapi::simple
