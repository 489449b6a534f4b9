// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import.h"

namespace remapi::xp {

FARPROC find_in_loaded_module(const wchar_t* module, const char* name) noexcept {
    const HMODULE loaded = GetModuleHandleW(module);
    return loaded ? GetProcAddress(loaded, name) : nullptr;
}

FARPROC find_in_module(const wchar_t* module, const char* name) noexcept {
    const HMODULE loaded = LoadLibraryW(module);
    return loaded ? GetProcAddress(loaded, name) : nullptr;
}

#ifdef REMAPI_XP_FORCE_FALLBACK

FARPROC real_in_loaded_module(const wchar_t*, const char*) noexcept {
    return nullptr;
}

FARPROC real_in_module(const wchar_t*, const char*) noexcept {
    return nullptr;
}

#else

FARPROC real_in_loaded_module(const wchar_t* module, const char* name) noexcept {
    return find_in_loaded_module(module, name);
}

FARPROC real_in_module(const wchar_t* module, const char* name) noexcept {
    return find_in_module(module, name);
}

#endif

}  // namespace remapi::xp
