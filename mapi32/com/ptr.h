// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <utility>

#include "abi/error.h"
#include "abi/iids.h"

namespace remapi::com {

/// Owns one reference to a COM object. Raw pointers elsewhere are borrowed.
template <class T>
class Ptr {
public:
    Ptr() noexcept = default;
    Ptr(std::nullptr_t) noexcept {}
    Ptr(const Ptr& other) noexcept : m_object(other.m_object) {
        if (m_object) m_object->AddRef();
    }
    Ptr(Ptr&& other) noexcept : m_object(std::exchange(other.m_object, nullptr)) {}
    template <class U>
    requires std::is_convertible_v<U*, T*> Ptr(Ptr<U>&& other)
    noexcept : m_object(other.detach()) {}
    template <class U>
    requires std::is_convertible_v<U*, T*> Ptr(const Ptr<U>& other)
    noexcept : m_object(other.get()) {
        if (m_object) m_object->AddRef();
    }
    ~Ptr() { reset(); }
    Ptr& operator=(Ptr other) noexcept {
        std::swap(m_object, other.m_object);
        return *this;
    }

    /// Takes over the caller's reference.
    static Ptr attach(T* object) noexcept {
        Ptr result;
        result.m_object = object;
        return result;
    }
    /// Adds a reference to a borrowed pointer.
    static Ptr share(T* object) noexcept {
        if (object) object->AddRef();
        return attach(object);
    }

    T* get() const noexcept { return m_object; }
    T* operator->() const noexcept { return m_object; }
    T& operator*() const noexcept { return *m_object; }
    explicit operator bool() const noexcept { return m_object != nullptr; }

    /// For out-parameters; drops what it held.
    T** put() noexcept {
        reset();
        return &m_object;
    }
    /// The same for functions that want LPUNKNOWN* or void**.
    template <class U>
    U** put_as() noexcept {
        reset();
        return reinterpret_cast<U**>(&m_object);
    }
    /// Gives the reference away, to whoever called us across the ABI.
    T* detach() noexcept { return std::exchange(m_object, nullptr); }
    void reset() noexcept {
        if (T* old = std::exchange(m_object, nullptr)) old->Release();
    }

private:
    T* m_object = nullptr;
};

/// The interface `T` of `object`, null when it has none.
template <class T>
Ptr<T> query(IUnknown* object) {
    void* answer = nullptr;
    if (!object || FAILED(object->QueryInterface(abi::iid_of<T>(), &answer))) return nullptr;
    return Ptr<T>::attach(static_cast<T*>(answer));
}

}  // namespace remapi::com
