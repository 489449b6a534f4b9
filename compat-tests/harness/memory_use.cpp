// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/memory_use.h"

#include <cstdio>

#include "abi/mapi.h"
#include "port/module.h"

namespace remapi::test {
namespace {

/// PROCESS_MEMORY_COUNTERS of psapi.h.
struct Counters {
    DWORD size;
    DWORD faults;
    SIZE_T peak_working_set;
    SIZE_T working_set;
    SIZE_T quotas[4];
    SIZE_T page_file;  // committed
    SIZE_T peak_page_file;
};

/// Zeroes when this is not Windows.
Counters from_psapi() {
    using Query = BOOL WINAPI(HANDLE, Counters*, DWORD);
    const port::ModuleHandle psapi = port::load_system_module("psapi.dll");
    const auto query =
        psapi ? reinterpret_cast<Query*>(port::find_symbol(psapi, "GetProcessMemoryInfo"))
              : nullptr;
    Counters counters = {};
    counters.size = sizeof counters;
    void* const self = reinterpret_cast<void*>(static_cast<LONG_PTR>(-1));  // GetCurrentProcess()
    if (!query || !query(self, &counters, sizeof counters)) return {};
    return counters;
}

std::size_t now_from_proc() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    if (!file) return 0;
    unsigned long total = 0;
    unsigned long resident = 0;
    unsigned long shared = 0;
    const int read = std::fscanf(file, "%lu %lu %lu", &total, &resident, &shared);
    std::fclose(file);
    constexpr std::size_t kPageBytes = 4096;
    return read == 3 ? (resident - shared) * kPageBytes : 0;
}

std::size_t peak_from_proc() {
    std::FILE* const file = std::fopen("/proc/self/status", "r");
    if (!file) return 0;
    char line[256];
    unsigned long kilobytes = 0;
    while (std::fgets(line, sizeof line, file)) {
        if (std::sscanf(line, "VmHWM: %lu", &kilobytes) == 1) break;
    }
    std::fclose(file);
    return std::size_t{kilobytes} * 1024;
}

}  // namespace

std::size_t memory_in_use() {
    const std::size_t windows = from_psapi().page_file;
    return windows ? windows : now_from_proc();
}

std::size_t peak_memory() {
    const std::size_t windows = from_psapi().peak_page_file;
    return windows ? windows : peak_from_proc();
}

}  // namespace remapi::test
