// SPDX-License-Identifier: LGPL-2.1-or-later
// msvcrt: the secure formatting functions, over the old ones of the same library.
#include "import.h"
#include "secure_format.h"

#include <cstdio>
#include <cwchar>

namespace {

using FormatCounted = int __cdecl(char* out, std::size_t size, std::size_t count,
                                  const char* format, va_list arguments);
using FormatCountedWide = int __cdecl(wchar_t* out, std::size_t size, std::size_t count,
                                      const wchar_t* format, va_list arguments);
using FormatWholeWide = int __cdecl(wchar_t* out, std::size_t size, const wchar_t* format,
                                    va_list arguments);

FormatCounted first_vsnprintf_s;
FormatCountedWide first_vsnwprintf_s;
FormatWholeWide first_vswprintf_s;
int __cdecl call_snwprintf_s(wchar_t* out, std::size_t size, std::size_t count,
                             const wchar_t* format, ...);
int __cdecl call_swprintf_s(wchar_t* out, std::size_t size, const wchar_t* format, ...);

}  // namespace

// The import libraries know the first one under two names; msvcrt has it under the second.
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(vsnprintf_s), FormatCounted, import_vsnprintf_s,
                  first_vsnprintf_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(_vsnprintf_s), FormatCounted, import__vsnprintf_s,
                  first_vsnprintf_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(_vsnwprintf_s), FormatCountedWide, import__vsnwprintf_s,
                  first_vsnwprintf_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(vswprintf_s), FormatWholeWide, import_vswprintf_s,
                  first_vswprintf_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(_snwprintf_s), decltype(call_snwprintf_s), import__snwprintf_s,
                  call_snwprintf_s);
REMAPI_XP_REPLACE(REMAPI_XP_CDECL(swprintf_s), decltype(call_swprintf_s), import_swprintf_s,
                  call_swprintf_s);

namespace {

int __cdecl fallback_vsnprintf_s(char* out, std::size_t size, std::size_t count, const char* format,
                                 va_list arguments) {
    return remapi::xp::format_counted<char>(_vsnprintf, out, size, count, format, arguments);
}

int __cdecl fallback_vsnwprintf_s(wchar_t* out, std::size_t size, std::size_t count,
                                  const wchar_t* format, va_list arguments) {
    return remapi::xp::format_counted<wchar_t>(_vsnwprintf, out, size, count, format, arguments);
}

int __cdecl fallback_vswprintf_s(wchar_t* out, std::size_t size, const wchar_t* format,
                                 va_list arguments) {
    return remapi::xp::format_whole<wchar_t>(_vsnwprintf, out, size, format, arguments);
}

FormatCounted* choose_vsnprintf_s() noexcept {
    return remapi::xp::function_or(remapi::xp::real_in_loaded_module(L"msvcrt.dll", "_vsnprintf_s"),
                                   fallback_vsnprintf_s);
}

FormatCountedWide* choose_vsnwprintf_s() noexcept {
    return remapi::xp::function_or(
        remapi::xp::real_in_loaded_module(L"msvcrt.dll", "_vsnwprintf_s"), fallback_vsnwprintf_s);
}

FormatWholeWide* choose_vswprintf_s() noexcept {
    return remapi::xp::function_or(remapi::xp::real_in_loaded_module(L"msvcrt.dll", "vswprintf_s"),
                                   fallback_vswprintf_s);
}

int __cdecl first_vsnprintf_s(char* out, std::size_t size, std::size_t count, const char* format,
                              va_list arguments) {
    auto* const chosen =
        remapi::xp::bind(import_vsnprintf_s, first_vsnprintf_s, choose_vsnprintf_s);
    remapi::xp::publish(import__vsnprintf_s, chosen);
    return chosen(out, size, count, format, arguments);
}

int __cdecl first_vsnwprintf_s(wchar_t* out, std::size_t size, std::size_t count,
                               const wchar_t* format, va_list arguments) {
    return remapi::xp::bind(import__vsnwprintf_s, first_vsnwprintf_s, choose_vsnwprintf_s)(
        out, size, count, format, arguments);
}

int __cdecl first_vswprintf_s(wchar_t* out, std::size_t size, const wchar_t* format,
                              va_list arguments) {
    return remapi::xp::bind(import_vswprintf_s, first_vswprintf_s, choose_vswprintf_s)(
        out, size, format, arguments);
}

// Arguments behind "..." cannot be passed on, so these two always run here; what they do is up to
// the function that takes a va_list.
int __cdecl call_snwprintf_s(wchar_t* out, std::size_t size, std::size_t count,
                             const wchar_t* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length = import__vsnwprintf_s(out, size, count, format, arguments);
    va_end(arguments);
    return length;
}

int __cdecl call_swprintf_s(wchar_t* out, std::size_t size, const wchar_t* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length = import_vswprintf_s(out, size, format, arguments);
    va_end(arguments);
    return length;
}

}  // namespace
