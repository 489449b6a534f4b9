// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/props/prop_object.h"
#include "object/props/property_bag.h"
#include "port/mutex.h"

namespace remapi::object {

/// Base of an object whose properties are a bag in memory: one-off recipients, status objects,
/// profile sections, test doubles. `Self` may still override what PropSource offers.
template <class Self, class Interface, class... Others>
class BagObject : public PropObject<Self, Interface, Others...> {
public:
    std::optional<PropValue> load(ULONG tag) override {
        const port::Lock lock(m_mutex);
        const PropValue* found = m_bag.find(tag);
        return found ? std::optional<PropValue>(*found) : std::nullopt;
    }
    std::vector<ULONG> list() override {
        const port::Lock lock(m_mutex);
        return m_bag.tags();
    }
    SCODE store(const PropValue& value) override {
        const port::Lock lock(m_mutex);
        m_bag.set(value);
        return S_OK;
    }
    SCODE erase(ULONG tag) override {
        const port::Lock lock(m_mutex);
        return m_bag.remove(tag) ? S_OK : MAPI_E_NOT_FOUND;
    }
    bool writable() const override { return m_writable; }

protected:
    BagObject() = default;
    BagObject(PropertyBag bag, bool writable) : m_bag(std::move(bag)), m_writable(writable) {}
    ~BagObject() = default;

    /// A copy of all properties as they are now.
    PropertyBag snapshot() {
        const port::Lock lock(m_mutex);
        return m_bag;
    }

    port::Mutex m_mutex;
    PropertyBag m_bag;  ///< guarded by m_mutex
    bool m_writable = true;
};

}  // namespace remapi::object
