// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/scenarios/memory_use.h"

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

std::size_t from_psapi() {
    using Query = BOOL WINAPI(HANDLE, Counters*, DWORD);
    const port::ModuleHandle psapi = port::load_system_module("psapi.dll");
    const auto query =
        psapi ? reinterpret_cast<Query*>(port::find_symbol(psapi, "GetProcessMemoryInfo"))
              : nullptr;
    Counters counters = {};
    counters.size = sizeof counters;
    const HANDLE self = reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(-1));  // GetCurrentProcess()
    if (!query || !query(self, &counters, sizeof counters)) return 0;
    return counters.page_file;
}

std::size_t from_proc() {
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

}  // namespace

std::size_t memory_in_use() {
    const std::size_t windows = from_psapi();
    return windows ? windows : from_proc();
}

}  // namespace remapi::test
