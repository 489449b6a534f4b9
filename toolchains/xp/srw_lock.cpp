// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The word of a lock nobody waits for:     0, kExclusive, or readers * kOneReader.
// The word of a lock that is waited for:   address of the queue's first Waiter | kQueued, whose
//                                          `owners` says who holds the lock; | kBusy while one
//                                          thread edits the queue.
// A queue exists only while the lock is held: the thread that gives it up passes it on to the
// queue's head, which so owns it when it wakes. That is fair, and no wake-up can be lost.
#include "srw_lock.h"

namespace remapi::xp {

namespace {

constexpr Word kBusy = 1;
constexpr Word kQueued = 2;
constexpr Word kExclusive = 4;
constexpr Word kOneReader = 8;
constexpr unsigned kSpinsBeforeWaiting = 100;

Waiter* head_of(Word word) noexcept {
    return reinterpret_cast<Waiter*>(word & ~(kBusy | kQueued));
}

Word queue_of(Waiter* head) noexcept {
    static_assert(alignof(Waiter) >= 4, "the two lowest bits of its address are flags");
    return reinterpret_cast<Word>(head) | kQueued;
}

// Joins the queue, or starts it. False: the lock changed meanwhile, look again.
bool join(Word* lock, Word seen, Waiter& self) noexcept {
    if (!(seen & kQueued)) {
        const auto readers = static_cast<std::intptr_t>(seen / kOneReader);
        self.owners = (seen & kExclusive) ? -1 : readers;
        return replace(lock, seen, queue_of(&self));
    }
    if (!replace(lock, seen, seen | kBusy)) return false;
    Waiter* const head = head_of(seen);
    head->tail->next = &self;
    head->tail = &self;
    store(lock, seen);
    return true;
}

// Passes the lock on to the first waiter, or to all readers in a row when that is a reader.
void hand_over(Word* lock, Waiter* head) noexcept {
    Waiter* last = head;
    std::intptr_t owners = head->exclusive ? -1 : 1;
    while (owners > 0 && last->next && !last->next->exclusive) {
        last = last->next;
        ++owners;
    }
    Waiter* const rest = last->next;
    last->next = nullptr;
    if (rest) {
        rest->tail = head->tail;
        rest->owners = owners;
        store(lock, queue_of(rest));
    } else {
        store(lock, owners < 0 ? kExclusive : static_cast<Word>(owners) * kOneReader);
    }
    while (head) {
        Waiter* const next = head->next;  // read first: a woken entry is gone
        head->wake();
        head = next;
    }
}

}  // namespace

bool try_acquire(Word* lock, bool exclusive) noexcept {
    for (;;) {
        const Word seen = load(lock);
        if (exclusive) return seen == 0 && replace(lock, 0, kExclusive);
        if (seen & (kQueued | kExclusive)) return false;
        if (replace(lock, seen, seen + kOneReader)) return true;
    }
}

void acquire(Word* lock, bool exclusive) noexcept {
    for (unsigned round = 0; round < kSpinsBeforeWaiting; ++round) {
        if (try_acquire(lock, exclusive)) return;
        YieldProcessor();
    }
    Waiter self(exclusive);
    Backoff backoff;
    for (;;) {
        if (try_acquire(lock, exclusive)) return;
        const Word seen = load(lock);
        if (seen & kBusy) {
            backoff.pause();
        } else if (seen != 0 && join(lock, seen, self)) {
            self.wait(INFINITE);
            return;
        }
    }
}

void release(Word* lock, bool exclusive) noexcept {
    Backoff backoff;
    Word seen = load(lock);
    for (;; seen = load(lock)) {
        if (seen & kBusy) {
            backoff.pause();
        } else if (seen & kQueued) {
            if (replace(lock, seen, seen | kBusy)) break;
        } else if (replace(lock, seen, exclusive ? 0 : seen - kOneReader)) {
            return;
        }
    }
    Waiter* const head = head_of(seen);
    if (head->owners > 1) {  // other readers are still inside
        --head->owners;
        store(lock, seen);
        return;
    }
    hand_over(lock, head);
}

}  // namespace remapi::xp
