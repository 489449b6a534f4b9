// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/backend/smtp_connection.h"

#include "compat-tests/harness/memory_use.h"
#include "port/thread.h"
#include "providers/internet/tests/sending_test.h"

namespace remapi::internet {
namespace {

TEST(SmtpConnection, WhatArrivesIsWhatWasSent) {
    const auto source = mime::small_message();
    source->m_text = REMAPI_W(".\r\n.\r\n..\r\n.x\r\n\r\n.");
    source->attach(REMAPI_W("a.bin"), std::string(300000, '\x2E'));
    mime::MimeDocument document = mime::compose(source);
    const std::string expected = receipt_of(document.all());
    SmtpConnection connection(settings_for("plain"));
    const TransactionOutcome outcome = connection.send(kToBen, document);
    EXPECT_EQ(Fate::Accepted, outcome.message.fate) << outcome.message.reason;
    EXPECT_TRUE(says(outcome.message, expected)) << outcome.message.reason << " / " << expected;
    ASSERT_EQ(1u, outcome.recipients.size());
    EXPECT_EQ(Fate::Accepted, outcome.recipients[0].fate);
}

TEST(SmtpConnection, AHundredMessagesTakeOneConnection) {
    SmtpConnection connection(settings_for("plain"));
    for (int i = 0; i < 100; ++i) {
        const TransactionOutcome outcome = send_small(connection);
        ASSERT_EQ(Fate::Accepted, outcome.message.fate) << outcome.message.reason;
    }
    EXPECT_EQ(1, connection.connections_made());
}

TEST(SmtpConnection, AKeptConnectionThatDiedIsReplaced) {
    SmtpConnection connection(settings_for("keeps_three"));
    for (int i = 0; i < 10; ++i) {
        const TransactionOutcome outcome = send_small(connection);
        ASSERT_EQ(Fate::Accepted, outcome.message.fate) << i << ": " << outcome.message.reason;
    }
    EXPECT_EQ(4, connection.connections_made());
}

TEST(SmtpConnection, ALargeAttachmentIsNotHeldInMemory) {
    constexpr std::uint64_t kSize = 64u << 20;
    constexpr std::size_t kBufferBytes = 16u << 20;
    const auto source = mime::small_message();
    source->attach(REMAPI_W("large.bin"), {});
    source->m_parts[0].about.size_bytes = kSize;
    source->m_parts[0].pattern = true;
    mime::MimeDocument document = mime::compose(source);
    const std::uint64_t size = document.size_bytes();
    SmtpConnection connection(settings_for("plain"));
    const std::size_t before = test::peak_memory();
    ASSERT_NE(0u, before) << "the system does not tell how much memory is in use";
    const TransactionOutcome outcome = connection.send(kToBen, document);
    EXPECT_EQ(Fate::Accepted, outcome.message.fate) << outcome.message.reason;
    EXPECT_TRUE(says(outcome.message, "size=" + std::to_string(size))) << outcome.message.reason;
    const std::size_t grown = test::peak_memory() - before;
    // A sanitizer's heap keeps freed blocks for a while.
    EXPECT_TRUE(REMAPI_SANITIZED || grown < kBufferBytes) << grown;
}

TEST(SmtpConnection, RefusedAndDeferredRecipientsAreToldApart) {
    SmtpConnection connection(settings_for("refusing"));
    const TransactionOutcome outcome = send_small(
        connection,
        {"ann@example.org",
         {"nobody@example.org", "ben@example.org", "busy@example.org", "cleo@example.org"}});
    EXPECT_EQ(Fate::Accepted, outcome.message.fate) << outcome.message.reason;
    ASSERT_EQ(4u, outcome.recipients.size());
    EXPECT_EQ(Fate::Refused, outcome.recipients[0].fate);
    EXPECT_TRUE(says(outcome.recipients[0], "no such user here")) << outcome.recipients[0].reason;
    EXPECT_EQ(550, outcome.recipients[0].code);
    EXPECT_EQ(Fate::Accepted, outcome.recipients[1].fate);
    EXPECT_EQ(Fate::Deferred, outcome.recipients[2].fate);
    EXPECT_EQ(Fate::Accepted, outcome.recipients[3].fate);
}

TEST(SmtpConnection, AMessageThatNobodyMayHaveIsRefused) {
    SmtpConnection connection(settings_for("refusing"));
    const TransactionOutcome outcome =
        send_small(connection, {"ann@example.org", {"nobody@example.org", "noone@example.org"}});
    EXPECT_EQ(Fate::Refused, outcome.message.fate);
    EXPECT_EQ(Fate::Refused, outcome.recipients[0].fate);
    EXPECT_EQ(Fate::Refused, outcome.recipients[1].fate);
    EXPECT_EQ(Fate::Accepted, send_small(connection).message.fate)
        << "the next message is unharmed";
}

TEST(SmtpConnection, OneRefusedAndOneDeferredLeavesTheMessageWaiting) {
    SmtpConnection connection(settings_for("refusing"));
    const TransactionOutcome outcome =
        send_small(connection, {"ann@example.org", {"nobody@example.org", "busy@example.org"}});
    EXPECT_EQ(Fate::Deferred, outcome.message.fate) << outcome.message.reason;
    EXPECT_EQ(Fate::Refused, outcome.recipients[0].fate);
    EXPECT_EQ(Fate::Deferred, outcome.recipients[1].fate);
}

TEST(SmtpConnection, TemporaryFailuresAreDeferred) {
    for (const char* server : {"mail_deferred", "data_deferred", "end_deferred", "greeting_refused",
                               "drop_data", "drop_end"}) {
        const Outcome outcome = send_by(settings_for(server));
        EXPECT_EQ(Fate::Deferred, outcome.fate) << server << ": " << outcome.reason;
        EXPECT_FALSE(outcome.reason.empty()) << server;
    }
}

TEST(SmtpConnection, PermanentFailuresOfTheMessageAreRefusals) {
    for (const char* server : {"data_refused", "end_refused", "small"}) {
        const auto source = mime::small_message();
        source->attach(REMAPI_W("a.bin"), std::string(10000, 'x'));
        mime::MimeDocument document = mime::compose(source);
        SmtpConnection connection(settings_for(server));
        const TransactionOutcome outcome = connection.send(kToBen, document);
        EXPECT_EQ(Fate::Refused, outcome.message.fate) << server << ": " << outcome.message.reason;
        EXPECT_EQ(Fate::Refused, outcome.recipients[0].fate) << server;
    }
}

TEST(SmtpConnection, AServerThatIsDownIsDeferred) {
    SmtpSettings settings = settings_for("plain");
    settings.port = 1;
    const Outcome outcome = send_by(settings);
    EXPECT_EQ(Fate::Deferred, outcome.fate);
    EXPECT_TRUE(says(outcome, "cannot be reached")) << outcome.reason;
    settings.host = "no-such-host.invalid";
    const Outcome unknown = send_by(settings);
    EXPECT_EQ(Fate::Deferred, unknown.fate);
    EXPECT_TRUE(says(unknown, "name is unknown")) << unknown.reason;
}

TEST(SmtpConnection, RightPasswordsAreTaken) {
    struct Case {
        const char* server;
        Security security;
    };
    for (const Case& at : {Case{"auth", Security::StartTls}, Case{"auth_login", Security::Tls},
                           Case{"auth_clear", Security::None}}) {
        SmtpSettings settings = settings_for(at.server, at.security);
        settings.ca_file = certificate("ca.pem");
        settings.user = "ann";
        settings.password = "secret";
        const Outcome right = send_by(settings);
        EXPECT_EQ(Fate::Accepted, right.fate) << at.server << ": " << right.reason;
        settings.password = "Secret";
        const Outcome wrong = send_by(settings);
        EXPECT_EQ(Fate::Deferred, wrong.fate) << at.server;
        EXPECT_TRUE(says(wrong, "refused user name or password")) << wrong.reason;
        EXPECT_FALSE(says(wrong, "Secret"));
        settings.user.clear();
        const Outcome none = send_by(settings);
        EXPECT_EQ(Fate::Deferred, none.fate) << at.server << ": " << none.reason;
    }
}

TEST(SmtpConnection, ProbeSaysWhetherMailWouldGoThrough) {
    SmtpSettings settings = settings_for("auth", Security::StartTls);
    settings.ca_file = certificate("ca.pem");
    settings.user = "ann";
    settings.password = "secret";
    SmtpConnection right(settings);
    EXPECT_EQ(Fate::Accepted, right.probe().fate);
    EXPECT_EQ(Fate::Accepted, send_small(right).message.fate);
    EXPECT_EQ(1, right.connections_made());
    settings.password = "wrong";
    SmtpConnection wrong(settings);
    EXPECT_TRUE(says(wrong.probe(), "refused user name or password"));
}

TEST(SmtpConnection, AMessageThatCannotBeReadIsNotSentInPart) {
    const auto source = mime::small_message();
    source->attach(REMAPI_W("a.bin"), std::string(100000, 'x'));
    source->m_parts[0].about.size_bytes = 100001;
    mime::MimeDocument document = mime::compose(source);
    SmtpConnection connection(settings_for("plain"));
    const TransactionOutcome outcome = connection.send(kToBen, document);
    EXPECT_EQ(Fate::Deferred, outcome.message.fate);
    EXPECT_TRUE(says(outcome.message, "could not be read")) << outcome.message.reason;
    EXPECT_EQ(Fate::Accepted, send_small(connection).message.fate);
}

/// Cancels the transfer in the middle of its bytes.
class CancellingBytes final : public mime::ByteSource {
public:
    explicit CancellingBytes(SmtpConnection& connection) : m_connection(connection) {}
    std::size_t read(void* buffer, std::size_t size) override {
        if ((m_read += size) > 4u << 20) m_connection.cancel();
        std::memset(buffer, 'x', size);
        return size;
    }

private:
    SmtpConnection& m_connection;
    std::uint64_t m_read = 0;
};

TEST(SmtpConnection, CancelEndsARunningTransfer) {
    SmtpConnection connection(settings_for("plain"));
    mime::MimeDocument document;
    document.add("Subject: endless\r\n\r\n");
    document.add_base64([&] { return std::make_unique<CancellingBytes>(connection); }, 1ull << 40);
    const TransactionOutcome outcome = connection.send(kToBen, document);
    EXPECT_EQ(Fate::Deferred, outcome.message.fate);
    EXPECT_TRUE(says(outcome.message, "cancelled")) << outcome.message.reason;
}

}  // namespace
}  // namespace remapi::internet
