// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "com/object.h"
#include "compat-tests/conformance/message_loop.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"
#include "port/thread.h"

namespace remapi::test {
namespace {

using AllocateSink = HRESULT WINAPI(LPNOTIFCALLBACK, LPVOID, LPMAPIADVISESINK*);
using ThisThreadSink = HRESULT WINAPI(LPMAPIADVISESINK, LPMAPIADVISESINK*);

/// What a sink of the tests heard.
struct Heard {
    std::vector<ULONG> types;
    std::vector<std::uint64_t> threads;
    BYTE first_id_byte = 0;
    const void* where = nullptr;
};

LONG STDAPICALLTYPE on_notify(LPVOID context, ULONG count, LPNOTIFICATION events) {
    auto& heard = *static_cast<Heard*>(context);
    for (ULONG i = 0; i < count; ++i) heard.types.push_back(events[i].ulEventType);
    heard.threads.push_back(port::current_thread_id());
    heard.where = events;
    if (count > 0 && events[0].ulEventType == fnevObjectCreated) {
        heard.first_id_byte = *reinterpret_cast<const BYTE*>(events[0].info.obj.lpEntryID);
    }
    return static_cast<LONG>(CALLBACK_DISCONTINUE);
}

/// A callback that dispatches what waits when it is called first.
struct Nested {
    DispatchNotifications* dispatch;
    int calls = 0;
};

LONG STDAPICALLTYPE dispatch_again(LPVOID context, ULONG, LPNOTIFICATION) {
    auto& self = *static_cast<Nested*>(context);
    if (++self.calls == 1) self.dispatch(0);
    return S_OK;
}

class AdviseSinks : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(allocate && this_thread && dispatch && initialize && uninitialize);
        ASSERT_HR(S_OK, initialize(nullptr));
        ASSERT_HR(S_OK, allocate(&on_notify, &m_heard, m_sink.put()));
        ASSERT_TRUE(m_sink);
    }
    void TearDown() override {
        m_sink.reset();
        uninitialize();
    }

    static void notify(IMAPIAdviseSink* sink, ULONG type = fnevObjectCreated) {
        BYTE id[8] = {42};
        NOTIFICATION event = {};
        event.ulEventType = type;
        event.info.obj.cbEntryID = sizeof id;
        event.info.obj.lpEntryID = reinterpret_cast<ENTRYID*>(id);
        sink->OnNotify(1, &event);
        id[0] = 0;
    }
    template <class Body>
    static void on_another_thread(Body body) {
        port::Thread thread;
        ASSERT_TRUE(thread.start(body));
        thread.join();
    }

    const Subject& mapi = Subject::the();
    AllocateSink* allocate = mapi.find<AllocateSink>("HrAllocAdviseSink");
    ThisThreadSink* this_thread = mapi.find<ThisThreadSink>("HrThisThreadAdviseSink");
    DispatchNotifications* dispatch = mapi.find<DispatchNotifications>("HrDispatchNotifications");
    MAPIINITIALIZE* initialize = mapi.find<MAPIINITIALIZE>("MAPIInitialize");
    MAPIUNINITIALIZE* uninitialize = mapi.find<MAPIUNINITIALIZE>("MAPIUninitialize");
    Heard m_heard;
    com::Ptr<IMAPIAdviseSink> m_sink;
};

/// Pages: mapi/hrallocadvisesink.md, mapi/notifcallback.md
TEST_F(AdviseSinks, CallTheirFunctionWithItsContextAndPassItsAnswerOn) {
    NOTIFICATION event = {};
    event.ulEventType = fnevNewMail;
    EXPECT_EQ(static_cast<ULONG>(CALLBACK_DISCONTINUE), m_sink->OnNotify(1, &event));
    EXPECT_EQ(&event, m_heard.where) << "the events themselves";
    EXPECT_EQ(std::vector<ULONG>{fnevNewMail}, m_heard.types);
}

TEST_F(AdviseSinks, AreAdviseSinksAndCountTheirReferences) {
    com::Ptr<IUnknown> same;
    ASSERT_HR(S_OK, m_sink->QueryInterface(IID_IMAPIAdviseSink, same.put_as<void>()));
    EXPECT_EQ(m_sink.get(), same.get());
    ASSERT_HR(S_OK, m_sink->QueryInterface(IID_IUnknown, same.put_as<void>()));
    void* other = &other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, m_sink->QueryInterface(IID_IMAPIProp, &other));
    EXPECT_EQ(nullptr, other);
    same.reset();
    EXPECT_EQ(2u, m_sink->AddRef());
    EXPECT_EQ(1u, m_sink->Release());
}

TEST_F(AdviseSinks, NeedAFunctionAndAPlaceToGo) {
    IMAPIAdviseSink* sink = m_sink.get();
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(nullptr, &m_heard, &sink));
    EXPECT_EQ(nullptr, sink);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, allocate(&on_notify, &m_heard, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, this_thread(m_sink.get(), nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, this_thread(nullptr, &sink));
}

/// Pages: mapi/hrthisthreadadvisesink.md, mapi/ensuring-a-thread-safe-notification.md
TEST_F(AdviseSinks, OfThisThreadAreCalledThereWhenItDispatches) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    on_another_thread([&] {
        notify(wrapper.get());
        notify(wrapper.get(), fnevObjectDeleted);
    });
    EXPECT_TRUE(m_heard.types.empty()) << "not on the other thread";
    EXPECT_HR(S_OK, dispatch(0));
    EXPECT_EQ((std::vector<ULONG>{fnevObjectCreated, fnevObjectDeleted}), m_heard.types);
    EXPECT_EQ(std::vector<std::uint64_t>(2, port::current_thread_id()), m_heard.threads);
    EXPECT_EQ(42, m_heard.first_id_byte) << "a copy: what was notified has gone";
}

