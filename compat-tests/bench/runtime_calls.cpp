// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compares the calls of two libraries in one process. Usage: runtime_calls OURS REFERENCE PAIRS
// Prints a line for each call, its parts separated by tabs: name, median ratio of the pairs, the
// median nanoseconds of ours and of the reference; or name, "failed" and why.
#include "runtime_calls.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace {

using remapi::bench::Library;
using remapi::bench::now;
using remapi::bench::WorkloadMaker;
using Repeat = std::function<void(std::size_t)>;

constexpr double kSampleSeconds = 0.004;

double seconds_of(const Repeat& repeat, std::size_t times) {
    const double start = now();
    repeat(times);
    return now() - start;
}

/// So many repetitions that they take as long as a sample should.
std::size_t times_for_a_sample(const Repeat& repeat) {
    std::size_t times = 1;
    double seconds = seconds_of(repeat, times);
    while (seconds < kSampleSeconds / 4) {
        times *= 4;
        seconds = seconds_of(repeat, times);
    }
    return std::max<std::size_t>(
        1, static_cast<std::size_t>(static_cast<double>(times) * kSampleSeconds / seconds));
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void measure(const WorkloadMaker& maker, const Library& ours, const Library& reference,
             std::size_t pairs) {
    const Repeat our_work = maker.make(ours);
    const Repeat reference_work = maker.make(reference);
    const std::size_t our_times = times_for_a_sample(our_work);
    const std::size_t reference_times = times_for_a_sample(reference_work);
    std::vector<double> ratios, our_nanoseconds, reference_nanoseconds;
    for (std::size_t i = 0; i < pairs; ++i) {
        const double a = seconds_of(our_work, our_times) * 1e9 / static_cast<double>(our_times);
        const double b = seconds_of(reference_work, reference_times) * 1e9 /
                         static_cast<double>(reference_times);
        our_nanoseconds.push_back(a);
        reference_nanoseconds.push_back(b);
        ratios.push_back(a / b);
    }
    std::cout << maker.name << '\t' << median(ratios) << '\t' << median(our_nanoseconds) << '\t'
              << median(reference_nanoseconds) << std::endl;
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::cerr << "usage: runtime_calls OURS REFERENCE PAIRS\n";
        return 2;
    }
    try {
        const Library ours(words[1]);
        const Library reference(words[2]);
        const std::size_t pairs = std::strtoul(words[3], nullptr, 10) | 1;
        std::vector<WorkloadMaker> makers = remapi::bench::memory_workloads();
        for (WorkloadMaker& maker : remapi::bench::value_workloads()) makers.push_back(maker);
        for (const WorkloadMaker& maker : makers) {
            try {
                measure(maker, ours, reference, pairs);
            } catch (const std::exception& error) {
                std::cout << maker.name << "\tfailed\t" << error.what() << std::endl;
            }
        }
    } catch (const std::exception& error) {
        std::cerr << "runtime_calls: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
