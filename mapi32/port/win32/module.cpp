// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/module.h"

#include <windows.h>

#include <cstring>

#include "port/call_state.h"
#include "port/file.h"
#include "port/win32/system.h"

namespace remapi::port {
namespace {

/// Its address tells which module this code was linked into.
void here() noexcept {}

constexpr UINT kQuiet = SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX;

/// No message box of the system's while a module loads. The mode is the process's own; threads that
/// change it at the same time may see each other's, so it takes effect for as short as possible.
class QuietErrors {
public:
    QuietErrors() noexcept : m_before(SetErrorMode(kQuiet)) { SetErrorMode(m_before | kQuiet); }
    ~QuietErrors() { SetErrorMode(m_before); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    UINT m_before;
};

}  // namespace

ModuleHandle load_module(StringView path, std::string& error) {
    if (!is_absolute_path(path) || !is_usable_path(path)) {
        error = "not an absolute path";
        return nullptr;
    }
    const String file(path);
    const CallState state;  // modules are known to change the control word as they start
    const QuietErrors quiet;
    const HMODULE module = LoadLibraryExW(file.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module) error = describe(static_cast<SystemError>(GetLastError()));
    return module;
}

ModuleHandle load_system_module(const char* name) noexcept {
    HMODULE module = nullptr;
    if (GetModuleHandleExA(0, name, &module)) return module;
    // The full path, because a bare name is looked for in the program's folder first.
    char path[MAX_PATH] = {};
    const UINT length = GetSystemDirectoryA(path, MAX_PATH);
    const std::size_t name_length = std::strlen(name);
    if (length == 0 || length + 1 + name_length >= MAX_PATH) return nullptr;
    path[length] = '\\';
    std::memcpy(path + length + 1, name, name_length + 1);
    const QuietErrors quiet;
    return LoadLibraryExA(path, nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
}

void unload_module(ModuleHandle module) noexcept {
    if (module) FreeLibrary(static_cast<HMODULE>(module));
}

void* find_symbol(ModuleHandle module, const char* name) noexcept {
    if (!module) return nullptr;
    return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(module), name));
}

String own_module_path() {
    HMODULE module = nullptr;
    const DWORD flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(flags, reinterpret_cast<LPCWSTR>(&here), &module)) return String();
    return module_path(module);
}

String own_module_folder() {
    return String(parent_folder(own_module_path()));
}

constinit std::atomic<bool> g_own_module_is_pinned = false;

void pin_own_module_now() noexcept {
    HMODULE module = nullptr;
    const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    GetModuleHandleExW(flags, reinterpret_cast<LPCWSTR>(&here), &module);
    // Last, so that nobody goes by it too early; two threads that pin at once do no harm.
    g_own_module_is_pinned.store(true, std::memory_order_relaxed);
}

StringView module_extension() noexcept {
    return L".dll";
}

}  // namespace remapi::port
