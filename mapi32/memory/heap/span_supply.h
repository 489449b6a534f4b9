// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "memory/heap/page_source.h"
#include "memory/heap/span.h"
#include "memory/heap/span_map.h"
#include "port/quick_lock.h"

namespace remapi::memory {

/// Spans that no arena has. Their address space is never given back and the header of each stays
/// readable, so that any pointer may be looked up at any time; the memory of what is beyond a small
/// stock is. Any thread.
class SpanSupply {
public:
    /// `source` outlives the supply; null: the system.
    constexpr explicit SpanSupply(const PageSource* source) noexcept : m_source(source) {}

    /// A span to be divided, its arena null. Null when there is no memory.
    Span* take() noexcept;
    /// Takes back a span in which nothing is live, its arena null.
    void give_back(Span* span) noexcept;
    /// The span around an address, null when it lies in none.
    Span* find(std::uintptr_t address) const noexcept {
        if (!m_map.contains(address)) return nullptr;
        return Span::around(reinterpret_cast<const void*>(address));
    }

    /// Spans that are kept with their memory.
    static constexpr std::size_t kStock = 32;

private:
    static constexpr std::size_t kRegionBytes = 16 * kSpanBytes;

    const PageSource& source() const noexcept;
    Span* make() noexcept;
    bool reserve() noexcept;

    const PageSource* m_source;
    SpanMap m_map;
    port::QuickLock m_lock;
    Span* m_ready = nullptr;  ///< with memory
    std::size_t m_ready_count = 0;
    Span* m_empty = nullptr;   ///< only their first page has memory
    char* m_region = nullptr;  ///< what is reserved and not a span yet
    std::size_t m_region_bytes = 0;
};

}  // namespace remapi::memory
