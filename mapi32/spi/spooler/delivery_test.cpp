// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/delivery.h"

#include <gtest/gtest.h>

#include "spi/spooler/fakes_test.h"

namespace remapi::spi::test {
namespace {

using Kind = Outcome::Kind;

class DeliveryTest : public ::testing::Test {
protected:
    void SetUp() override {
        m_world.all = {&m_smtp, &m_fax};
        m_store.add(1, {recipient(REMAPI_W("a@example.org"))});
    }
    Outcome deliver(std::uint8_t number = 1) {
        const QueueEntry row = m_store.messages[entry(number)].row;
        return Delivery(m_store, row, m_world, m_policy).run();
    }

    FakeStore m_store;
    FakeTransport m_smtp{REMAPI_W("SMTP")};
    FakeTransport m_fax{REMAPI_W("FAX")};
    FakeWorld m_world;
    RetryPolicy m_policy{30, 3600};
};

TEST_F(DeliveryTest, ASentMessageIsFinishedOnce) {
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(std::vector<String>{REMAPI_W("a@example.org")}, m_smtp.sent_to);
    EXPECT_EQ(std::vector<Bytes>{entry(1)}, m_store.finished);
    EXPECT_EQ(0, m_fax.calls);
    EXPECT_FALSE(m_smtp.was_tried_before);
}

TEST_F(DeliveryTest, AMessageThatWasHandedOverIsOnlyPutAway) {
    m_store.messages[entry(1)].row.done = true;
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(0, m_smtp.calls);
    EXPECT_EQ(1u, m_store.finished.size());
}

TEST_F(DeliveryTest, EachTransportGetsItsRecipients) {
    m_store.add(1, {recipient(REMAPI_W("a@example.org")),
                    recipient(REMAPI_W("+49 30 1"), REMAPI_W("FAX"))});
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(std::vector<String>{REMAPI_W("a@example.org")}, m_smtp.sent_to);
    EXPECT_EQ(std::vector<String>{REMAPI_W("+49 30 1")}, m_fax.sent_to);
}

TEST_F(DeliveryTest, ARecipientThatIsTakenAlreadyGetsNothing) {
    PropertyBag taken = recipient(REMAPI_W("taken@example.org"));
    taken.set({PR_RESPONSIBILITY, true});
    m_store.add(1, {taken});
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(0, m_smtp.calls);
}

TEST_F(DeliveryTest, TheIdentifierOfAnEntryIdGoesBeforeTheAddressType) {
    m_fax.claimed = to_bytes(m_store.messages[entry(1)].recipients[0].bytes(PR_ENTRYID));
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(1u, m_fax.sent_to.size());
    EXPECT_EQ(0, m_smtp.calls);
}

TEST_F(DeliveryTest, ATransportThatIsNotMeantMakesRoomForTheNext) {
    FakeTransport second{REMAPI_W("SMTP")};
    m_world.all = {&m_smtp, &second};
    m_smtp.answer = failing(MAPI_E_NOT_ME);
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(1u, second.sent_to.size());
}

TEST_F(DeliveryTest, ARecipientThatOneTransportLeavesIsOfferedToTheNext) {
    FakeTransport second{REMAPI_W("SMTP")};
    m_world.all = {&m_smtp, &second};
    m_store.add(1, {recipient(REMAPI_W("a@example.org")), recipient(REMAPI_W("left@example.org"))});
    m_smtp.leaves = REMAPI_W("left@example.org");
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(std::vector<String>{REMAPI_W("left@example.org")}, second.sent_to);
}

TEST_F(DeliveryTest, WhatNoTransportTakesComesBackAtOnceAndTheRestIsSent) {
    m_store.add(1,
                {recipient(REMAPI_W("a@example.org")), recipient(REMAPI_W("x"), REMAPI_W("X400"))});
    EXPECT_EQ(Kind::Returned, deliver().kind);
    EXPECT_EQ(1u, m_smtp.sent_to.size());
    ASSERT_EQ(1u, m_world.reported.size());
    EXPECT_EQ(REMAPI_W("x"), m_world.reported[0].text(PR_EMAIL_ADDRESS_W));
    EXPECT_FALSE(m_world.reported[0].text(PR_REPORT_TEXT_W).empty());
    EXPECT_EQ(1u, m_store.finished.size());
}

TEST_F(DeliveryTest, NobodyIsGivenUpWhileATransportIsMissing) {
    m_world.all = {&m_fax};
    m_world.missing = REMAPI_W("Internet Mail is not available");
    EXPECT_EQ(Kind::Waiting, deliver().kind);
    EXPECT_TRUE(m_world.reported.empty());
    EXPECT_EQ(m_world.missing, m_store.messages[entry(1)].reason);
}

TEST_F(DeliveryTest, AFailureKeepsTheMessageAndSaysWhyAndWhen) {
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR, 0, REMAPI_W("connection refused"));
    const Outcome outcome = deliver();
    EXPECT_EQ(Kind::Waiting, outcome.kind);
    EXPECT_EQ(1u, outcome.retry.tries);
    EXPECT_EQ(kStart + 30 * port::kFileTimePerSecond, outcome.retry.next_try);
    EXPECT_EQ(REMAPI_W("connection refused"), m_store.messages[entry(1)].reason);
    EXPECT_TRUE(m_store.finished.empty());
}

TEST_F(DeliveryTest, AFailureWithoutAReasonIsNamedByItsCode) {
    m_smtp.answer = failing(MAPI_E_UNCONFIGURED);
    deliver();
    EXPECT_EQ(REMAPI_W("fake transport: MAPI_E_UNCONFIGURED"), m_store.messages[entry(1)].reason);
}

TEST_F(DeliveryTest, WhatTheTransportWroteOnTheMessageIsTheReason) {
    m_smtp.answer = failing(MAPI_E_WAIT);
    m_store.messages[entry(1)].reason = REMAPI_W("451 mailbox busy");
    deliver();
    EXPECT_EQ(REMAPI_W("451 mailbox busy"), m_store.messages[entry(1)].reason);
}

TEST_F(DeliveryTest, TheCodeOfAnEarlierTryIsReplaced) {
    m_smtp.answer = failing(MAPI_E_WAIT);
    deliver();
    m_smtp.answer = failing(MAPI_E_BUSY);
    deliver();
    EXPECT_EQ(REMAPI_W("fake transport: MAPI_E_BUSY"), m_store.messages[entry(1)].reason);
}

TEST_F(DeliveryTest, TheTransportMayAskForMoreTime) {
    m_smtp.answer = failing(MAPI_E_WAIT, 120);
    EXPECT_EQ(kStart + 120 * port::kFileTimePerSecond, deliver().retry.next_try);
}

TEST_F(DeliveryTest, WhatAFailingTransportChangedIsNotKept) {
    m_smtp.marks_anyway = true;
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR);
    EXPECT_EQ(Kind::Waiting, deliver().kind);
    EXPECT_FALSE(m_store.messages[entry(1)].recipients[0].truth(PR_RESPONSIBILITY));
}

