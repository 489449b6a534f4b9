// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/span_supply.h"

#include <new>
#include <utility>

#include "port/mutex.h"

namespace remapi::memory {
namespace {

constexpr PageSource kSystem = {port::reserve_pages, port::commit_pages, port::decommit_pages};
constexpr std::size_t kHeaderBytes = 4096;  ///< the page that stays, where pages are of that size

}  // namespace

const PageSource& SpanSupply::source() const noexcept {
    return m_source ? *m_source : kSystem;
}

Span* SpanSupply::take() noexcept {
    const port::Lock lock(m_lock);
    if (m_ready) {
        --m_ready_count;
        return std::exchange(m_ready, m_ready->next);
    }
    if (m_empty) {
        if (!source().commit(m_empty, kSpanBytes)) return nullptr;
        return std::exchange(m_empty, m_empty->next);
    }
    return make();
}

void SpanSupply::give_back(Span* span) noexcept {
    {
        const port::Lock lock(m_lock);
        if (m_ready_count < kStock) {
            span->next = std::exchange(m_ready, span);
            ++m_ready_count;
            return;
        }
    }
    source().decommit(reinterpret_cast<char*>(span) + kHeaderBytes, kSpanBytes - kHeaderBytes);
    const port::Lock lock(m_lock);
    span->next = std::exchange(m_empty, span);
}

Span* SpanSupply::make() noexcept {
    if (m_region_bytes == 0 && !reserve()) return nullptr;
    if (!source().commit(m_region, kSpanBytes)) return nullptr;
    Span* const span = new (m_region) Span;  // before anybody can find it
    if (!m_map.insert(address_of(span), source())) return nullptr;
    m_region += kSpanBytes;
    m_region_bytes -= kSpanBytes;
    return span;
}

bool SpanSupply::reserve() noexcept {
    // A 32-bit address space may have no such piece left and smaller ones all the same.
    for (std::size_t size = kRegionBytes; size >= kSpanBytes; size /= 2) {
        void* const region = source().reserve(size);
        if (!region) continue;
        m_region = static_cast<char*>(region);
        m_region_bytes = size;
        return true;
    }
    return false;
}

}  // namespace remapi::memory
