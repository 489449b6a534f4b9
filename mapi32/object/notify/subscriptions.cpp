// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/subscriptions.h"

#include <algorithm>

namespace remapi::object {

ULONG Subscriptions::add(ULONG event_mask, IMAPIAdviseSink* sink, BytesView entry_id) {
    Entry entry{0, event_mask, to_bytes(entry_id), com::Ptr<IMAPIAdviseSink>::share(sink)};
    const port::Lock lock(m_mutex);
    if (++m_last == 0) m_last = 1;
    entry.connection = m_last;
    m_entries.push_back(std::move(entry));
    return m_last;
}

bool Subscriptions::remove(ULONG connection) {
    com::Ptr<IMAPIAdviseSink> released;  // after the lock: the sink is somebody else's code
    const port::Lock lock(m_mutex);
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return entry.connection == connection;
    });
    if (found == m_entries.end()) return false;
    released = std::move(found->sink);
    m_entries.erase(found);
    return true;
}

void Subscriptions::clear() {
    std::vector<Entry> released;
    const port::Lock lock(m_mutex);
    released.swap(m_entries);
}

bool Subscriptions::wanted(ULONG events) const {
    const port::Lock lock(m_mutex);
    return std::any_of(m_entries.begin(), m_entries.end(),
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
    std::vector<Entry>
        entries;  // the comparison may be a provider's: it runs without the lock, too
    {
        const port::Lock lock(m_mutex);
        entries = m_entries;
    }
    for (const Entry& entry : entries) {
        if (!interested(entry, notification.ulEventType, about)) continue;
        entry.sink->OnNotify(1, const_cast<NOTIFICATION*>(&notification));
    }
}

void Subscriptions::deliver(const ObjectEvent& event) const {
    if (!wanted(event.type)) return;
    const Buffer<NOTIFICATION> block = pack(event);
    const std::vector<BytesView> about = subjects_of(block[0]);
    deliver(block[0], about);
}

}  // namespace remapi::object
