// SPDX-License-Identifier: LGPL-2.1-or-later
//
// mapi32, reached as any program reaches it: loaded by path, its functions looked up by name.
#pragma once

#include <string>
#include <vector>

#include "abi/mapi.h"
#include "port/module.h"

namespace remapi::tool {

/// Simple MAPI's Unicode call, which the headers lack. Page: the Platform SDK's MAPISendMailW.
using SendMailW = ULONG WINAPI(LHANDLE session, ULONG_PTR window, lpMapiMessageW message,
                               FLAGS flags, ULONG reserved);
using SimpleLogon = ULONG WINAPI(ULONG_PTR window, LPSTR profile, LPSTR password, FLAGS flags,
                                 ULONG reserved, LPLHANDLE session);
using SimpleLogoff = ULONG WINAPI(LHANDLE session, ULONG_PTR window, FLAGS flags, ULONG reserved);
using LogonEx = HRESULT WINAPI(ULONG_PTR window, LPTSTR profile, LPTSTR password, FLAGS flags,
                               LPMAPISESSION* session);

/// The loaded library; lives until the program ends.
class Library {
public:
    /// Loads it at the first call. Looked for in this order: the path in REMAPI_UNDER_TEST, the
    /// program's own folder, `../lib` beside that.
    /// Throws Failure(NoLibrary) when it is nowhere or lacks a function.
    static const Library& the();
    /// Where the() would look, in order.
    static std::vector<String> candidates();

    const String& path() const noexcept { return m_path; }

    HRESULT(WINAPI* initialize)(LPVOID) = nullptr;
    void(WINAPI* uninitialize)() = nullptr;
    HRESULT(WINAPI* admin_profiles)(ULONG, LPPROFADMIN*) = nullptr;
    LogonEx* logon_ex = nullptr;
    SimpleLogon* simple_logon = nullptr;
    SimpleLogoff* simple_logoff = nullptr;
    SendMailW* send_mail = nullptr;

private:
    explicit Library(String path);
    template <class Function>
    void find(Function*& function, const char* name);

    String m_path;
    port::ModuleHandle m_module = nullptr;
};

}  // namespace remapi::tool
