// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/backend/transcript.h"

#include <gtest/gtest.h>

namespace remapi::internet {
namespace {

TEST(Transcript, AnswersBelongToTheirCommands) {
    Transcript transcript;
    transcript.received("220 mail.example.org ready\r\n");
    transcript.sent("EHLO me\r\n");
    transcript.received("250-mail.example.org\r\n");
    transcript.received("250-SIZE 1000\r\n");
    transcript.received("250 SMTPUTF8\r\n");
    EXPECT_TRUE(transcript.offers("SMTPUTF8"));
    EXPECT_TRUE(transcript.offers("SIZE"));
    EXPECT_FALSE(transcript.offers("STARTTLS"));
    transcript.begin_transaction();
    transcript.sent("MAIL FROM:<a@b>\r\n");
    transcript.received("250 ok\r\n");
    transcript.sent("RCPT TO:<x@b>\r\n");
    transcript.received("250 ok\r\n");
    transcript.sent("RCPT TO:<y@b>\r\n");
    transcript.received("550-no\r\n");
    transcript.received("550 such user\r\n");
    transcript.sent("DATA\r\n");
    transcript.received("354 go\r\n");
    EXPECT_EQ(Transcript::Step::Body, transcript.step());
    EXPECT_EQ(0, transcript.accepted().code);
    transcript.received("250 queued\r\n");
    ASSERT_EQ(2u, transcript.recipients().size());
    EXPECT_TRUE(transcript.recipients()[0].positive());
    EXPECT_EQ("550 no such user", describe(transcript.recipients()[1]));
    EXPECT_EQ("250 queued", describe(transcript.accepted()));
    EXPECT_TRUE(transcript.offers("SMTPUTF8")) << "kept for the next transaction of the connection";
}

TEST(Transcript, AuthenticationIsSeenAsAWhole) {
    Transcript transcript;
    transcript.sent("AUTH PLAIN");
    transcript.received("334 ");
    transcript.sent("RCPT TO:<this is base64>");  // whatever it looks like
    EXPECT_EQ(Transcript::Step::Auth, transcript.step());
    transcript.received("535 5.7.8 no");
    EXPECT_TRUE(transcript.authentication_refused());
    EXPECT_TRUE(transcript.recipients().empty());
}

TEST(Transcript, AFarewellChangesNothing) {
    Transcript transcript;
    transcript.sent("DATA");
    transcript.received("554 no");
    transcript.sent("QUIT");
    transcript.received("221 bye");
    EXPECT_EQ(Transcript::Step::Data, transcript.step());
    EXPECT_EQ(554, transcript.last().code);
    transcript.begin_transaction();
    transcript.sent("NOOP");
    transcript.received("250 ok");
    EXPECT_EQ(250, transcript.last().code);
}

TEST(Transcript, NonsenseIsIgnored) {
    Transcript transcript;
    transcript.received("");
    transcript.received("25");
    transcript.received("abc def");
    EXPECT_EQ(0, transcript.last().code);
    transcript.received("250");
    EXPECT_EQ(250, transcript.last().code);
    EXPECT_EQ("250 a b", describe(Reply{250, "a\tb"}));
}

}  // namespace
}  // namespace remapi::internet
