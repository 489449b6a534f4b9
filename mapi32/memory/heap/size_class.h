// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The sizes of slots: multiples of 16 up to 128, then four to every doubling.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace remapi::memory {

/// What every block is aligned to and every slot a multiple of.
inline constexpr std::size_t kGranule = 16;
/// The largest slot: four of them and what stands before them fill a span.
inline constexpr std::size_t kLargestSlot = 16352;
inline constexpr unsigned kSizeClasses = 36;

inline constexpr std::size_t round_to_granule(std::size_t size) noexcept {
    return (size + kGranule - 1) & ~(kGranule - 1);
}

/// Bytes of a slot of the class.
inline constexpr std::size_t slot_bytes_of(unsigned size_class) noexcept {
    if (size_class < 8) return (size_class + 1) * kGranule;
    const unsigned doubling = (size_class - 8) / 4;
    const std::size_t base = std::size_t{128} << doubling;
    const std::size_t bytes = base + (size_class - 8) % 4 * (base / 4) + base / 4;
    return bytes < kLargestSlot ? bytes : kLargestSlot;
}

/// The class of each number of granules.
inline constexpr auto kClassOfGranules = [] {
    std::array<std::uint8_t, kLargestSlot / kGranule + 1> classes = {};
    unsigned size_class = 0;
    for (std::size_t granules = 0; granules < classes.size(); ++granules) {
        if (slot_bytes_of(size_class) < granules * kGranule) ++size_class;
        classes[granules] = static_cast<std::uint8_t>(size_class);
    }
    return classes;
}();

/// The class of the smallest slot for `size` bytes, which are kLargestSlot at most.
inline constexpr unsigned class_for(std::size_t size) noexcept {
    return kClassOfGranules[(size + kGranule - 1) / kGranule];
}

static_assert(slot_bytes_of(kSizeClasses - 1) == kLargestSlot);
static_assert(class_for(kLargestSlot) == kSizeClasses - 1 && class_for(0) == 0);

}  // namespace remapi::memory
