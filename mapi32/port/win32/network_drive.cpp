// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/network_drive.h"

#include <windows.h>

#include "port/module.h"

namespace remapi::port {

std::string share_of_drive(char letter) {
    // Looked up at run time: few programs need the network provider, and loading it takes long.
    using GetConnection = DWORD WINAPI(LPCSTR, LPSTR, LPDWORD);
    const ModuleHandle module = load_system_module("mpr.dll");
    if (!module) return {};
    std::string share;
    if (void* const found = find_symbol(module, "WNetGetConnectionA")) {
        const char drive[] = {letter, ':', 0};
        DWORD size = MAX_PATH;
        share.resize(size);
        auto* const get_connection = reinterpret_cast<GetConnection*>(found);
        DWORD error = get_connection(drive, share.data(), &size);
        if (error == ERROR_MORE_DATA) {
            share.resize(size);
            error = get_connection(drive, share.data(), &size);
        }
        if (error == NO_ERROR) {
            share.resize(share.find('\0') == std::string::npos ? share.size() : share.find('\0'));
        } else {
            share.clear();
        }
    }
    unload_module(module);
    return share;
}

}  // namespace remapi::port