TEST_F(AdviseSinks, OfThisThreadAreCalledByItsMessageLoop) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    on_another_thread([&] { notify(wrapper.get()); });
    EXPECT_TRUE(m_heard.types.empty());
    EXPECT_TRUE(run_messages_until(dispatch, [&] { return !m_heard.types.empty(); }));
    EXPECT_EQ(std::vector<std::uint64_t>{port::current_thread_id()}, m_heard.threads);
}

TEST_F(AdviseSinks, OfThisThreadAreCalledAtOnceFromThere) {
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    notify(wrapper.get());
    EXPECT_EQ(std::vector<ULONG>{fnevObjectCreated}, m_heard.types);
}

TEST_F(AdviseSinks, OfAThreadThatHasEndedAreNotCalled) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    com::Ptr<IMAPIAdviseSink> wrapper;
    on_another_thread([&] {
        initialize(nullptr);
        this_thread(m_sink.get(), wrapper.put());
        uninitialize();
    });
    ASSERT_TRUE(wrapper);
    notify(wrapper.get());
    EXPECT_HR(S_OK, dispatch(0));
    EXPECT_TRUE(m_heard.types.empty());
}

TEST_F(AdviseSinks, OfAThreadThatEndsWithoutUninitializeAreNotCalledElsewhere) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    com::Ptr<IMAPIAdviseSink> wrapper;
    on_another_thread([&] {
        initialize(nullptr);
        this_thread(m_sink.get(), wrapper.put());
    });
    ASSERT_TRUE(wrapper);
    notify(wrapper.get());
    EXPECT_HR(S_OK, dispatch(0));
    EXPECT_TRUE(m_heard.types.empty());
    uninitialize();
}

TEST_F(AdviseSinks, WrapTheOriginalForAsLongAsTheyLive) {
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    IMAPIAdviseSink* const original = m_sink.get();
    EXPECT_EQ(3u, original->AddRef());
    original->Release();
    wrapper.reset();
    EXPECT_EQ(2u, original->AddRef());
    original->Release();
}

TEST_F(AdviseSinks, MayDispatchFromWithinACall) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    Nested nested{dispatch};
    com::Ptr<IMAPIAdviseSink> sink, wrapper;
    ASSERT_HR(S_OK, allocate(&dispatch_again, &nested, sink.put()));
    ASSERT_HR(S_OK, this_thread(sink.get(), wrapper.put()));
    on_another_thread([&] {
        for (int i = 0; i < 3; ++i) notify(wrapper.get());
    });
    EXPECT_HR(S_OK, dispatch(0));
    EXPECT_EQ(3, nested.calls);
}

TEST_F(AdviseSinks, OfManyThreadsLoseNothing) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrthisthreadadvisesink.md", "it answers the sink itself");
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    constexpr int kThreads = 4;
    constexpr std::size_t kEach = 200;
    port::Thread threads[kThreads];
    for (port::Thread& thread : threads) {
        ASSERT_TRUE(thread.start([&] {
            for (std::size_t i = 0; i < kEach; ++i) notify(wrapper.get());
        }));
    }
    EXPECT_TRUE(
        run_messages_until(dispatch, [&] { return m_heard.types.size() == kThreads * kEach; }));
    for (port::Thread& thread : threads) thread.join();
    EXPECT_EQ(kThreads * kEach, m_heard.types.size());
}

/// Page: mapi/hrdispatchnotifications.md
TEST_F(AdviseSinks, DispatchingNeedsMapiInitializedAndNoFlags) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrdispatchnotifications.md", "it always answers S_OK");
    EXPECT_HR(S_OK, dispatch(0));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, dispatch(1));
    uninitialize();
    EXPECT_HR(MAPI_E_NOT_INITIALIZED, dispatch(0));
    ASSERT_HR(S_OK, initialize(nullptr));
}

#ifdef _WIN32  // where threads are asked to end by a message
TEST_F(AdviseSinks, DispatchingTellsOfAThreadThatIsToEndAndLeavesItsMessageThere) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrdispatchnotifications.md", "it always answers S_OK");
    com::Ptr<IMAPIAdviseSink> wrapper;
    ASSERT_HR(S_OK, this_thread(m_sink.get(), wrapper.put()));
    EXPECT_HR(S_OK, dispatch(0));
    PostQuitMessage(3);
    EXPECT_HR(MAPI_E_USER_CANCEL, dispatch(0));
    MSG message = {};
    EXPECT_TRUE(PeekMessageW(&message, nullptr, WM_QUIT, WM_QUIT, PM_REMOVE));
    EXPECT_EQ(3u, message.wParam);
    EXPECT_HR(S_OK, dispatch(0));
}

TEST_F(AdviseSinks, DispatchingTellsSoOnAThreadWithoutASinkToo) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrdispatchnotifications.md", "it always answers S_OK");
    HRESULT before = E_FAIL;
    HRESULT asked = E_FAIL;
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] {
        before = dispatch(0);
        PostQuitMessage(0);
        asked = dispatch(0);
    }));
    thread.join();
    EXPECT_HR(S_OK, before);
    EXPECT_HR(MAPI_E_USER_CANCEL, asked);
}
#endif

}  // namespace
}  // namespace remapi::test
