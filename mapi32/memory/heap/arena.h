// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <array>

#include "memory/heap/span_supply.h"

namespace remapi::memory {

/// A part of a heap with a lock of its own, so that threads need not wait for one another. All that
/// belongs to one root, its chunks too, is in one arena. Everything but the lock is called with the
/// lock held.
class alignas(64) Arena {
public:
    constexpr Arena() noexcept = default;

    void lock() noexcept { m_lock.lock(); }
    bool try_lock() noexcept { return m_lock.try_lock(); }
    void unlock() noexcept { m_lock.unlock(); }

    /// A slot of the class, in `state`; null when no span is to be had.
    char* take(SpanSupply& supply, unsigned size_class, SlotState state) noexcept {
        Span* span = m_open[size_class];
        if (!span) [[unlikely]] {
            span = open_another(supply, size_class);
            if (!span) return nullptr;
        }
        if (span->live == 0) --m_empty_spans;
        char* const slot = span->take(state);
        if (span->is_full()) [[unlikely]]
            close(*span);
        return slot;
    }
    void put(SpanSupply& supply, Span& span, std::size_t slot) noexcept {
        if (span.is_full()) [[unlikely]]
            reopen(span);
        span.put(slot);
        if (span.live == 0) keep_or_give_back(supply, span);
    }

    std::size_t live_roots = 0;

private:
    /// Spans in which nothing is live that stay all the same: those that slots are taken from.
    static constexpr std::size_t kMostEmptySpans = 16;

    Span* open_another(SpanSupply& supply, unsigned size_class) noexcept;
    void close(Span& span) noexcept;
    void reopen(Span& span) noexcept;
    void keep_or_give_back(SpanSupply& supply, Span& span) noexcept {
        if (m_open[span.size_class] == &span && m_empty_spans < kMostEmptySpans) {
            ++m_empty_spans;
        } else {
            give_back(supply, span);
        }
    }
    void give_back(SpanSupply& supply, Span& span) noexcept;

    port::QuickLock m_lock;
    std::size_t m_empty_spans = 0;
    /// Of each class the spans with a free slot; the first is taken from, and only it may be empty.
    std::array<Span*, kSizeClasses> m_open = {};
};

}  // namespace remapi::memory
