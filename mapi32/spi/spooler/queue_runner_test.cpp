// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/queue_runner.h"

#include <gtest/gtest.h>

#include "abi/remapi_tags.h"
#include "port/process.h"
#include "spi/spooler/fakes_test.h"
#include "text/text.h"

namespace remapi::spi::test {
namespace {

class QueueRunnerTest : public ::testing::Test {
protected:
    void SetUp() override {
        // One folder for each process and test, so that test programs may run side by side.
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        m_folder = port::join_path(
            port::temporary_folder(),
            text::to_wide("remapi-leases-" + std::to_string(port::current_process_id()) + "-" +
                          test->name()));
        m_world.all = {&m_smtp};
        m_options.lease_folder = m_folder;
        m_options.timeout_ms = RunOptions::kNoTimeout;
        m_options.retry = {30, 3600};
    }
    void TearDown() override {
        for (const String& name : port::list_folder(m_folder))
            port::remove_file(port::join_path(m_folder, name));
        port::remove_folder(m_folder);
    }
    RunResult run() { return QueueRunner({&m_store}, m_world, m_options).run(); }
    void add(std::uint8_t number) {
        m_store.add(number, {recipient(REMAPI_W("a@example.org"))}, m_world.time);
    }

    String m_folder;
    FakeStore m_store;
    FakeTransport m_smtp{REMAPI_W("SMTP")};
    FakeWorld m_world;
    RunOptions m_options;
};

TEST_F(QueueRunnerTest, AnEmptyQueueEndsAtOnce) {
    const RunResult result = run();
    EXPECT_EQ(0u, result.sent + result.waiting + result.failed);
    EXPECT_EQ(kStart, m_world.time);
}

TEST_F(QueueRunnerTest, EveryMessageIsSentInTheOrderOfTheQueue) {
    for (std::uint8_t i = 1; i <= 3; ++i) add(i);
    const RunResult result = run();
    EXPECT_EQ(3u, result.sent);
    EXPECT_EQ(0u, result.waiting);
    EXPECT_EQ((std::vector<Bytes>{entry(1), entry(2), entry(3)}), m_store.finished);
}

TEST_F(QueueRunnerTest, AFailingMessageDoesNotBlockTheOthers) {
    add(1);
    add(2);
    m_options.once = true;
    m_smtp.answers = {failing(MAPI_E_NETWORK_ERROR)};
    const RunResult result = run();
    EXPECT_EQ(1u, result.sent);
    EXPECT_EQ(1u, result.waiting);
    EXPECT_EQ(std::vector<Bytes>{entry(2)}, m_store.finished);
}

TEST_F(QueueRunnerTest, AnErrorOfTheStoreDoesNotBlockTheOthersEither) {
    add(1);
    add(2);
    m_options.once = true;
    m_store.fail_lock_once = true;
    const RunResult result = run();
    EXPECT_EQ(1u, result.sent);
    EXPECT_EQ(1u, result.waiting);
    EXPECT_TRUE(m_store.messages[entry(1)].reason.starts_with(
        REMAPI_W("the store cannot work on the message: locking: MAPI_E_DISK_ERROR")));
}

TEST_F(QueueRunnerTest, AMessageThatCannotBeOpenedIsGivenUpWhenItsTimeIsOver) {
    add(1);
    m_store.messages[entry(1)].damaged = true;
    m_options.retry = {30, 100};
    m_options.linger_seconds = 300;
    EXPECT_EQ(1u, run().waiting);
    EXPECT_EQ(4, m_store.failed_openings) << "at once, after 30, 90 and 100 seconds";
    const FakeMessage& given_up = m_store.messages[entry(1)];
    EXPECT_TRUE(given_up.queued) << "it is kept";
    EXPECT_EQ(kQueueNextTryNever, given_up.row.next_try);
    EXPECT_TRUE(given_up.reason.starts_with(
        REMAPI_W("given up after try 4, the message is kept: the store cannot work on it: ")));
    EXPECT_NE(String::npos, given_up.reason.find(REMAPI_W("opening: MAPI_E_CORRUPT_DATA")));
    EXPECT_LT(m_world.time, kStart + 110 * port::kFileTimePerSecond) << "nobody waits for it";

    add(2);
    EXPECT_EQ(1u, run().sent);
    EXPECT_EQ(4, m_store.failed_openings) << "later runs leave it alone";
    m_store.messages[entry(1)].damaged = false;
    m_options.now = true;
    EXPECT_EQ(1u, run().sent) << "who asks for it gets another try";
}

TEST_F(QueueRunnerTest, AStoreThatKeepsNoRetriesIsNotAskedForEverEither) {
    add(1);
    m_store.messages[entry(1)].damaged = true;
    m_store.messages[entry(1)].row.submitted = 0;
    m_store.keeps_retries = false;
    m_options.retry = {30, 100};
    m_options.linger_seconds = 300;
    EXPECT_EQ(1u, run().waiting);
    EXPECT_EQ(4, m_store.failed_openings) << "at once, after 30, 90 and 210 seconds";
}

TEST_F(QueueRunnerTest, WhatSaysNothingAboutTheMessageIsNoReasonToGiveItUp) {
    add(1);
    m_store.full = true;
    m_options.retry = {30, 100};
    m_options.linger_seconds = 3600;
    m_world.on_pause = [&] {
        m_store.full = m_world.time < kStart + 400 * port::kFileTimePerSecond;
    };
    EXPECT_EQ(1u, run().sent);
    EXPECT_GE(m_world.time, kStart + 400 * port::kFileTimePerSecond);
}

TEST_F(QueueRunnerTest, AStoreOnAFullDiskIsLeftAloneForAWhile) {
    add(1);
    add(2);
    m_store.full = true;
    m_options.linger_seconds = 300;
    m_world.on_pause = [&] {
        m_world.on_pause = nullptr;
        EXPECT_EQ(1, m_store.locks);
        m_store.full = false;
    };
    EXPECT_EQ(2u, run().sent);
    EXPECT_EQ(3, m_store.locks);
    EXPECT_GE(m_world.time, kStart + 30 * port::kFileTimePerSecond);
}

TEST_F(QueueRunnerTest, OnceEndsWithAFullDisk) {
    add(1);
    add(2);
    m_store.full = true;
    m_options.once = true;
    EXPECT_EQ(2u, run().waiting);
    EXPECT_EQ(1, m_store.locks);
}

TEST_F(QueueRunnerTest, OnceLeavesWhatIsNotDueAndNowDoesNot) {
    add(1);
    m_store.messages[entry(1)].row.next_try = kStart + 1;
    m_options.once = true;
    EXPECT_EQ(1u, run().waiting);
    EXPECT_EQ(0, m_smtp.calls);
    m_options.now = true;
    EXPECT_EQ(1u, run().sent);
}

TEST_F(QueueRunnerTest, LingersUntilTheNextTryAndSends) {
    add(1);
    m_options.linger_seconds = 300;
    m_smtp.answers = {failing(MAPI_E_NETWORK_ERROR), failing(MAPI_E_NETWORK_ERROR)};
    const RunResult result = run();
    EXPECT_EQ(1u, result.sent);
    EXPECT_EQ(3, m_smtp.calls);
    EXPECT_GE(m_world.time, kStart + 90 * port::kFileTimePerSecond);
    EXPECT_LT(m_world.time, kStart + 95 * port::kFileTimePerSecond);
}

TEST_F(QueueRunnerTest, EndsWhenTheNextTryIsTooFarAway) {
    add(1);
    m_options.linger_seconds = 20;
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR);
    EXPECT_EQ(1u, run().waiting);
    EXPECT_EQ(1, m_smtp.calls);
}

TEST_F(QueueRunnerTest, TheScheduleHoldsForAStoreThatDoesNotKeepIt) {
    add(1);
    m_store.keeps_retries = false;
    m_options.linger_seconds = 300;
    m_smtp.answers = {failing(MAPI_E_NETWORK_ERROR)};
    EXPECT_EQ(1u, run().sent);
    EXPECT_GE(m_world.time, kStart + 30 * port::kFileTimePerSecond);
}

TEST_F(QueueRunnerTest, SendsWhatArrivesWhileItWaits) {
    add(1);
    m_options.linger_seconds = 300;
    m_smtp.answers = {failing(MAPI_E_NETWORK_ERROR)};
    m_world.on_pause = [&] {
        m_world.on_pause = nullptr;
        add(2);
    };
    const RunResult result = run();
    EXPECT_EQ(2u, result.sent);
    EXPECT_EQ(entry(2), m_store.finished.front());
}

TEST_F(QueueRunnerTest, TheTimeoutEndsTheWaiting) {
    add(1);
    m_options.linger_seconds = 300;
    m_options.timeout_ms = 10000;
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR);
    EXPECT_EQ(1u, run().waiting);
    EXPECT_LE(m_world.time, kStart + 11 * port::kFileTimePerSecond);
}

