// SPDX-License-Identifier: LGPL-2.1-or-later
#include "library.h"

#include <fstream>

#ifdef _WIN32
#include <windows.h>
// order matters: psapi.h needs the base types
#include <psapi.h>
#else
#include <dlfcn.h>
#include <time.h>
#endif

namespace remapi::bench {

#ifdef _WIN32

namespace {

/// A Unix path as Wine shows it; anything else unchanged.
std::string windows_path(const std::string& path) {
    if (path.empty() || path[0] != '/') return path;
    std::string result = "Z:" + path;
    for (char& unit : result) {
        if (unit == '/') unit = '\\';
    }
    return result;
}

}  // namespace

Library::Library(const std::string& name) {
    const std::string path = windows_path(name);
    const bool whole = path.find('\\') != std::string::npos;
    m_module = reinterpret_cast<void*>(
        LoadLibraryExA(path.c_str(), nullptr, whole ? LOAD_WITH_ALTERED_SEARCH_PATH : 0));
    if (!m_module)
        throw std::runtime_error(path + ": system error " + std::to_string(GetLastError()));
}

void* Library::symbol(const char* name) const {
    return reinterpret_cast<void*>(GetProcAddress(reinterpret_cast<HMODULE>(m_module), name));
}

double now() {
    LARGE_INTEGER ticks;
    LARGE_INTEGER per_second;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&per_second);
    return static_cast<double>(ticks.QuadPart) / static_cast<double>(per_second.QuadPart);
}

std::size_t resident_bytes() {
    PROCESS_MEMORY_COUNTERS counters = {};
    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters)) {
        throw std::runtime_error("GetProcessMemoryInfo failed");
    }
    return counters.WorkingSetSize;
}

#else

Library::Library(const std::string& name) {
    m_module = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!m_module) throw std::runtime_error(dlerror());
}

void* Library::symbol(const char* name) const {
    return dlsym(m_module, name);
}

double now() {
    timespec time = {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::size_t resident_bytes() {
    // statm is off by up to some dozens of pages a processor; this counts them.
    std::ifstream file("/proc/self/smaps_rollup");
    for (std::string word; file >> word;) {
        std::size_t kibibytes = 0;
        if (word == "Rss:" && file >> kibibytes) return kibibytes * 1024;
    }
    throw std::runtime_error("/proc/self/smaps_rollup cannot be read");
}

#endif

}  // namespace remapi::bench
