// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/notify_engine.h"

#include <atomic>

#include "object/notify/dispatcher.h"
#include "object/notify/notification.h"

namespace remapi::spi {
namespace {

constinit std::atomic<NotifyEngine*> g_engine = nullptr;
constinit port::StaticMutex g_engine_mutex;

}  // namespace

NotifyEngine& NotifyEngine::the() {
    if (NotifyEngine* engine = g_engine.load(std::memory_order_acquire)) return *engine;
    const port::Lock lock(g_engine_mutex);
    if (!g_engine.load(std::memory_order_relaxed)) {
        g_engine.store(new NotifyEngine(), std::memory_order_release);
    }
    return *g_engine.load(std::memory_order_relaxed);
}

ULONG_PTR NotifyEngine::subscribe(BytesView key, ULONG event_mask, ULONG flags,
                                  IMAPIAdviseSink* sink) {
    Subscription subscription{to_bytes(key), event_mask, (flags & NOTIFY_SYNC) != 0,
                              com::Ptr<IMAPIAdviseSink>::share(sink)};
    const port::Lock lock(m_mutex);
    const ULONG_PTR connection = ++m_last_connection;
    m_subscriptions.emplace(connection, std::move(subscription));
    return connection;
}

bool NotifyEngine::unsubscribe(ULONG_PTR connection) {
    com::Ptr<IMAPIAdviseSink> sink;  // released after the lock
    const port::Lock lock(m_mutex);
    const auto found = m_subscriptions.find(connection);
    if (found == m_subscriptions.end()) return false;
    sink = std::move(found->second.sink);
    m_subscriptions.erase(found);
    return true;
}

ULONG NotifyEngine::notify(BytesView key, std::span<const NOTIFICATION> events) {
    std::vector<ULONG_PTR> at_once;
    std::vector<ULONG_PTR> later;
    {
        const port::Lock lock(m_mutex);
        for (const auto& [connection, subscription] : m_subscriptions) {
            if (!equal_bytes(subscription.key, key)) continue;
            (subscription.synchronous ? at_once : later).push_back(connection);
        }
    }
    if (events.empty() || (at_once.empty() && later.empty())) return 0;

    const auto shared =
        std::make_shared<const Events>(Events{object::copy_notifications(events), events.size()});
    for (const ULONG_PTR connection : later) {
        object::Dispatcher::the().post(
            [this, delivery = Delivery{connection, shared}] { deliver(delivery); });
    }
    for (const ULONG_PTR connection : at_once) {
        if (deliver({connection, shared}) == CALLBACK_DISCONTINUE) return NOTIFY_CANCELED;
    }
    return 0;
}

// Calls one sink with the events of its mask; what the sink answers.
ULONG NotifyEngine::deliver(const Delivery& delivery) {
    com::Ptr<IMAPIAdviseSink> sink;
    std::vector<NOTIFICATION> wanted;
    {
        const port::Lock lock(m_mutex);
        const auto found = m_subscriptions.find(delivery.connection);
        if (found == m_subscriptions.end()) return 0;
        for (std::size_t i = 0; i < delivery.events->count; ++i) {
            const NOTIFICATION& event = delivery.events->block[i];
            if ((event.ulEventType & found->second.event_mask) != 0) wanted.push_back(event);
        }
        if (!wanted.empty()) sink = found->second.sink;
    }
    if (!sink) return 0;
    return sink->OnNotify(narrow_size(wanted.size()), wanted.data());
}

std::size_t NotifyEngine::size() {
    const port::Lock lock(m_mutex);
    return m_subscriptions.size();
}

}  // namespace remapi::spi
