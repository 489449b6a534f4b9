// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/model/mailer.h"

#include "providers/convert/mime/memory_message_test.h"
#include "providers/internet/model/address.h"
#include "providers/internet/tests/servers_test.h"

namespace remapi::internet {
namespace {

TEST(Address, FormIsChecked) {
    for (const auto* good :
         {REMAPI_W("a@b"), REMAPI_W(" a.b+c@example.org "), REMAPI_W("\"john doe\"@x.org"),
          REMAPI_W("ü@x.org"), REMAPI_W("a@bücher.example"), REMAPI_W("a@[127.0.0.1]"),
          REMAPI_W("a@[IPv6:::1]"), REMAPI_W("\"a@b\"@c.org")}) {
        EXPECT_EQ("", problem_of_address(good)) << port::to_utf8(good);
    }
    for (const auto* bad :
         {REMAPI_W(""), REMAPI_W("a"), REMAPI_W("@b"), REMAPI_W("a@"), REMAPI_W("a b@c"),
          REMAPI_W("a@b>\r\nRCPT TO:<x@y"), REMAPI_W("a@b\r\nDATA"), REMAPI_W("<a@b>"),
          REMAPI_W("a@b c"), REMAPI_W("\"a\"b\"@c"), REMAPI_W("\"a\\\"@c"), REMAPI_W("a@.b")}) {
        EXPECT_NE("", problem_of_address(bad)) << port::to_utf8(bad);
    }
    EXPECT_NE("", problem_of_address(String(65, u'a') + REMAPI_W("@b")));
    EXPECT_NE("", problem_of_address(REMAPI_W("a@") + String(300, u'b')));
}

TEST(Address, DomainsGoOutInAscii) {
    EXPECT_EQ("jo@xn--bcher-kva.example", envelope_address(REMAPI_W("jo@Bücher.example")));
    EXPECT_FALSE(needs_smtputf8(envelope_address(REMAPI_W("jo@bücher.example"))));
    EXPECT_TRUE(needs_smtputf8(envelope_address(REMAPI_W("jö@example.org"))));
}

TEST(Settings, AreCheckedAndCompleted) {
    RawSettings raw;
    raw.host = REMAPI_W(" Mail.Bücher.example ");
    raw.sender_address = REMAPI_W("ann@example.org");
    std::string problem;
    SmtpSettings settings = check_settings(raw, problem);
    EXPECT_EQ("", problem);
    EXPECT_EQ("mail.xn--bcher-kva.example", settings.host);
    EXPECT_EQ(587u, settings.port);
    EXPECT_EQ(Security::StartTls, settings.security);
    raw.security = REMAPI_W("TLS");
    EXPECT_EQ(465u, check_settings(raw, problem).port);
    raw.host = REMAPI_W("::1");
    EXPECT_EQ("[::1]", check_settings(raw, problem).host);
    for (const auto* host : {REMAPI_W(""), REMAPI_W("a b"), REMAPI_W("a/b"), REMAPI_W("user@host"),
                             REMAPI_W("host?x"), REMAPI_W("-host"), REMAPI_W("[::1")}) {
        raw.host = host;
        check_settings(raw, problem);
        EXPECT_NE("", problem) << port::to_utf8(host);
    }
}

TEST(Settings, ClearTextPasswordsStayOnThisMachine) {
    RawSettings raw;
    raw.host = REMAPI_W("mail.example.org");
    raw.sender_address = REMAPI_W("ann@example.org");
    raw.security = REMAPI_W("none");
    std::string problem;
    check_settings(raw, problem);
    EXPECT_EQ("", problem);
    raw.user = REMAPI_W("ann");
    check_settings(raw, problem);
    EXPECT_NE(std::string::npos, problem.find("clear text")) << problem;
    for (const auto* host : {REMAPI_W("localhost"), REMAPI_W("127.0.0.1"), REMAPI_W("[::1]")}) {
        raw.host = host;
        check_settings(raw, problem);
        EXPECT_EQ("", problem);
    }
    EXPECT_FALSE(is_loopback("127.example.org"));
}

TEST(Mailer, MalformedAddressesAreRefusedWithoutAskingTheServer) {
    Mailer mailer(settings_for("plain"));
    const TransactionOutcome outcome =
        mailer.send(mime::small_message(),
                    {REMAPI_W("no address"), REMAPI_W("ben@example.org"), REMAPI_W("x@y\r\nDATA")});
    EXPECT_EQ(Fate::Accepted, outcome.message.fate) << outcome.message.reason;
    EXPECT_EQ(Fate::Refused, outcome.recipients[0].fate);
    EXPECT_EQ(Fate::Accepted, outcome.recipients[1].fate);
    EXPECT_EQ(Fate::Refused, outcome.recipients[2].fate);
    EXPECT_EQ(Fate::Refused, mailer.send(mime::small_message(), {REMAPI_W("none")}).message.fate);
}

TEST(Mailer, LocalPartsBeyondAsciiNeedAServerThatTakesThem) {
    const std::vector<String> recipients = {REMAPI_W("jö@example.org"),
                                            REMAPI_W("ben@bücher.example")};
    Mailer able(settings_for("plain"));
    const TransactionOutcome sent = able.send(mime::small_message(), recipients);
    EXPECT_EQ(Fate::Accepted, sent.recipients[0].fate) << sent.recipients[0].reason;
    EXPECT_EQ(Fate::Accepted, sent.recipients[1].fate) << sent.recipients[1].reason;
    Mailer unable(settings_for("no_smtputf8"));
    const TransactionOutcome refused = unable.send(mime::small_message(), recipients);
    EXPECT_EQ(Fate::Refused, refused.recipients[0].fate);
    EXPECT_NE(std::string::npos, refused.recipients[0].reason.find("SMTPUTF8"))
        << refused.recipients[0].reason;
    EXPECT_EQ(Fate::Accepted, refused.recipients[1].fate) << refused.recipients[1].reason;
    SmtpSettings down = settings_for("plain");
    down.port = 1;
    EXPECT_EQ(Fate::Deferred,
              Mailer(down).send(mime::small_message(), recipients).recipients[0].fate);
}

}  // namespace
}  // namespace remapi::internet
