// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>

#include "com/ptr.h"

namespace remapi::com {

/// Live COM objects of this module; a test compares it before and after.
extern std::atomic<long> g_live_objects;
inline long live_objects() noexcept {
    return g_live_objects.load(std::memory_order_relaxed);
}

/// What QueryInterface answers, IUnknown implied. List an interface together with its bases:
/// `Answers<IMessage, IMAPIProp>`.
template <class... Interfaces>
struct Answers {
    template <class Self>
    static void* find(Self* self, REFIID iid) noexcept {
        void* found = nullptr;
        ((!found && IsEqualGUID(iid, abi::iid_of<Interfaces>())
              ? static_cast<void>(found = static_cast<Interfaces*>(self))
              : static_cast<void>(0)),
         ...);
        return found;
    }
};

/// Base of every COM object: reference count, QueryInterface, live count. One reference at birth.
/// `Self` names what it answers in `using Interfaces = com::Answers<...>` and befriends this class,
/// its destructor being private. Any thread may call these three methods.
template <class Self, class Primary, class... Others>
class Object : public Primary, public Others... {
public:
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    STDMETHODIMP QueryInterface(REFIID iid, void** object) noexcept override {
        if (!object) return MAPI_E_INVALID_PARAMETER;
        *object = nullptr;
        void* found = IsEqualGUID(iid, IID_IUnknown)
                          ? static_cast<void*>(static_cast<Primary*>(this))
                          : Self::Interfaces::find(static_cast<Self*>(this), iid);
        if (!found) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        AddRef();
        *object = found;
        return S_OK;
    }

    STDMETHODIMP_(ULONG) AddRef() noexcept override {
        return m_references.fetch_add(1, std::memory_order_relaxed) + 1;
    }

    STDMETHODIMP_(ULONG) Release() noexcept override {
        const ULONG left = m_references.fetch_sub(1, std::memory_order_acq_rel) - 1;
        if (left == 0) delete static_cast<Self*>(this);
        return left;
    }

    /// Adds a reference unless the object is already being destroyed. For weak lists, under their
    /// lock.
    bool try_add_ref() noexcept {
        ULONG seen = m_references.load(std::memory_order_relaxed);
        while (seen != 0) {
            if (m_references.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire))
                return true;
        }
        return false;
    }

protected:
    Object() noexcept { g_live_objects.fetch_add(1, std::memory_order_relaxed); }
    ~Object() { g_live_objects.fetch_sub(1, std::memory_order_relaxed); }

private:
    std::atomic<ULONG> m_references{1};
};

/// Makes an object; the result owns its first reference.
template <class T, class... Arguments>
Ptr<T> make(Arguments&&... arguments) {
    return Ptr<T>::attach(new T(std::forward<Arguments>(arguments)...));
}

}  // namespace remapi::com
