// SPDX-License-Identifier: LGPL-2.1-or-later
// msvcrt: strncpy_s and _ui64toa_s.
#include "import.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace {

using Error = int;  // errno_t

Error __cdecl first_strncpy_s(char* out, std::size_t size, const char* text, std::size_t count);
Error __cdecl first_ui64toa_s(std::uint64_t value, char* out, std::size_t size, int radix);

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_CDECL(strncpy_s), decltype(first_strncpy_s), import_strncpy_s,
                  first_strncpy_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(_ui64toa_s), decltype(first_ui64toa_s), import__ui64toa_s,
                  first_ui64toa_s);

namespace {

constexpr std::size_t kTruncateToFit = static_cast<std::size_t>(-1);  // _TRUNCATE
constexpr Error kTruncated = 80;                                      // STRUNCATE

Error fail(Error error) noexcept {
    errno = error;
    return error;
}

Error fail_empty(char* out, Error error) noexcept {
    out[0] = 0;
    return fail(error);
}

Error __cdecl fallback_strncpy_s(char* out, std::size_t size, const char* text, std::size_t count) {
    if (!out && size == 0 && count == 0) return 0;
    if (!out || size == 0) return fail(EINVAL);
    if (count == 0) {
        out[0] = 0;
        return 0;
    }
    if (!text) return fail_empty(out, EINVAL);

    for (std::size_t at = 0; at < size; ++at) {
        out[at] = at == count ? '\0' : text[at];
        if (out[at] == 0) return 0;
    }
    if (count != kTruncateToFit) return fail_empty(out, ERANGE);
    out[size - 1] = 0;
    return kTruncated;
}

Error __cdecl fallback_ui64toa_s(std::uint64_t value, char* out, std::size_t size, int radix) {
    constexpr std::size_t kMostDigits = 64;
    if (!out || size == 0) return fail(EINVAL);
    if (radix < 2 || radix > 36) return fail_empty(out, EINVAL);

    char digits[kMostDigits];
    std::size_t count = 0;
    do {
        digits[count++] =
            "0123456789abcdefghijklmnopqrstuvwxyz"[value % static_cast<unsigned>(radix)];
        value /= static_cast<unsigned>(radix);
    } while (value != 0);
    if (count >= size) return fail_empty(out, EINVAL);  // not ERANGE: as documented
    while (count != 0) *out++ = digits[--count];
    *out = 0;
    return 0;
}

Error __cdecl first_strncpy_s(char* out, std::size_t size, const char* text, std::size_t count) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"msvcrt.dll", "strncpy_s"), fallback_strncpy_s);
    };
    return remapi::xp::bind(import_strncpy_s, first_strncpy_s, choose)(out, size, text, count);
}

Error __cdecl first_ui64toa_s(std::uint64_t value, char* out, std::size_t size, int radix) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"msvcrt.dll", "_ui64toa_s"), fallback_ui64toa_s);
    };
    return remapi::xp::bind(import__ui64toa_s, first_ui64toa_s, choose)(value, out, size, radix);
}

}  // namespace
