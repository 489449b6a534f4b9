// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where the files of the MAPI implementation lie that a mail client brought along.
#include <cstring>

#include "abi/guard.h"
#include "port/installer.h"

/// The path of the DLL that a mail client registered with the installer.
/// @param component  a GUID in braces, the client's MSIComponentID
/// @param qualifier  a locale identifier as text; null or empty: the component has none
/// @param path       [out] zero-terminated, in the ANSI code page; empty on failure
/// @param room       characters at `path`
/// @param install    let the installer install it where it is missing
/// Answers FALSE when there is none or its path does not fit, natively always.
/// Page: mapi/fgetcomponentpath.md
extern "C" BOOL WINAPI FGetComponentPath(LPCSTR component, LPSTR qualifier, LPSTR path, DWORD room,
                                         BOOL install) {
    if (!path || room == 0) return FALSE;
    *path = 0;
    if (!component) return FALSE;
    return remapi::abi::guard_value<BOOL>("FGetComponentPath", FALSE, [&]() -> BOOL {
        const std::string found =
            remapi::port::component_path(component, qualifier ? qualifier : "", install != FALSE);
        if (found.empty() || found.size() >= room) return FALSE;
        std::memcpy(path, found.c_str(), found.size() + 1);
        return TRUE;
    });
}
