// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/advise_sinks.h"

#include "abi/guard.h"
#include "com/object.h"
#include "log/log.h"
#include "object/notify/notification.h"
#include "object/notify/thread_queue.h"

namespace remapi::object {
namespace {

/// Page: mapi/notifcallback.md
class FunctionSink final : public com::Object<FunctionSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;

    FunctionSink(LPNOTIFCALLBACK callback, void* context) noexcept
        : m_callback(callback), m_context(context) {}

    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override {
        return static_cast<ULONG>(m_callback(m_context, count, events));
    }

private:
    friend class com::Object<FunctionSink, IMAPIAdviseSink>;
    ~FunctionSink() = default;

    NOTIFCALLBACK* const m_callback;
    void* const m_context;
};

class ThisThreadSink final : public com::Object<ThisThreadSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;

    ThisThreadSink(std::shared_ptr<ThreadQueue> queue, IMAPIAdviseSink* sink)
        : m_queue(std::move(queue)), m_sink(com::Ptr<IMAPIAdviseSink>::share(sink)) {}

    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override {
        if (m_queue->is_current()) return m_sink->OnNotify(count, events);
        return static_cast<ULONG>(abi::guard("IMAPIAdviseSink::OnNotify", [&]() -> HRESULT {
            if (count == 0 || !events) return S_OK;
            const auto copy =
                std::make_shared<const Buffer<NOTIFICATION>>(copy_notifications({events, count}));
            const bool posted =
                m_queue->post([sink = m_sink, copy, count] { sink->OnNotify(count, copy->get()); });
            if (!posted) REMAPI_WARN(Notify, "the thread of a sink has ended: it is not called");
            return S_OK;
        }));
    }

private:
    friend class com::Object<ThisThreadSink, IMAPIAdviseSink>;
    ~ThisThreadSink() = default;

    const std::shared_ptr<ThreadQueue> m_queue;
    const com::Ptr<IMAPIAdviseSink> m_sink;
};

}  // namespace

com::Ptr<IMAPIAdviseSink> make_callback_sink(LPNOTIFCALLBACK callback, void* context) {
    return com::make<FunctionSink>(callback, context);
}

com::Ptr<IMAPIAdviseSink> make_this_thread_sink(IMAPIAdviseSink* sink) {
    std::shared_ptr<ThreadQueue> queue = ThreadQueue::of_this_thread();
    if (!queue) throw Error(MAPI_E_CALL_FAILED, "a queue for the calling thread");
    return com::make<ThisThreadSink>(std::move(queue), sink);
}

}  // namespace remapi::object
