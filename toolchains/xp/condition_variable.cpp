// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The word is the address of the queue's first Waiter, or 0; | kBusy while one thread edits the
// queue. Whoever takes an entry out of the queue wakes it, except the entry's own thread, which
// takes itself out when its time is up.
#include "condition_variable.h"

namespace remapi::xp {

namespace {

constexpr Word kBusy = 1;

Waiter* head_of(Word word) noexcept {
    return reinterpret_cast<Waiter*>(word & ~kBusy);
}

Word queue_of(Waiter* head) noexcept {
    return reinterpret_cast<Word>(head);
}

// Takes the right to edit a queue that is not empty. Null: it is empty.
Waiter* begin_edit(Word* condition) noexcept {
    Backoff backoff;
    for (;;) {
        const Word seen = load(condition);
        if (seen == 0) return nullptr;
        if (seen & kBusy) {
            backoff.pause();
        } else if (replace(condition, seen, seen | kBusy)) {
            return head_of(seen);
        }
    }
}

void join(Word* condition, Waiter& self) noexcept {
    for (;;) {
        if (Waiter* const head = begin_edit(condition)) {
            head->tail->next = &self;
            head->tail = &self;
            store(condition, queue_of(head));
            return;
        }
        if (replace(condition, 0, queue_of(&self))) return;
    }
}

// Takes `self` out of the queue. False: another thread has done so and is about to wake it.
bool leave(Word* condition, Waiter& self) noexcept {
    Waiter* head = begin_edit(condition);
    if (!head) return false;
    Waiter* before = nullptr;
    Waiter* entry = head;
    while (entry && entry != &self) {
        before = entry;
        entry = entry->next;
    }
    if (entry && before) {
        before->next = self.next;
        if (head->tail == &self) head->tail = before;
    } else if (entry) {
        head = self.next;
        if (head) head->tail = self.tail;
    }
    store(condition, queue_of(head));
    return entry != nullptr;
}

}  // namespace

bool sleep_on(Word* condition, const HeldLock& held, DWORD timeout_ms) noexcept {
    Waiter self(true);
    join(condition, self);
    held.release(held.lock);
    bool woken = self.wait(timeout_ms);
    if (!woken && !leave(condition, self)) woken = self.wait(INFINITE);
    held.acquire(held.lock);
    return woken;
}

void wake_one(Word* condition) noexcept {
    Waiter* const first = begin_edit(condition);
    if (!first) return;
    Waiter* const rest = first->next;
    if (rest) rest->tail = first->tail;
    store(condition, queue_of(rest));
    first->wake();
}

void wake_all(Word* condition) noexcept {
    Waiter* entry = begin_edit(condition);
    if (!entry) return;
    store(condition, 0);
    while (entry) {
        Waiter* const next = entry->next;  // read first: a woken entry is gone
        entry->wake();
        entry = next;
    }
}

}  // namespace remapi::xp
