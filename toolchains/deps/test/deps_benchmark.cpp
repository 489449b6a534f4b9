// SPDX-License-Identifier: LGPL-2.1-or-later
#include <benchmark/benchmark.h>

#include <string>

namespace {

void append_hundred(benchmark::State& state) {
    for (auto _ : state) {
        std::string text;
        for (int i = 0; i < 100; ++i) text.push_back('x');
        benchmark::DoNotOptimize(text);
    }
}

}  // namespace

BENCHMARK(append_hundred);
BENCHMARK_MAIN();
