// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The only place where C++ exceptions end.
#pragma once

#include "abi/error.h"
#include "port/call_state.h"

namespace remapi::abi {

/// The code for the exception being handled: Error's own, MAPI_E_NOT_ENOUGH_MEMORY for bad_alloc,
/// MAPI_E_CALL_FAILED for anything else. Logs it under `entry`. Call it from a catch block only.
HRESULT current_exception_to_hresult(const char* entry) noexcept;
/// The same as a Simple MAPI number (MAPI_E_FAILURE, MAPI_E_INSUFFICIENT_MEMORY ...).
ULONG current_exception_to_simple(const char* entry) noexcept;
/// The Simple MAPI number that stands for a failing HRESULT; SUCCESS_SUCCESS for a success.
ULONG simple_from_hresult(HRESULT hr) noexcept;

/// Runs the body of an ABI method.
template <class Body>
HRESULT guard(const char* entry, Body&& body) noexcept {
    try {
        return body();
    } catch (...) {
        return current_exception_to_hresult(entry);
    }
}

/// Runs the body of an exported function that may reach providers, dialogs or foreign code: the
/// caller finds its current directory, drive and floating-point state as they were (quirks Q1,
/// Q34).
template <class Body>
HRESULT guard_entry(const char* entry, Body&& body) noexcept {
    const port::CallState state;
    return guard(entry, static_cast<Body&&>(body));
}

/// Runs the body of a Simple MAPI function, which answers with Simple MAPI's own numbers.
template <class Body>
ULONG guard_simple(const char* entry, Body&& body) noexcept {
    const port::CallState state;
    try {
        return body();
    } catch (...) {
        return current_exception_to_simple(entry);
    }
}

/// Runs a body that answers with something else than an HRESULT; `failed` is the answer on an
/// exception.
template <class Result, class Body>
Result guard_value(const char* entry, Result failed, Body&& body) noexcept {
    try {
        return body();
    } catch (...) {
        current_exception_to_hresult(entry);
        return failed;
    }
}

}  // namespace remapi::abi
