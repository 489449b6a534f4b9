// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/arena.h"

namespace remapi::memory {

Span* Arena::open_another(SpanSupply& supply, unsigned size_class) noexcept {
    Span* const span = supply.take();
    if (!span) return nullptr;
    span->divide(size_class);
    span->next = span->previous = nullptr;
    span->arena.store(this, std::memory_order_release);
    m_open[size_class] = span;
    ++m_empty_spans;
    return span;
}

void Arena::close(Span& span) noexcept {
    if (span.next) span.next->previous = span.previous;
    if (span.previous) {
        span.previous->next = span.next;
    } else {
        m_open[span.size_class] = span.next;
    }
    span.next = span.previous = nullptr;
}

void Arena::reopen(Span& span) noexcept {
    Span*& first = m_open[span.size_class];
    if (!first) {
        first = &span;
        return;
    }
    // Behind the first: it goes on being filled while this one empties.
    span.previous = first;
    span.next = first->next;
    if (span.next) span.next->previous = &span;
    first->next = &span;
}

void Arena::give_back(SpanSupply& supply, Span& span) noexcept {
    close(span);
    span.arena.store(nullptr, std::memory_order_release);
    supply.give_back(&span);
}

}  // namespace remapi::memory
