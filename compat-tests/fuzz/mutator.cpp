// SPDX-License-Identifier: LGPL-2.1-or-later
#include "mutator.h"

#include <algorithm>
#include <iterator>

namespace remapi::fuzz {
namespace {

constexpr std::size_t kMaxPiece = 64;
// Values at which counts, lengths and characters change their meaning.
constexpr std::uint32_t kNotable[] = {0,      1,      2,          0x7F,       0x80,
                                      0xFF,   0x100,  0x7FFF,     0x8000,     0xD800,
                                      0xDC00, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
constexpr char kPunctuation[] = "\r\n\t ;,=[]<>()\"'\\/:@#%.*{}-+&\0\1";

}  // namespace

std::uint64_t Mutator::random() {
    // SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
    m_state += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

std::size_t Mutator::below(std::size_t limit) {
    return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
}

Bytes Mutator::piece() {
    const Bytes& seed = m_seeds[below(m_seeds.size())];
    const std::size_t start = below(seed.size());
    const std::size_t size = std::min(below(kMaxPiece) + 1, seed.size() - start);
    const auto from = seed.begin() + static_cast<std::ptrdiff_t>(start);
    return Bytes(from, from + static_cast<std::ptrdiff_t>(size));
}

void Mutator::change(Bytes& input) {
    const std::size_t place = below(input.size() + 1);
    const auto at = input.begin() + static_cast<std::ptrdiff_t>(place);
    const std::size_t behind = input.size() - place;
    const std::size_t some = std::min(below(kMaxPiece) + 1, behind);
    switch (below(8)) {
        case 0:
            if (behind > 0) *at = static_cast<std::uint8_t>(*at ^ (1u << below(8)));
            break;
        case 1:
            if (behind > 0) *at = static_cast<std::uint8_t>(random());
            break;
        case 2: {
            const std::uint32_t value = kNotable[below(std::size(kNotable))];
            const std::size_t width = std::min<std::size_t>(std::size_t{1} << below(3), behind);
            for (std::size_t i = 0; i < width; ++i) {
                input[place + i] = static_cast<std::uint8_t>(value >> (8 * i));
            }
            break;
        }
        case 3:
            input.erase(at, at + static_cast<std::ptrdiff_t>(some));
            break;
        case 4:
            input.insert(at, below(kMaxPiece) + 1, static_cast<std::uint8_t>(random()));
            break;
        case 5: {
            const Bytes inserted = piece();
            input.insert(at, inserted.begin(), inserted.end());
            break;
        }
        case 6:
            input.insert(at, static_cast<std::uint8_t>(kPunctuation[below(sizeof kPunctuation)]));
            break;
        default:
            input.resize(place);
    }
}

Bytes Mutator::next() {
    Bytes input = m_seeds[below(m_seeds.size())];
    for (std::size_t changes = below(8) + 1; changes > 0; --changes) change(input);
    if (input.size() > kMaxBytes) input.resize(kMaxBytes);
    input.shrink_to_fit();
    return input;
}

}  // namespace remapi::fuzz
