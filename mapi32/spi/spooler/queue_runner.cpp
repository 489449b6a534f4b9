// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/queue_runner.h"

#include <algorithm>

#include "abi/remapi_tags.h"
#include "format/error_names.h"
#include "log/log.h"
#include "port/clock.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

/// How often a lease that others hold is asked for. Shorter than kAwayMs, so that who asks gets it.
constexpr std::uint32_t kAskingMs = 50;
/// How long somebody who let a lease go on request stays away from it.
constexpr std::uint32_t kAwayMs = 1000;
/// How often a spooler that waits looks for new messages, which other processes put into the queue.
constexpr std::uint32_t kLookingMs = 500;

constexpr std::uint64_t kPerMillisecond = port::kFileTimePerSecond / 1000;

// Whether a store that answers so would answer every change so.
bool keeps_nothing(const Error& error) noexcept {
    return error.code() == MAPI_E_NOT_ENOUGH_DISK || error.code() == MAPI_E_DISK_ERROR;
}

// Whether an error says something about the message, and not about disk, memory or another process.
bool lies_with_message(const Error& error) noexcept {
    return !keeps_nothing(error) && error.code() != MAPI_E_BUSY &&
           error.code() != MAPI_E_NOT_ENOUGH_MEMORY;
}

}  // namespace

QueueRunner::QueueRunner(const std::vector<OutgoingStore*>& stores, Surroundings& surroundings,
                         const RunOptions& options)
    : m_surroundings(surroundings), m_options(options) {
    for (OutgoingStore* store : stores) {
        m_queues.push_back(
            {store, Lease(options.lease_folder, store->record_key()), false, {}, {}, 0});
    }
}

RunResult QueueRunner::run() {
    if (m_options.timeout_ms != RunOptions::kNoTimeout) m_deadline = after(m_options.timeout_ms);
    do {
        if (!take_leases()) break;
        work();
        release_leases();
        // Who submitted just before the release found the lease taken, and relied on us.
    } while (!m_surroundings.stopping() && fresh_messages());
    release_leases();
    for (Queue& queue : m_queues) {
        m_result.waiting += static_cast<ULONG>(entries(queue).size());
        m_result.busy = m_result.busy || queue.refused;
    }
    return m_result;
}

// Whether one of the leases is ours.
bool QueueRunner::take_leases() {
    bool any = false;
    for (Queue& queue : m_queues) {
        queue.refused = !take_lease(queue);
        any = any || !queue.refused;
    }
    return any;
}

bool QueueRunner::take_lease(Queue& queue) {
    if (queue.lease.take()) return true;
    // Without a wish of one's own the holder's work is as good: it sees the new messages, too.
    if (!m_options.once && !m_options.now) return false;
    bool taken = false;
    while (!taken && !out_of_time()) {
        queue.lease.want();
        if (!m_surroundings.pause(kAskingMs)) break;
        taken = queue.lease.take();
    }
    queue.lease.no_longer_want();
    return taken;
}

void QueueRunner::release_leases() noexcept {
    for (Queue& queue : m_queues) queue.lease.release();
}

void QueueRunner::work() {
    std::uint64_t idle_since = m_surroundings.now();
    for (;;) {
        bool worked = false;
        for (Queue& queue : m_queues) worked = (queue.lease.held() && work_off(queue)) || worked;
        if (m_surroundings.stopping() || out_of_time()) return;
        if (worked) {
            idle_since = m_surroundings.now();
            continue;
        }
        if (m_options.once || !linger(idle_since)) return;
    }
}

bool QueueRunner::work_off(Queue& queue) {
    bool worked = false;
    for (const QueueEntry& entry : entries(queue)) {
        if (m_surroundings.stopping() || out_of_time()) break;
        if (queue.resting_until > m_surroundings.now()) break;
        if (!is_due(queue, entry)) continue;
        handle(queue, entry);
        worked = true;
    }
    return worked;
}

void QueueRunner::handle(Queue& queue, const QueueEntry& entry) {
    queue.tried.insert(entry.entry_id);
    const Outcome outcome = deliver(queue, entry);
    queue.retries.erase(entry.entry_id);
    switch (outcome.kind) {
        case Outcome::Kind::Sent:
            ++m_result.sent;
            break;
        case Outcome::Kind::Returned:
            ++m_result.failed;
            break;
        case Outcome::Kind::Waiting:
            queue.retries[entry.entry_id] = outcome.retry;
            break;
        case Outcome::Kind::Gone:
            break;
    }
}

