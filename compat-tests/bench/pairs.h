// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Ours and a reference, in turn, in one process: every repetition of a Google Benchmark is one
// pair, and what counts is the median of the pairs' ratios, because machines drift from minute to
// minute.
#pragma once

#include <benchmark/benchmark.h>

#include <exception>
#include <functional>
#include <string>
#include <utility>

namespace remapi::bench {

/// Does the work once and answers its seconds. Throws std::exception when the work failed.
using Sample = std::function<double()>;

constexpr int kPairs = 11;

/// Registers `pairs` pairs of samples under `name`. Counters: ratio, ours_ms, reference_ms.
inline void register_pair(const std::string& name, Sample ours, Sample reference,
                          int pairs = kPairs) {
    const auto body = [ours = std::move(ours),
                       reference = std::move(reference)](benchmark::State& state) {
        for (auto _ : state) {
            try {
                const double our_seconds = ours();
                const double reference_seconds = reference();
                state.SetIterationTime(our_seconds);
                state.counters["ours_ms"] = our_seconds * 1e3;
                state.counters["reference_ms"] = reference_seconds * 1e3;
                state.counters["ratio"] = our_seconds / reference_seconds;
            } catch (const std::exception& error) {
                state.SkipWithError(error.what());
                break;
            }
        }
    };
    benchmark::RegisterBenchmark(name.c_str(), body)
        ->UseManualTime()
        ->Iterations(1)
        ->Repetitions(pairs)
        ->Unit(benchmark::kMillisecond);
}

}  // namespace remapi::bench
