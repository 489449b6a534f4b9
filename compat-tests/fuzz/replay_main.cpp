// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Runs a fuzz target without libFuzzer: on every file of its seed corpus, then on mutations of
// these that are the same on every machine. Usage: PROGRAM SEED_FOLDER LAST_INPUT_FILE [MUTATIONS]
// The input that is being tried lies in LAST_INPUT_FILE, so it is there when the program dies of
// it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "mutator.h"
#include "rewritten_file.h"
#include "target.h"

namespace {

using remapi::Bytes;

std::vector<Bytes> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> seeds;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

void run(const Bytes& input, const remapi::fuzz::RewrittenFile& last_input) {
    last_input.write(input.data(), input.size());
    // In a block of exactly its size: a sanitizer then sees a read past the end.
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "usage: " << arguments[0] << " SEED_FOLDER LAST_INPUT_FILE [MUTATIONS]\n";
        return 2;
    }
    const std::vector<Bytes> seeds = read_seeds(arguments[1]);
    if (seeds.empty()) {
        std::cerr << "no seeds in " << arguments[1] << '\n';
        return 1;
    }
    std::cerr << "The input that is being tried is in " << arguments[2] << '\n';
    const unsigned long mutations = count > 3 ? std::strtoul(arguments[3], nullptr, 10) : 20000;
    const remapi::fuzz::RewrittenFile last_input(arguments[2]);
    for (const Bytes& seed : seeds) run(seed, last_input);
    remapi::fuzz::Mutator mutator(seeds);
    for (unsigned long i = 0; i < mutations; ++i) run(mutator.next(), last_input);
    std::filesystem::remove(arguments[2]);
    std::cout << seeds.size() << " seeds and " << mutations << " mutations\n";
    return 0;
}
