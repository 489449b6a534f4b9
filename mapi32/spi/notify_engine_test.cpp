// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/notify_engine.h"

#include <gtest/gtest.h>

#include <cstring>

#include "object/notify/callback_sink.h"
#include "object/notify/dispatcher.h"
#include "object/notify/notification.h"

namespace remapi::spi {
namespace {

/// Counts what it hears, on whichever thread; answers what it is told to.
class CountingSink final : public com::Object<CountingSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;
    explicit CountingSink(ULONG answer = S_OK) : m_answer(answer) {}

    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override {
        calls.fetch_add(1);
        for (ULONG i = 0; i < count; ++i) {
            last_id.store(events[i].info.obj.cbEntryID ? events[i].info.obj.lpEntryID->abFlags[0]
                                                       : 0);
            heard.fetch_add(1);
        }
        thread.store(port::current_thread_id());
        return m_answer;
    }

    std::atomic<int> calls{0};
    std::atomic<int> heard{0};
    std::atomic<int> last_id{0};
    std::atomic<std::uint64_t> thread{0};

private:
    friend class com::Object<CountingSink, IMAPIAdviseSink>;
    ~CountingSink() = default;
    const ULONG m_answer;
};

class Notifications : public ::testing::Test {
protected:
    void TearDown() override {
        object::Dispatcher::the().stop();
        EXPECT_EQ(0u, engine.size());
    }

    static BytesView key(const char* text) { return view_bytes(text, std::strlen(text)); }
    static Buffer<NOTIFICATION> event(ULONG type, std::uint8_t id) {
        object::ObjectEvent what;
        what.type = type;
        what.entry_id = {id, 0, 0, 0, 1};
        return object::pack(what);
    }
    ULONG notify(const char* text, ULONG type, std::uint8_t id = 1) {
        const auto packed = event(type, id);
        return engine.notify(key(text), {packed.get(), 1});
    }

    NotifyEngine& engine = NotifyEngine::the();
};

TEST_F(Notifications, SynchronousOnesArriveOnTheCallersThreadBeforeNotifyReturns) {
    const auto sink = com::make<CountingSink>();
    const ULONG_PTR connection =
        engine.subscribe(key("a"), fnevObjectModified, NOTIFY_SYNC, sink.get());
    EXPECT_NE(0u, connection);
    EXPECT_EQ(0u, notify("a", fnevObjectModified, 7));
    EXPECT_EQ(1, sink->calls);
    EXPECT_EQ(7, sink->last_id);
    EXPECT_EQ(port::current_thread_id(), sink->thread);
    EXPECT_TRUE(engine.unsubscribe(connection));
    EXPECT_FALSE(engine.unsubscribe(connection));
    notify("a", fnevObjectModified);
    EXPECT_EQ(1, sink->calls);
}

TEST_F(Notifications, OthersArriveInOrderOnAThreadOfTheEngine) {
    const auto sink = com::make<CountingSink>();
    const ULONG_PTR connection = engine.subscribe(key("a"), fnevObjectModified, 0, sink.get());
    for (std::uint8_t id = 1; id <= 100; ++id) notify("a", fnevObjectModified, id);
    object::Dispatcher::the().flush();
    EXPECT_EQ(100, sink->heard);
    EXPECT_EQ(100, sink->last_id);
    EXPECT_NE(port::current_thread_id(), sink->thread);
    engine.unsubscribe(connection);
}

TEST_F(Notifications, GoToTheirKeyAndMaskOnly) {
    const auto sink = com::make<CountingSink>();
    const ULONG_PTR connection =
        engine.subscribe(key("a"), fnevObjectDeleted, NOTIFY_SYNC, sink.get());
    notify("b", fnevObjectDeleted);
    notify("a", fnevObjectModified);
    EXPECT_EQ(0, sink->calls);
    notify("a", fnevObjectDeleted);
    EXPECT_EQ(1, sink->calls);
    engine.unsubscribe(connection);
}

TEST_F(Notifications, SayWhenASinkDiscontinues) {
    const auto sink = com::make<CountingSink>(CALLBACK_DISCONTINUE);
    const ULONG_PTR connection =
        engine.subscribe(key("a"), fnevObjectModified, NOTIFY_SYNC, sink.get());
    EXPECT_EQ(NOTIFY_CANCELED, notify("a", fnevObjectModified));
    engine.unsubscribe(connection);
}

TEST_F(Notifications, LetASinkUnsubscribeItselfWhileItIsCalled) {
    ULONG_PTR connection = 0;
    int calls = 0;
    auto sink = com::make<object::CallbackSink>([&](const NOTIFICATION*, ULONG) {
        ++calls;
        engine.unsubscribe(connection);
        object::Dispatcher::the().flush();
    });
    connection = engine.subscribe(key("a"), fnevObjectModified, 0, sink.get());
    sink.reset();
    notify("a", fnevObjectModified);
    notify("a", fnevObjectModified);
    object::Dispatcher::the().flush();
    EXPECT_EQ(1, calls);
}

TEST_F(Notifications, StartAgainAfterAStop) {
    const auto sink = com::make<CountingSink>();
    const ULONG_PTR connection = engine.subscribe(key("a"), fnevObjectModified, 0, sink.get());
    for (int round = 1; round <= 3; ++round) {
        notify("a", fnevObjectModified);
        object::Dispatcher::the().stop();
        EXPECT_EQ(round, sink->calls) << "what was queued is delivered before the thread ends";
    }
    engine.unsubscribe(connection);
}

}  // namespace
}  // namespace remapi::spi
