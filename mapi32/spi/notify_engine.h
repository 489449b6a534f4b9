// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The engine behind IMAPISupport::Subscribe, Unsubscribe and Notify: one per process, because a key
// joins everybody who uses it, whatever his session.
// Pages: mapi/imapisupport-subscribe.md, mapi/imapisupport-notify.md,
// mapi/supporting-event-notification.md
#pragma once

#include <map>
#include <memory>
#include <span>

#include "com/ptr.h"
#include "format/bytes.h"
#include "memory/buffer.h"
#include "port/mutex.h"

namespace remapi::spi {

/// Subscriptions made with NOTIFY_SYNC are called before `notify` returns, on the caller's thread;
/// the others by object::Dispatcher, in the order in which they were notified. Sinks are called
/// without a lock held. Any thread may call any method, a sink from within OnNotify included.
class NotifyEngine {
public:
    /// The engine of this process. It is never destroyed: nothing of ours may run at process exit.
    static NotifyEngine& the();

    /// Registers `sink` for the events of `event_mask` that are notified under `key`. The key is
    /// bytes, compared as such. `flags`: NOTIFY_SYNC. Returns the connection, never 0.
    ULONG_PTR subscribe(BytesView key, ULONG event_mask, ULONG flags, IMAPIAdviseSink* sink);

    /// Ends a subscription: no new call to the sink begins after it. The sink's reference is
    /// released now, or by the thread that is in its OnNotify when that returns. False when there
    /// is no such connection.
    bool unsubscribe(ULONG_PTR connection);

    /// Delivers deep copies of `events` to the subscriptions of `key`, to each those of its mask.
    /// Returns NOTIFY_CANCELED when a synchronous sink answered CALLBACK_DISCONTINUE, which also
    /// ends the delivery; else 0. Errors: MAPI_E_INVALID_PARAMETER for an unknown event type.
    ULONG notify(BytesView key, std::span<const NOTIFICATION> events);

    /// Live subscriptions, for tests.
    std::size_t size();

private:
    NotifyEngine() = default;

    struct Subscription {
        Bytes key;
        ULONG event_mask;
        bool synchronous;
        com::Ptr<IMAPIAdviseSink> sink;
    };
    /// One set of events, shared by all who get it; freed with the last.
    struct Events {
        Buffer<NOTIFICATION> block;
        std::size_t count;
    };
    using SharedEvents = std::shared_ptr<const Events>;
    struct Delivery {
        ULONG_PTR connection;
        SharedEvents events;
    };

    ULONG deliver(const Delivery& delivery);

    port::Mutex m_mutex;
    std::map<ULONG_PTR, Subscription> m_subscriptions;
    ULONG_PTR m_last_connection = 0;
};

}  // namespace remapi::spi