Outcome QueueRunner::deliver(Queue& queue, const QueueEntry& entry) {
    try {
        return Delivery(*queue.store, entry, m_surroundings, m_options.retry).run();
    } catch (const Error& error) {
        return {Outcome::Kind::Waiting, put_off(queue, entry, error)};
    }
}

Retry QueueRunner::put_off(Queue& queue, const QueueEntry& entry, const Error& error) {
    const std::uint64_t now = m_surroundings.now();
    const std::string why =
        std::string(error.what()) + ": " + format::describe_hresult(error.code());
    Retry retry;
    retry.tries = entry.tries + 1;
    retry.next_try = m_options.retry.next_try(now, entry.submitted, retry.tries, 0);
    const bool gives_up =
        lies_with_message(error) && m_options.retry.gives_up(now, entry.submitted, retry.tries);
    if (gives_up) retry.next_try = kQueueNextTryNever;
    const std::string outcome = gives_up ? "given up after try " + std::to_string(retry.tries) +
                                               ", the message is kept: the store cannot work on it"
                                         : "the store cannot work on the message";
    retry.reason = text::from_utf8(outcome + ": " + why);
    REMAPI_ERROR(Spooler, "a message in %s (try %u): %s", queue.store->name().c_str(),
                 static_cast<unsigned>(retry.tries), log::utf8(StringView(retry.reason)).c_str());
    try {
        queue.store->defer(entry.entry_id, retry);
    } catch (const Error& second) {
        REMAPI_WARN(Spooler, "and the store does not keep that: %s", second.what());
        if (keeps_nothing(second)) queue.resting_until = retry.next_try;
    }
    return retry;
}

std::vector<QueueEntry> QueueRunner::entries(Queue& queue) {
    try {
        std::vector<QueueEntry> rows = queue.store->queue();
        for (QueueEntry& row : rows) {
            const auto known = queue.retries.find(row.entry_id);
            if (known == queue.retries.end()) continue;
            row.tries = std::max(row.tries, known->second.tries);
            row.next_try = std::max(row.next_try, known->second.next_try);
        }
        for (QueueEntry& row : rows) row.next_try = std::max(row.next_try, queue.resting_until);
        return rows;
    } catch (const Error& error) {
        REMAPI_ERROR(Spooler, "the outgoing queue of %s cannot be read: %s",
                     queue.store->name().c_str(), error.what());
        return {};
    }
}

bool QueueRunner::is_due(const Queue& queue, const QueueEntry& entry) {
    const bool tried = queue.tried.count(entry.entry_id) != 0;
    if (tried && m_options.once) return false;
    if (queue.resting_until > m_surroundings.now()) return false;
    return entry.next_try <= m_surroundings.now() || (m_options.now && !tried);
}

bool QueueRunner::fresh_messages() {
    if (out_of_time()) return false;
    for (Queue& queue : m_queues) {
        if (queue.refused) continue;
        for (const QueueEntry& entry : entries(queue)) {
            if (queue.tried.count(entry.entry_id) == 0 && is_due(queue, entry)) return true;
        }
    }
    return false;
}

bool QueueRunner::linger(std::uint64_t idle_since) {
    const std::uint64_t end = idle_since + m_options.linger_seconds * port::kFileTimePerSecond;
    std::uint64_t next = UINT64_MAX;
    for (Queue& queue : m_queues) {
        if (!queue.lease.held()) continue;
        for (const QueueEntry& entry : entries(queue)) next = std::min(next, entry.next_try);
    }
    if (next > end) return false;  // nothing waits, or not for anything that is near
    for (Queue& queue : m_queues) {
        if (queue.lease.held() && queue.lease.wanted()) hand_over_lease(queue, end);
    }
    const std::uint64_t now = m_surroundings.now();
    const std::uint64_t left = next > now ? (next - now) / kPerMillisecond + 1 : 1;
    const bool go_on =
        m_surroundings.pause(static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kLookingMs)));
    return go_on && !out_of_time();
}

// Somebody wants everything tried at once and would otherwise wait for as long as we do.
void QueueRunner::hand_over_lease(Queue& queue, std::uint64_t until) {
    queue.lease.release();
    queue.retries.clear();  // theirs count from now on
    do {
        if (!m_surroundings.pause(kAwayMs) || out_of_time()) return;
    } while (!queue.lease.take() && m_surroundings.now() < until);
    if (queue.lease.held()) queue.lease.no_longer_want();  // whoever still asks asks again
}

bool QueueRunner::out_of_time() {
    return m_deadline != 0 && m_surroundings.now() >= m_deadline;
}

std::uint64_t QueueRunner::after(std::uint64_t milliseconds) {
    return m_surroundings.now() + milliseconds * kPerMillisecond;
}

}  // namespace remapi::spi