TEST_F(QueueRunnerTest, StopEndsAfterTheMessageInHand) {
    add(1);
    add(2);
    m_smtp.on_submit = [&] { m_world.stop = true; };
    const RunResult result = run();
    EXPECT_EQ(1u, result.sent);
    EXPECT_EQ(1u, result.waiting);
    EXPECT_EQ(1, m_smtp.calls);
}

TEST_F(QueueRunnerTest, StopEndsTheWaiting) {
    add(1);
    m_options.linger_seconds = 300;
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR);
    m_world.on_pause = [&] { m_world.stop = true; };
    EXPECT_EQ(1u, run().waiting);
    EXPECT_EQ(1, m_smtp.calls);
}

TEST_F(QueueRunnerTest, ASecondSpoolerLeavesTheWorkToTheFirst) {
    add(1);
    Lease first(m_folder, m_store.record_key());
    ASSERT_TRUE(first.take());
    const RunResult result = run();
    EXPECT_TRUE(result.busy);
    EXPECT_EQ(1u, result.waiting);
    EXPECT_EQ(0, m_smtp.calls);
    EXPECT_EQ(kStart, m_world.time);
}

TEST_F(QueueRunnerTest, AFlushAsksForTheLeaseAndWaitsForIt) {
    add(1);
    m_options.once = m_options.now = true;
    m_options.timeout_ms = 5000;
    Lease first(m_folder, m_store.record_key());
    ASSERT_TRUE(first.take());
    bool asked = false;
    m_world.on_pause = [&] {
        asked = asked || first.wanted();
        if (m_world.time >= kStart + port::kFileTimePerSecond) first.release();
    };
    const RunResult result = run();
    EXPECT_TRUE(asked);
    EXPECT_FALSE(first.wanted()) << "the request is taken back";
    EXPECT_FALSE(result.busy);
    EXPECT_EQ(1u, result.sent);
}

