// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <vector>

#include "format/bytes.h"

namespace remapi::fuzz {

/// Changes seeds at random, in the same way in every run.
class Mutator {
public:
    /// `seeds` may not be empty.
    explicit Mutator(const std::vector<Bytes>& seeds) : m_seeds(seeds) {}

    /// A seed after one to eight changes; at most kMaxBytes long.
    Bytes next();

    static constexpr std::size_t kMaxBytes = 4096;

private:
    std::uint64_t random();
    /// A number below `limit`; 0 when that is 0.
    std::size_t below(std::size_t limit);
    void change(Bytes& input);
    /// A piece of one of the seeds.
    Bytes piece();

    std::vector<Bytes> m_seeds;
    std::uint64_t m_state = 0x52454D415049;
};

}  // namespace remapi::fuzz
