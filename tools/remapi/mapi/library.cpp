// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/library.h"

#include "memory/allocator.h"
#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

constinit const Library* g_library = nullptr;

/// The library's file name on this platform.
String file_name() {
    const StringView extension = port::module_extension();
    if (extension == REMAPI_W(".so")) return REMAPI_W("libmapi32.so.1");
    return REMAPI_W("mapi32") + String(extension);
}

String find_library() {
    std::string tried;
    for (const String& candidate : Library::candidates()) {
        if (port::exists(candidate)) return candidate;
        tried += "\n  " + port::to_utf8(candidate);
    }
    throw Failure(ExitCode::NoLibrary, "mapi32 was not found; looked for" + tried);
}

}  // namespace

std::vector<String> Library::candidates() {
    if (const auto named = port::environment("REMAPI_UNDER_TEST")) {
        if (!named->empty()) return {port::absolute_path(*named)};
    }
    const String folder = program_folder();
    const String beside = port::join_path(port::parent_folder(folder), REMAPI_W("lib"));
    return {port::join_path(folder, file_name()), port::join_path(beside, file_name())};
}

const Library& Library::the() {
    // Kept until the process ends: nothing of the library is torn down at exit.
    if (!g_library) g_library = new Library(find_library());
    return *g_library;
}

template <class Function>
void Library::find(Function*& function, const char* name) {
    void* const address = port::find_symbol(m_module, name);
    if (!address) {
        throw Failure(ExitCode::NoLibrary, port::to_utf8(m_path) + " has no function " + name);
    }
    function = reinterpret_cast<Function*>(address);
}

Library::Library(String path) : m_path(std::move(path)) {
    std::string error;
    m_module = port::load_module(m_path, error);
    if (!m_module)
        throw Failure(ExitCode::NoLibrary,
                      port::to_utf8(m_path) + " could not be loaded: " + error);
    find(initialize, "MAPIInitialize");
    find(uninitialize, "MAPIUninitialize");
    find(admin_profiles, "MAPIAdminProfiles");
    find(logon_ex, "MAPILogonEx");
    find(simple_logon, "MAPILogon");
    find(simple_logoff, "MAPILogoff");
    find(send_mail, "MAPISendMailW");
    // Buffer and RowSet of this program then free what the library allocated.
    ALLOCATEBUFFER* allocate = nullptr;
    ALLOCATEMORE* more = nullptr;
    FREEBUFFER* free = nullptr;
    find(allocate, "MAPIAllocateBuffer");
    find(more, "MAPIAllocateMore");
    find(free, "MAPIFreeBuffer");
    memory::use_routines({allocate, more, free});
}

}  // namespace remapi::tool
