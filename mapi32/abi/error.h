// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How a failing call travels inside the library (STYLE: errors). Warnings and in-band errors are
// values.
#pragma once

#include <cstdint>
#include <exception>

#include "abi/mapi.h"

namespace remapi {

/// A call that fails with a MAPI code. `what` says what was attempted; it is logged, never shown.
class Error final : public std::exception {
public:
    Error(HRESULT code, const char* attempted) noexcept;
    Error(HRESULT code, const std::string& attempted) noexcept;

    HRESULT code() const noexcept { return m_code; }
    const char* what() const noexcept override { return m_what; }

private:
    HRESULT m_code;
    char m_what[256];  // fixed: copying an exception must not fail
};

/// A Simple MAPI call that fails with one of Simple MAPI's own numbers, which abi::guard_simple
/// answers. Thrown in simple/ only: the two spaces of codes never mix.
class SimpleError final : public std::exception {
public:
    SimpleError(ULONG code, const std::string& attempted) noexcept;

    ULONG code() const noexcept { return m_code; }
    const char* what() const noexcept override { return m_what; }

private:
    ULONG m_code;
    char m_what[256];
};

/// Throws Error(hr, what) when `hr` is a failure; returns it otherwise (S_OK or a warning).
inline HRESULT check(HRESULT hr, const char* what) {
    if (FAILED(hr)) throw Error(hr, what);
    return hr;
}

/// `value` as a ULONG. Throws Error(MAPI_E_NOT_ENOUGH_MEMORY) when it does not fit: sizes are
/// computed in size_t and narrowed once, here.
inline ULONG narrow_size(std::size_t value) {
    if (value > 0xFFFFFFFFu) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "a size over 4 GiB");
    return static_cast<ULONG>(value);
}

}  // namespace remapi
