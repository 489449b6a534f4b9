// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Other processes on the same store: killed at the fault points, and working at the same time.
#include <gtest/gtest.h>

#include <cstdlib>

#include "port/module.h"
#include "port/thread.h"
#include "providers/localstore/backend/stream_rows.h"
#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {
namespace {

class OtherProcess : public testing::Test {
protected:
    OtherProcess() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}

    /// Runs the victim; answers whether it came to its end.
    bool run(const char* operation, int count, const char* fault_point = "") const {
        const String program =
            port::join_path(port::own_module_folder(), REMAPI_W("localstore_victim"));
        const std::string command = port::to_utf8(program) + " " + operation + " " +
                                    port::to_utf8(path) + " " + std::to_string(count) + " " +
                                    fault_point;
        return std::system(command.c_str()) == 0;
    }

    TestFolder folder;
    const String path = folder.file(REMAPI_W("a.rms"));
};

TEST_F(OtherProcess, KilledBeforeTheCommitOfASubmissionLeavesNoMessage) {
    EXPECT_FALSE(run("submit", 1, "submit.before-commit"));
    const TestStore store(path);
    EXPECT_TRUE(store.queue().empty());
    EXPECT_TRUE(store.contents(PR_IPM_OUTBOX_ENTRYID).empty());
}

TEST_F(OtherProcess, KilledAfterTheCommitOfASubmissionLeavesTheMessageQueued) {
    EXPECT_FALSE(run("submit", 1, "submit.after-commit"));
    const TestStore store(path);
    EXPECT_EQ(1u, store.queue().size());
}

TEST_F(OtherProcess, KilledOnceASentMessageWasMarkedItIsFiledAndNotSentAgain) {
    ASSERT_TRUE(run("submit", 2));
    EXPECT_FALSE(run("finish", 0, "store.finish.marked-done"));
    TestStore store(path, true);
    store.file_sent_messages();
    const auto rows = store.queue();
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(String(REMAPI_W("1")), String(rows[0].text(PR_SUBJECT_W)));
    EXPECT_EQ(1u, store.contents(PR_IPM_SENTMAIL_ENTRYID).size());
    EXPECT_EQ(1, store.support->sent_count);
}

TEST_F(OtherProcess, KilledOnceASentMessageWasFiledItIsNotFiledTwice) {
    ASSERT_TRUE(run("submit", 1));
    EXPECT_FALSE(run("finish", 0, "store.finish.moved"));
    TestStore store(path, true);
    EXPECT_TRUE(store.queue().empty());
    EXPECT_EQ(0, store.support->sent_count);
    EXPECT_EQ(1u, store.contents(PR_IPM_SENTMAIL_ENTRYID).size());
}

TEST_F(OtherProcess, AMessageThatAKilledSpoolerWasHandingOverCanBeLockedAgain) {
    ASSERT_TRUE(run("submit", 1));
    EXPECT_FALSE(run("lock", 1));
    TestStore store(path, true);
    const auto rows = store.queue();
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(String(REMAPI_W("handing-over")), String(rows[0].text(kTagQueueState)));
    store.finish_queue();
    EXPECT_TRUE(store.queue().empty());
}

TEST_F(OtherProcess, WhatWasNeverSavedIsRemovedWhenTheStoreIsOpenedNext) {
    EXPECT_FALSE(run("pending", 1));
    {
        const TestStore store(path);
        EXPECT_TRUE(store.contents(PR_IPM_OUTBOX_ENTRYID).empty());
    }
    Database database(path, Database::Open::Existing);
    Transaction work(database, Transaction::Kind::Read);
    EXPECT_TRUE(rows::pending_owners(work).empty());
    EXPECT_EQ(0, work.sql().number("SELECT count(*) FROM stream_chunk"));
}

TEST_F(OtherProcess, TwoSubmittersAndThisOneLoseNothing) {
    constexpr int kMessages = 25;
    bool ended[2] = {};
    port::Thread others[2];
    for (int i = 0; i < 2; ++i)
        others[i].start([this, &ended, i] { ended[i] = run("submit", kMessages); });
    {
        const TestStore store(path);
        for (int i = 0; i < kMessages; ++i) store.submit(REMAPI_W("mine"));
    }
    for (auto& other : others) other.join();
    EXPECT_TRUE(ended[0] && ended[1]);
    const TestStore store(path);
    EXPECT_EQ(3u * kMessages, store.queue().size());
    EXPECT_EQ(3 * kMessages,
              object::get_required_prop(store.folder(PR_IPM_OUTBOX_ENTRYID).get(), PR_CONTENT_COUNT)
                  .number());
}

}  // namespace
}  // namespace remapi::localstore
