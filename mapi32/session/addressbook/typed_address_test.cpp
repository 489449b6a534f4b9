// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/one-off-addresses.md, mapi/iaddrbook-resolvename.md
#include "session/addressbook/typed_address.h"

#include <gtest/gtest.h>

namespace remapi::session {
namespace {

void expect_parsed(StringView text, StringView name, StringView type, StringView address) {
    const std::optional<format::OneOff> parsed = parse_typed_address(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(String(name), parsed->display_name);
    EXPECT_EQ(String(type), parsed->address_type);
    EXPECT_EQ(String(address), parsed->email_address);
}

TEST(TypedAddress, ABareInternetAddressIsItsOwnName) {
    expect_parsed(REMAPI_W(" alice@example.org "), REMAPI_W("alice@example.org"), REMAPI_W("SMTP"),
                  REMAPI_W("alice@example.org"));
    EXPECT_TRUE(parse_typed_address(REMAPI_W("alice@example.org"))->no_rich_info);
}

TEST(TypedAddress, NameAndTypeInBrackets) {
    expect_parsed(REMAPI_W("Alice A.[smtp:alice@example.org]"), REMAPI_W("Alice A."),
                  REMAPI_W("SMTP"), REMAPI_W("alice@example.org"));
    expect_parsed(REMAPI_W("[FAX:+49 30 1234]  "), REMAPI_W("+49 30 1234"), REMAPI_W("FAX"),
                  REMAPI_W("+49 30 1234"));
}

TEST(TypedAddress, QuotingInBrackets) {
    expect_parsed(REMAPI_W("Bill Lee[MSPEER:\\\\\\\\billll\\in]"), REMAPI_W("Bill Lee"),
                  REMAPI_W("MSPEER"), REMAPI_W("\\\\billll\\in"));
    expect_parsed(REMAPI_W("Fax[fax:one\\x2Ctwo\\]]"), REMAPI_W("Fax"), REMAPI_W("FAX"),
                  REMAPI_W("one,two]"));
}

TEST(TypedAddress, TypeAndAddress) {
    expect_parsed(REMAPI_W("sMtP:a@b.c"), REMAPI_W("a@b.c"), REMAPI_W("SMTP"), REMAPI_W("a@b.c"));
}

TEST(TypedAddress, AnglesAsInMail) {
    expect_parsed(REMAPI_W("\"Alice, A\" <a@b.c>"), REMAPI_W("Alice, A"), REMAPI_W("SMTP"),
                  REMAPI_W("a@b.c"));
    expect_parsed(REMAPI_W("<a@b.c>"), REMAPI_W("a@b.c"), REMAPI_W("SMTP"), REMAPI_W("a@b.c"));
}

TEST(TypedAddress, WhatMustBeLookedUpIsNotGuessed) {
    for (const StringView text :
         {REMAPI_W(""), REMAPI_W("Alice"), REMAPI_W("a@"), REMAPI_W("@b.c"), REMAPI_W("a@b@c"),
          REMAPI_W("a b@c.d"), REMAPI_W("C:\\file"), REMAPI_W("Alice[SMTP:a@b.c] x"),
          REMAPI_W("Alice[nothing]"), REMAPI_W("SMTP:"), REMAPI_W("Alice <nobody>"),
          REMAPI_W("[:x]")}) {
        EXPECT_FALSE(parse_typed_address(text).has_value());
    }
}

}  // namespace
}  // namespace remapi::session
