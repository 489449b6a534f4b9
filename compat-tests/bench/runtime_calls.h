// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The calls of the group `runtime` that are compared with another mapi32.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "library.h"

namespace remapi::bench {

/// One call, ready to be repeated.
struct Workload {
    std::string name;
    std::function<void(std::size_t times)> repeat;
};

/// How to make a workload out of a library. The work is done once and its result examined: throws
/// std::runtime_error when that is wrong, because its time says nothing then.
struct WorkloadMaker {
    std::string name;
    std::function<std::function<void(std::size_t)>(const Library&)> make;
};

/// What allocates and frees.
std::vector<WorkloadMaker> memory_workloads();
/// What handles property values.
std::vector<WorkloadMaker> value_workloads();

/// Throws when `good` is false.
inline void require(bool good, const char* what) {
    if (!good) throw std::runtime_error(std::string(what) + " does not do what it should");
}

}  // namespace remapi::bench
