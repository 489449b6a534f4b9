// SPDX-License-Identifier: LGPL-2.1-or-later
#include "exported_function.h"

#include <cstdlib>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace remapi::test {

namespace {

#ifdef _WIN32
HMODULE g_library = nullptr;

/// A Unix path as Wine maps it; any other path unchanged.
std::string native_path(const std::string& path) {
    if (path.empty() || path[0] != '/') return path;
    std::string result = "Z:" + path;
    for (char& c : result) {
        if (c == '/') c = '\\';
    }
    return result;
}
#else
void* g_library = nullptr;
#endif

}  // namespace

bool load_library_under_test(std::string* error) {
    error->clear();
    if (g_library != nullptr) return true;
    const char* path = std::getenv("REMAPI_UNDER_TEST");
    if (path == nullptr || *path == '\0') {
        *error = "REMAPI_UNDER_TEST names no library";
        return false;
    }
#ifdef _WIN32
    g_library = LoadLibraryExA(native_path(path).c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (g_library == nullptr) *error = std::string(path) + ": " + std::to_string(GetLastError());
#else
    g_library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (g_library == nullptr) *error = dlerror();
#endif
    return g_library != nullptr;
}

void* exported_function(const char* name) {
#ifdef _WIN32
    return reinterpret_cast<void*>(GetProcAddress(g_library, name));
#else
    return dlsym(g_library, name);
#endif
}

}  // namespace remapi::test
