// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/subscriptions.h"

#include <algorithm>

#include "object/notify/dispatcher.h"

namespace remapi::object {

ULONG Subscriptions::add(ULONG event_mask, IMAPIAdviseSink* sink, BytesView entry_id) {
    Entry entry{0, event_mask, to_bytes(entry_id), com::Ptr<IMAPIAdviseSink>::share(sink)};
    const port::Lock lock(m_list->mutex);
    if (++m_list->last == 0) m_list->last = 1;
    entry.connection = m_list->last;
    m_list->entries.push_back(std::move(entry));
    return m_list->last;
}

bool Subscriptions::remove(ULONG connection) {
    com::Ptr<IMAPIAdviseSink> released;  // after the lock: the sink is somebody else's code
    const port::Lock lock(m_list->mutex);
    const auto found =
        std::find_if(m_list->entries.begin(), m_list->entries.end(),
                     [&](const Entry& entry) { return entry.connection == connection; });
    if (found == m_list->entries.end()) return false;
    released = std::move(found->sink);
    m_list->entries.erase(found);
    return true;
}

void Subscriptions::clear() {
    std::vector<Entry> released;
    const port::Lock lock(m_list->mutex);
    released.swap(m_list->entries);
}

bool Subscriptions::wanted(ULONG events) const {
    const port::Lock lock(m_list->mutex);
    return std::any_of(m_list->entries.begin(), m_list->entries.end(),
                       [&](const Entry& entry) { return (entry.event_mask & events) != 0; });
}

bool Subscriptions::interested(const Entry& entry, ULONG event,
                               std::span<const BytesView> about) const {
    if ((entry.event_mask & event) == 0) return false;
    if (entry.entry_id.empty()) return true;
    return std::any_of(about.begin(), about.end(), [&](BytesView id) {
        return m_same ? m_same(entry.entry_id, id) : equal_bytes(entry.entry_id, id);
    });
}

void Subscriptions::deliver(const NOTIFICATION& notification,
                            std::span<const BytesView> about) const {
    std::vector<Entry> entries;
    {
        const port::Lock lock(m_list->mutex);
        entries = m_list->entries;
    }
    // The comparison may be a provider's: it runs without the lock, too.
    std::erase_if(entries, [&](const Entry& entry) {
        return !interested(entry, notification.ulEventType, about);
    });
    if (entries.empty()) return;
    if (m_delivery == Delivery::Later) return deliver_later(notification, entries);
    for (const Entry& entry : entries) {
        entry.sink->OnNotify(1, const_cast<NOTIFICATION*>(&notification));
    }
}

void Subscriptions::deliver_later(const NOTIFICATION& notification,
                                  std::span<const Entry> entries) const {
    const auto copy =
        std::make_shared<const Buffer<NOTIFICATION>>(copy_notifications({&notification, 1}));
    for (const Entry& entry : entries) {
        Dispatcher::the().post([list = m_list, connection = entry.connection, copy] {
            com::Ptr<IMAPIAdviseSink> sink;
            {
                const port::Lock lock(list->mutex);
                for (const Entry& each : list->entries) {
                    if (each.connection == connection) sink = each.sink;
                }
            }
            if (sink) sink->OnNotify(1, copy->get());
        });
    }
}

void Subscriptions::deliver(const ObjectEvent& event) const {
    if (!wanted(event.type)) return;
    const Buffer<NOTIFICATION> block = pack(event);
    const std::vector<BytesView> about = subjects_of(block[0]);
    deliver(block[0], about);
}

}  // namespace remapi::object
