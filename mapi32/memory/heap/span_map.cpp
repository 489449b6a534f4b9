// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/span_map.h"

#include <utility>

#include "port/pages.h"

namespace remapi::memory {

bool SpanMap::insert(std::uintptr_t address, const PageSource& source) noexcept {
    const std::uintptr_t unit = address >> kUnitBits;
    const std::uintptr_t top = unit >> kLeafBits;
    if (top >= kLeaves) return false;
    std::uint32_t* leaf = m_leaves[top].load(std::memory_order_relaxed);
    if (!leaf) {
        constexpr std::size_t kLeafBytes = (std::size_t{1} << kLeafBits) / 8;
        constexpr std::size_t kReserved =
            (kLeafBytes + port::kReserveBytes - 1) / port::kReserveBytes * port::kReserveBytes;
        if (!m_reserved) m_reserved = source.reserve(kReserved);
        if (!m_reserved || !source.commit(m_reserved, kLeafBytes)) return false;
        leaf = static_cast<std::uint32_t*>(std::exchange(m_reserved, nullptr));
        m_leaves[top].store(leaf, std::memory_order_release);
    }
    const std::atomic_ref<std::uint32_t> word(leaf[word_of(unit)]);
    word.fetch_or(bit_of(unit), std::memory_order_release);
    return true;
}

}  // namespace remapi::memory
