// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "com/ptr.h"
#include "object/notify/notification.h"
#include "port/mutex.h"

namespace remapi::object {

/// Who wants to hear about what: the bookkeeping behind Advise and Unadvise. Any thread may call
/// it. Sinks are called without a lock; a call that has begun may still run when `remove` returns.
class Subscriptions {
public:
    /// When sinks are called: within `deliver`, or later and where Dispatcher says, as clients
    /// expect it of mapi32 itself (a provider has IMAPISupport::Subscribe for that).
    enum class Delivery : std::uint8_t { AtOnce, Later };

    /// Answers the connection number, never 0. `entry_id`: the object it is about; empty: all of
    /// them.
    ULONG add(ULONG event_mask, IMAPIAdviseSink* sink, BytesView entry_id = {});
    /// False when there is no such connection.
    bool remove(ULONG connection);
    void clear();
    /// Whether anybody wants one of `events`: saves building a notification.
    bool wanted(ULONG events) const;

    /// Hands `notification` to every sink whose mask has its event and whose entry id is empty or
    /// one of `about` (an object, its parent, old ids). Each sink gets the same block, which it
    /// must not keep. With Delivery::Later a sink that is removed meanwhile is not called.
    void deliver(const NOTIFICATION& notification, std::span<const BytesView> about = {}) const;
    /// The same for what C++ code knows about an object's event; ids select the sinks.
    void deliver(const ObjectEvent& event) const;

    /// Decides whether two entry ids mean the same object; by default their bytes are compared.
    using SameEntry = std::function<bool(BytesView left, BytesView right)>;
    explicit Subscriptions(SameEntry same = nullptr)
        : Subscriptions(Delivery::AtOnce, std::move(same)) {}
    explicit Subscriptions(Delivery delivery, SameEntry same = nullptr)
        : m_delivery(delivery), m_same(std::move(same)), m_list(std::make_shared<List>()) {}

private:
    struct Entry {
        ULONG connection;
        ULONG event_mask;
        Bytes entry_id;
        com::Ptr<IMAPIAdviseSink> sink;
    };
    /// Shared with what is yet to be delivered, which may outlive the owner.
    struct List {
        port::Mutex mutex;
        std::vector<Entry> entries;  ///< guarded by mutex
        ULONG last = 0;              ///< guarded by mutex
    };
    bool interested(const Entry& entry, ULONG event, std::span<const BytesView> about) const;
    void deliver_later(const NOTIFICATION& notification, std::span<const Entry> entries) const;

    const Delivery m_delivery;
    const SameEntry m_same;
    const std::shared_ptr<List> m_list;
};

}  // namespace remapi::object
