// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>

#include "com/object.h"

namespace remapi::spi {

/// A progress object of the subsystem without a window: it keeps the limits, and shows nothing. Any
/// thread may call it.
/// Page: mapi/imapiprogressiunknown.md
class SilentProgress final : public com::Object<SilentProgress, IMAPIProgress> {
public:
    using Interfaces = com::Answers<IMAPIProgress>;

    /// @param flags  MAPI_TOP_LEVEL
    explicit SilentProgress(ULONG flags) : m_flags(flags) {}

    STDMETHODIMP Progress(ULONG, ULONG, ULONG) noexcept override { return S_OK; }
    STDMETHODIMP GetFlags(ULONG* flags) noexcept override { return get(m_flags, flags); }
    STDMETHODIMP GetMax(ULONG* largest) noexcept override { return get(m_largest, largest); }
    STDMETHODIMP GetMin(ULONG* smallest) noexcept override { return get(m_smallest, smallest); }
    STDMETHODIMP SetLimits(ULONG* smallest, ULONG* largest, ULONG* flags) noexcept override {
        if (smallest) m_smallest = *smallest;
        if (largest) m_largest = *largest;
        if (flags) m_flags = *flags;
        return S_OK;
    }

private:
    friend class com::Object<SilentProgress, IMAPIProgress>;
    ~SilentProgress() = default;

    static HRESULT get(const std::atomic<ULONG>& value, ULONG* out) noexcept {
        if (!out) return MAPI_E_INVALID_PARAMETER;
        *out = value;
        return S_OK;
    }

    std::atomic<ULONG> m_flags;
    std::atomic<ULONG> m_smallest = 0;
    std::atomic<ULONG> m_largest = 1000;  ///< the page's upper end of the scale
};

}  // namespace remapi::spi
