// SPDX-License-Identifier: LGPL-2.1-or-later
// kernel32: GetTickCount64.
#include "import.h"
#include "tick_count.h"

namespace {

ULONGLONG WINAPI first_GetTickCount64();

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(GetTickCount64, 0), decltype(first_GetTickCount64),
                  import_GetTickCount64, first_GetTickCount64);

namespace {

constinit LONGLONG last_tick = 0;

ULONGLONG WINAPI fallback_GetTickCount64() {
    return remapi::xp::extend_tick_count(&last_tick, [] { return GetTickCount(); });
}

ULONGLONG WINAPI first_GetTickCount64() {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"kernel32.dll", "GetTickCount64"),
            fallback_GetTickCount64);
    };
    return remapi::xp::bind(import_GetTickCount64, first_GetTickCount64, choose)();
}

}  // namespace