TEST_F(QueueRunnerTest, AFlushThatDoesNotGetTheLeaseIsBusy) {
    add(1);
    m_options.once = m_options.now = true;
    m_options.timeout_ms = 2000;
    Lease first(m_folder, m_store.record_key());
    ASSERT_TRUE(first.take());
    const RunResult result = run();
    EXPECT_TRUE(result.busy);
    EXPECT_EQ(1u, result.waiting);
}

TEST_F(QueueRunnerTest, WhoWaitsForALaterTryHandsTheLeaseOver) {
    add(1);
    m_options.linger_seconds = 300;
    m_smtp.answer = failing(MAPI_E_NETWORK_ERROR);
    Lease flusher(m_folder, m_store.record_key());
    bool got = false;
    m_world.on_pause = [&] {
        if (got) return;
        flusher.want();
        if (!flusher.take()) return;
        got = true;
        flusher.no_longer_want();
        m_store.finish(entry(1));
        flusher.release();
    };
    const RunResult result = run();
    EXPECT_TRUE(got);
    EXPECT_EQ(0u, result.waiting);
}

TEST_F(QueueRunnerTest, AMessageThatArrivesWhileTheLeaseIsLetGoIsNotStranded) {
    add(1);
    // Submitted after the last look under the lease; its own spooler finds the lease taken and
    // ends.
    Lease other(m_folder, m_store.record_key());
    bool arrived = false;
    m_store.on_queue = [&](int) {
        if (arrived || m_store.finished.empty() || !other.take()) return;
        other.release();
        arrived = true;
        add(2);
    };
    EXPECT_EQ(2u, run().sent);
    EXPECT_TRUE(arrived);
}

TEST(LeaseTest, HasOneHolderAndSaysWho) {
    const String folder = port::join_path(
        port::temporary_folder(),
        text::to_wide("remapi-lease-test-" + std::to_string(port::current_process_id())));
    const Bytes key{0xAB, 0x01};
    Lease first(folder, key);
    Lease second(folder, key);
    Lease another(folder, Bytes{0xAB, 0x02});
    EXPECT_FALSE(second.last_holder());
    EXPECT_TRUE(first.take());
    EXPECT_FALSE(second.take());
    EXPECT_TRUE(another.take());
    const auto holder = second.last_holder();
    ASSERT_TRUE(holder);
    EXPECT_EQ(port::current_process_id(), holder->id);
    EXPECT_EQ(port::this_process().start_time, holder->start_time);
    EXPECT_TRUE(port::is_alive(*holder));
    first.release();
    EXPECT_TRUE(second.take());
    second.release();
    another.release();
    for (const String& name : port::list_folder(folder))
        port::remove_file(port::join_path(folder, name));
    port::remove_folder(folder);
}

}  // namespace
}  // namespace remapi::spi::test
