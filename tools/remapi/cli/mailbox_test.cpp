// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/mailbox.h"

#include <gtest/gtest.h>

namespace remapi::tool {
namespace {

TEST(MailboxTest, BareAddressHasNoName) {
    const auto mailbox = parse_mailbox(REMAPI_W("  alice@example.org "));
    ASSERT_TRUE(mailbox);
    EXPECT_EQ(mailbox->name, String());
    EXPECT_EQ(mailbox->address, String(REMAPI_W("alice@example.org")));
}

TEST(MailboxTest, NameMayBeQuoted) {
    const auto plain = parse_mailbox(REMAPI_W("Zoë Müller <zoe@example.org>"));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->name, String(REMAPI_W("Zoë Müller")));
    const auto quoted = parse_mailbox(REMAPI_W("\"Doe, \\\"J\\\" <x>\" <j@example.org>"));
    ASSERT_TRUE(quoted);
    EXPECT_EQ(quoted->name, String(REMAPI_W("Doe, \"J\" <x>")));
    EXPECT_EQ(quoted->address, String(REMAPI_W("j@example.org")));
}

TEST(MailboxTest, WhatIsNoAddressIsRefused) {
    for (const StringView text :
         {REMAPI_W(""), REMAPI_W("alice"), REMAPI_W("@example.org"), REMAPI_W("alice@"),
          REMAPI_W("a b@example.org"), REMAPI_W("Alice <alice@example.org"), REMAPI_W("Alice <>"),
          REMAPI_W("a@example.org\r\nRCPT TO:<b@example.org>")}) {
        EXPECT_FALSE(parse_mailbox(text)) << std::string(text.begin(), text.end());
    }
}

TEST(MailboxTest, ListsSplitOutsideQuotationMarks) {
    const auto list = parse_mailboxes(REMAPI_W("\"Doe, J\" <j@x.org>; k@x.org,, L <l@x.org>"));
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 3u);
    EXPECT_EQ((*list)[0].name, String(REMAPI_W("Doe, J")));
    EXPECT_EQ((*list)[2].address, String(REMAPI_W("l@x.org")));
    EXPECT_FALSE(parse_mailboxes(REMAPI_W("a@x.org, nobody")));
    EXPECT_TRUE(parse_mailboxes(REMAPI_W(""))->empty());
}

TEST(ServerTest, PortIsOptional) {
    EXPECT_EQ(parse_server(REMAPI_W("mail.example.org"))->port, 0u);
    const auto server = parse_server(REMAPI_W("mail.example.org:587"));
    ASSERT_TRUE(server);
    EXPECT_EQ(server->host, String(REMAPI_W("mail.example.org")));
    EXPECT_EQ(server->port, 587u);
}

TEST(ServerTest, Ipv6GoesInBracketsWhenAPortFollows) {
    EXPECT_EQ(parse_server(REMAPI_W("[::1]:25"))->host, String(REMAPI_W("::1")));
    EXPECT_EQ(parse_server(REMAPI_W("[::1]:25"))->port, 25u);
    EXPECT_EQ(parse_server(REMAPI_W("fe80::1"))->host, String(REMAPI_W("fe80::1")));
    EXPECT_EQ(parse_server(REMAPI_W("fe80::1"))->port, 0u);
}

TEST(ServerTest, NonsenseIsRefused) {
    for (const StringView text :
         {REMAPI_W(""), REMAPI_W(":25"), REMAPI_W("a:0"), REMAPI_W("a:65536"), REMAPI_W("a:"),
          REMAPI_W("a:b"), REMAPI_W("[::1"), REMAPI_W("[::1]25"), REMAPI_W("a b:25"),
          REMAPI_W("smtp://a")}) {
        EXPECT_FALSE(parse_server(text)) << std::string(text.begin(), text.end());
    }
}

}  // namespace
}  // namespace remapi::tool
