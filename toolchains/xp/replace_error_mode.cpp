// SPDX-License-Identifier: LGPL-2.1-or-later
// kernel32: SetThreadErrorMode. Before Windows 7 there is one mode for the whole process.
#include "import.h"

namespace {

BOOL WINAPI first_SetThreadErrorMode(DWORD mode, DWORD* old_mode);

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(SetThreadErrorMode, 8), decltype(first_SetThreadErrorMode),
                  import_SetThreadErrorMode, first_SetThreadErrorMode);

namespace {

BOOL WINAPI fallback_SetThreadErrorMode(DWORD mode, DWORD* old_mode) {
    // SEM_NOALIGNMENTFAULTEXCEPT is not a thread's to set, and cannot be taken back once set.
    constexpr DWORD kAllowed =
        SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX;
    if (mode & ~kAllowed) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    const DWORD before = SetErrorMode(mode);
    if (old_mode) *old_mode = before & kAllowed;
    return TRUE;
}

BOOL WINAPI first_SetThreadErrorMode(DWORD mode, DWORD* old_mode) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"kernel32.dll", "SetThreadErrorMode"),
            fallback_SetThreadErrorMode);
    };
    return remapi::xp::bind(import_SetThreadErrorMode, first_SetThreadErrorMode, choose)(mode,
                                                                                         old_mode);
}

}  // namespace