TEST_F(DeliveryTest, WhatOneTransportSentIsNotSentAgainWhenAnotherFails) {
    m_store.add(1, {recipient(REMAPI_W("a@example.org")),
                    recipient(REMAPI_W("+49 30 1"), REMAPI_W("FAX"))});
    m_fax.answer = failing(MAPI_E_BUSY);
    EXPECT_EQ(Kind::Waiting, deliver().kind);
    m_fax.answer = {};
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(1u, m_smtp.sent_to.size());
    EXPECT_EQ(1u, m_fax.sent_to.size());
    EXPECT_TRUE(m_fax.was_tried_before);
}

TEST_F(DeliveryTest, AMessageThatFailsUntilItsTimeIsUpComesBack) {
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR, 0, REMAPI_W("connection refused"));
    m_world.time = kStart + 3600 * port::kFileTimePerSecond;
    EXPECT_EQ(Kind::Returned, deliver().kind);
    ASSERT_EQ(1u, m_world.reported.size());
    EXPECT_EQ(REMAPI_W("connection refused"), m_world.reported[0].text(PR_REPORT_TEXT_W));
    EXPECT_EQ(1u, m_store.finished.size());
}

TEST_F(DeliveryTest, ResendNowIsObeyedButNotForEver) {
    m_smtp.answers = {ending(END_RESEND_NOW), ending(END_RESEND_NOW)};
    EXPECT_EQ(Kind::Sent, deliver().kind);
    EXPECT_EQ(3, m_smtp.calls);

    m_store.add(2, {recipient(REMAPI_W("b@example.org"))});
    m_smtp.answer = ending(END_RESEND_NOW);
    EXPECT_EQ(Kind::Waiting, deliver(2).kind);
}

TEST_F(DeliveryTest, ResendLaterWaits) {
    m_smtp.answer = ending(END_RESEND_LATER);
    EXPECT_EQ(Kind::Waiting, deliver().kind);
    EXPECT_EQ(1, m_smtp.calls);
}

TEST_F(DeliveryTest, AMessageThatWasTakenBackIsGone) {
    const QueueEntry row = m_store.messages[entry(1)].row;
    m_store.messages.clear();
    EXPECT_EQ(Kind::Gone, Delivery(m_store, row, m_world, m_policy).run().kind);
    EXPECT_EQ(0, m_smtp.calls);
}

TEST(RetryPolicyTest, WaitingTimesDoubleAndEndWithTheMessagesTime) {
    const RetryPolicy policy{30, 1000};
    const auto after = [&](ULONG tries) {
        return (policy.next_try(kStart, kStart, tries, 0) - kStart) / port::kFileTimePerSecond;
    };
    EXPECT_EQ(30u, after(1));
    EXPECT_EQ(60u, after(2));
    EXPECT_EQ(480u, after(5));
    EXPECT_EQ(960u, after(6));
    EXPECT_EQ(1000u, after(7));
    EXPECT_EQ(1000u, after(60));
    EXPECT_FALSE(policy.gives_up(kStart + 999 * port::kFileTimePerSecond, kStart, 60));
    EXPECT_TRUE(policy.gives_up(kStart + 1000 * port::kFileTimePerSecond, kStart, 1));
}

TEST(RetryPolicyTest, WithoutATimeOfSubmissionTheTriesAreCounted) {
    const RetryPolicy policy{30, 1000};
    EXPECT_FALSE(policy.gives_up(kStart, 0, 1));
    EXPECT_FALSE(policy.gives_up(kStart, 0, 6)) << "30 + 60 + 120 + 240 + 480 seconds";
    EXPECT_TRUE(policy.gives_up(kStart, 0, 7));
    EXPECT_TRUE(policy.gives_up(kStart, 0, 60));
    EXPECT_TRUE((RetryPolicy{0, 1000}.gives_up(kStart, 0, 22))) << "never for ever";
}

}  // namespace
}  // namespace remapi::spi::test
