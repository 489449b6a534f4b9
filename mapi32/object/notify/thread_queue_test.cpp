// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <atomic>

#include "object/notify/callback_sink.h"
#include "object/notify/dispatcher.h"
#include "object/notify/subscriptions.h"

namespace remapi::object {
namespace {

class ThreadQueues : public testing::Test {
protected:
    void TearDown() override {
        Dispatcher::the().use_thread(nullptr);
        Dispatcher::the().stop();
        ThreadQueue::close_all();
    }
    template <class Body>
    static void on_another_thread(Body body) {
        port::Thread thread;
        ASSERT_TRUE(thread.start(body));
        thread.join();
    }
};

TEST_F(ThreadQueues, AreOnePerThread) {
    const auto mine = ThreadQueue::of_this_thread();
    ASSERT_TRUE(mine);
    EXPECT_EQ(mine, ThreadQueue::of_this_thread());
    on_another_thread([&] {
        EXPECT_FALSE(ThreadQueue::find_for_this_thread());
        EXPECT_NE(mine, ThreadQueue::of_this_thread());
        ThreadQueue::close_for_this_thread();
    });
    EXPECT_EQ(mine, ThreadQueue::find_for_this_thread());
}

TEST_F(ThreadQueues, DoWhatWaitedWhenTheyWereAskedTo) {
    const auto queue = ThreadQueue::of_this_thread();
    int done = 0;
    const std::function<void()> again = [&] {
        ++done;
        EXPECT_TRUE(queue->post([&] { ++done; }));
    };
    EXPECT_TRUE(queue->post(std::function<void()>(again)));
    queue->dispatch();
    EXPECT_EQ(1, done) << "what it adds waits: the thread has more to do";
    queue->dispatch();
    EXPECT_EQ(2, done);
}

TEST_F(ThreadQueues, WaitUntilAnotherThreadPosts) {
    const auto queue = ThreadQueue::of_this_thread();
    bool done = false;
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] { queue->post([&] { done = true; }); }));
    EXPECT_TRUE(queue->wait(60000));
    thread.join();
    queue->dispatch();
    EXPECT_TRUE(done);
}

TEST_F(ThreadQueues, TakeNothingOnceClosedOrTheirThreadHasEnded) {
    std::shared_ptr<ThreadQueue> ended;
    on_another_thread([&] { ended = ThreadQueue::of_this_thread(); });
    ThreadQueue::Work work = [] {};
    EXPECT_FALSE(ended->post(std::move(work)));
    EXPECT_TRUE(work) << "left to the caller";  // NOLINT(bugprone-use-after-move)
    const auto queue = ThreadQueue::of_this_thread();
    int done = 0;
    EXPECT_TRUE(queue->post([&] { ++done; }));
    ThreadQueue::close_for_this_thread();
    EXPECT_EQ(1, done);
    EXPECT_FALSE(queue->post(std::move(work)));
}

TEST_F(ThreadQueues, GetWhatTheDispatcherIsGivenOnceChosen) {
    Dispatcher& dispatcher = Dispatcher::the();
    std::atomic<std::uint64_t> thread = 0;
    const auto note = [&] { thread = port::current_thread_id(); };
    dispatcher.post(note);
    dispatcher.flush();
    EXPECT_NE(port::current_thread_id(), thread) << "a thread of its own";
    dispatcher.use_thread(ThreadQueue::of_this_thread());
    EXPECT_TRUE(dispatcher.uses_this_thread());
    thread = 0;
    dispatcher.post(note);
    EXPECT_EQ(0u, thread) << "never within the call";
    EXPECT_EQ(S_OK, dispatch_notifications(0));
    EXPECT_EQ(port::current_thread_id(), thread);
}

TEST_F(ThreadQueues, OfAnEndedThreadAreReplacedByTheDispatchersOwn) {
    Dispatcher& dispatcher = Dispatcher::the();
    on_another_thread([&] { dispatcher.use_thread(ThreadQueue::of_this_thread()); });
    std::atomic<int> done = 0;
    dispatcher.post([&] { ++done; });
    dispatcher.flush();
    EXPECT_EQ(1, done);
}

TEST_F(ThreadQueues, MayBeWaitedForByAClient) {
    ThreadQueue::of_this_thread();
    EXPECT_EQ(MAPI_E_TIMEOUT, dispatch_notifications(kDispatchWait | 1));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, dispatch_notifications(1));
    const auto queue = ThreadQueue::of_this_thread();
    bool done = false;
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] { queue->post([&] { done = true; }); }));
    EXPECT_EQ(S_OK, dispatch_notifications(kDispatchWait | 60000));
    thread.join();
    EXPECT_TRUE(done);
}

TEST_F(ThreadQueues, CarrySubscriptionsThatAreDeliveredLater) {
    Dispatcher::the().use_thread(ThreadQueue::of_this_thread());
    int first = 0;
    int second = 0;
    Subscriptions subscriptions(Subscriptions::Delivery::Later);
    subscriptions.add(fnevObjectCreated,
                      com::make<CallbackSink>([&](const NOTIFICATION* events, ULONG) {
                          ++first;
                          EXPECT_EQ(2u, events[0].info.obj.cbEntryID);
                      }).get());
    const ULONG removed = subscriptions.add(
        fnevObjectCreated,
        com::make<CallbackSink>([&](const NOTIFICATION*, ULONG) { ++second; }).get());
    ObjectEvent event;
    event.type = fnevObjectCreated;
    event.entry_id = {1, 2};
    subscriptions.deliver(event);
    EXPECT_EQ(0, first);
    subscriptions.remove(removed);
    Dispatcher::the().flush();
    EXPECT_EQ(1, first);
    EXPECT_EQ(0, second);
}

}  // namespace
}  // namespace remapi::object
