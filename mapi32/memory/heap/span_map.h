// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "memory/heap/page_source.h"

namespace remapi::memory {

/// Which pieces of 64 KiB of the address space are spans: one bit each, in leaves that come from
/// the system as zero pages when they are needed. A bit once set stays set.
class SpanMap {
public:
    constexpr SpanMap() noexcept = default;

    /// Any thread, without a lock.
    bool contains(std::uintptr_t address) const noexcept {
        const std::uintptr_t unit = address >> kUnitBits;
        const std::uintptr_t top = unit >> kLeafBits;
        if (top >= kLeaves) return false;
        std::uint32_t* const leaf = m_leaves[top].load(std::memory_order_acquire);
        if (!leaf) return false;
        const std::atomic_ref<std::uint32_t> word(leaf[word_of(unit)]);
        return (word.load(std::memory_order_acquire) & bit_of(unit)) != 0;
    }
    /// False when there is no memory for the leaf, or the address is beyond what a map describes.
    /// One thread at a time.
    bool insert(std::uintptr_t address, const PageSource& source) noexcept;

private:
    static constexpr bool kWide = sizeof(void*) > 4;
    static constexpr unsigned kUnitBits = 16;
    static constexpr unsigned kLeafBits = kWide ? 20 : 16;  ///< a leaf describes 64 GiB, or all
    /// No system hands out more than 48 bits of address unless asked to.
    static constexpr std::size_t kLeaves = kWide ? std::size_t{1} << (48 - 36) : 1;

    static std::size_t word_of(std::uintptr_t unit) noexcept {
        return (unit & ((std::uintptr_t{1} << kLeafBits) - 1)) / 32;
    }
    static std::uint32_t bit_of(std::uintptr_t unit) noexcept {
        return std::uint32_t{1} << unit % 32;
    }

    std::array<std::atomic<std::uint32_t*>, kLeaves> m_leaves = {};
    void* m_reserved = nullptr;  ///< for the next leaf, when its memory could not be had
};

}  // namespace remapi::memory
