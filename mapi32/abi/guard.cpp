// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"

#include <cstring>
#include <new>

#include "log/log.h"

namespace remapi {

namespace {

template <std::size_t N>
void keep(char (&out)[N], const char* text) noexcept {
    std::strncpy(out, text ? text : "", N - 1);
    out[N - 1] = '\0';
}

}  // namespace

Error::Error(HRESULT code, const char* attempted) noexcept : m_code(code) {
    keep(m_what, attempted);
}

Error::Error(HRESULT code, const std::string& attempted) noexcept
    : Error(code, attempted.c_str()) {}

SimpleError::SimpleError(ULONG code, const std::string& attempted) noexcept : m_code(code) {
    keep(m_what, attempted.c_str());
}

namespace abi {
namespace {

struct Pair {
    HRESULT hresult;
    ULONG simple;
};

// Page: mapi/mapisendmail.md and its neighbours list the Simple MAPI numbers.
constexpr Pair kSimple[] = {
    {MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_INSUFFICIENT_MEMORY},
    {MAPI_E_USER_CANCEL, MAPI_USER_ABORT},
    {MAPI_E_LOGON_FAILED, MAPI_E_LOGIN_FAILURE},
    {MAPI_E_NO_ACCESS, MAPI_E_ACCESS_DENIED},
    {MAPI_E_NOT_ENOUGH_DISK, MAPI_E_DISK_FULL},
    {MAPI_E_SESSION_LIMIT, MAPI_E_TOO_MANY_SESSIONS},
    {MAPI_E_NO_SUPPORT, MAPI_E_NOT_SUPPORTED},
    {MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NOT_SUPPORTED},
    {MAPI_E_NETWORK_ERROR, MAPI_E_NETWORK_FAILURE},
    {MAPI_E_AMBIGUOUS_RECIP, MAPI_E_AMBIGUOUS_RECIPIENT},
    {MAPI_E_STRING_TOO_LONG, MAPI_E_TEXT_TOO_LARGE},
};

}  // namespace

HRESULT current_exception_to_hresult(const char* entry) noexcept {
    try {
        throw;
    } catch (const Error& error) {
        REMAPI_WARN(Entry, "%s: %s: 0x%08x", entry, error.what(),
                    static_cast<unsigned>(error.code()));
        return error.code();
    } catch (const std::bad_alloc&) {
        REMAPI_ERROR(Entry, "%s: out of memory", entry);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    } catch (const std::exception& exception) {
        REMAPI_ERROR(Entry, "%s: unexpected: %s", entry, exception.what());
        return MAPI_E_CALL_FAILED;
    } catch (...) {
        REMAPI_ERROR(Entry, "%s: unexpected exception", entry);
        return MAPI_E_CALL_FAILED;
    }
}

ULONG simple_from_hresult(HRESULT hr) noexcept {
    if (SUCCEEDED(hr)) return SUCCESS_SUCCESS;
    for (const Pair& pair : kSimple) {
        if (pair.hresult == hr) return pair.simple;
    }
    return MAPI_E_FAILURE;
}

ULONG current_exception_to_simple(const char* entry) noexcept {
    try {
        throw;
    } catch (const SimpleError& error) {
        REMAPI_WARN(Simple, "%s: %s: %u", entry, error.what(), static_cast<unsigned>(error.code()));
        return error.code();
    } catch (...) {
        return simple_from_hresult(current_exception_to_hresult(entry));
    }
}

}  // namespace abi
}  // namespace remapi
