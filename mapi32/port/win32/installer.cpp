// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/installer.h"

#include <windows.h>

#include "port/module.h"

namespace remapi::port {
namespace {

constexpr DWORD kInstallMissing = 0;                     // INSTALLMODE_DEFAULT
constexpr DWORD kOnlyExisting = static_cast<DWORD>(-3);  // INSTALLMODE_EXISTING
constexpr int kInstalledLocally = 3;                     // INSTALLSTATE_LOCAL
constexpr DWORD kPathUnits = 1024;

/// What a qualified component's file is; empty on any error.
std::string qualified_path(ModuleHandle module, const std::string& component,
                           const std::string& qualifier, bool install) {
    using Provide = UINT WINAPI(LPCSTR, LPCSTR, DWORD, LPSTR, LPDWORD);
    void* const found = find_symbol(module, "MsiProvideQualifiedComponentA");
    if (!found) return {};
    char path[kPathUnits] = {};
    DWORD length = kPathUnits;
    const UINT error =
        reinterpret_cast<Provide*>(found)(component.c_str(), qualifier.c_str(),
                                          install ? kInstallMissing : kOnlyExisting, path, &length);
    return error == ERROR_SUCCESS ? std::string(path) : std::string();
}

std::string unqualified_path(ModuleHandle module, const std::string& component) {
    using Locate = int WINAPI(LPCSTR, LPSTR, LPDWORD);
    void* const found = find_symbol(module, "MsiLocateComponentA");
    if (!found) return {};
    char path[kPathUnits] = {};
    DWORD length = kPathUnits;
    const int state = reinterpret_cast<Locate*>(found)(component.c_str(), path, &length);
    return state == kInstalledLocally ? std::string(path) : std::string();
}

}  // namespace

std::string component_path(const std::string& component, const std::string& qualifier,
                           bool install) {
    const ModuleHandle module = load_system_module("msi.dll");
    if (!module) return {};
    std::string path = qualifier.empty() ? unqualified_path(module, component)
                                         : qualified_path(module, component, qualifier, install);
    unload_module(module);
    return path;
}

}  // namespace remapi::port
