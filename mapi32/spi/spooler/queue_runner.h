// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The spooler's loop over the outgoing queues of a profile.
#pragma once

#include <map>
#include <set>

#include "spi/spooler/delivery.h"
#include "spi/spooler/lease.h"

namespace remapi::spi {

struct RunOptions {
    bool once = false;                 ///< one try for each message that is due, then end
    bool now = false;                  ///< the next try of every message is now, once
    std::uint32_t timeout_ms = 0;      ///< for waiting; kNoTimeout: none
    std::uint32_t linger_seconds = 0;  ///< how long to stay for messages that are to be tried again
    RetryPolicy retry;
    String lease_folder;

    static constexpr std::uint32_t kNoTimeout = 0xFFFFFFFF;
};

struct RunResult {
    ULONG sent = 0;     ///< messages handed over
    ULONG waiting = 0;  ///< messages left in the queues
    ULONG failed = 0;   ///< messages that came back, for one recipient at least
    bool busy = false;  ///< another spooler owns a queue and kept it
};

/// Works off queues, each under its lease. Somebody who submits a message and finds the lease taken
/// may rely on its holder: it looks at the queue once more after it let the lease go. A failing
/// message never keeps the others of its store from being tried, as long as the store keeps what is
/// written into it; one that the store cannot work on is given up when its time is over, and then
/// stays in the queue until somebody asks for it (RunOptions::now). One thread.
class QueueRunner {
public:
    /// Nothing is owned; all must outlive the runner.
    QueueRunner(const std::vector<OutgoingStore*>& stores, Surroundings& surroundings,
                const RunOptions& options);

    RunResult run();

private:
    struct Queue {
        OutgoingStore* store;
        Lease lease;
        bool refused = false;  ///< somebody else kept the lease
        std::set<Bytes> tried;
        std::map<Bytes, Retry> retries;  ///< for stores that do not keep them
        /// A store that keeps nothing, its disk being full perhaps, is left alone until then.
        std::uint64_t resting_until = 0;
    };

    bool take_leases();
    bool take_lease(Queue& queue);
    void release_leases() noexcept;
    void work();
    /// Tries what is due. Whether anything was.
    bool work_off(Queue& queue);
    void handle(Queue& queue, const QueueEntry& entry);
    Outcome deliver(Queue& queue, const QueueEntry& entry);
    Retry put_off(Queue& queue, const QueueEntry& entry, const Error& error);
    std::vector<QueueEntry> entries(Queue& queue);
    bool is_due(const Queue& queue, const QueueEntry& entry);
    bool fresh_messages();
    /// Rests until something may have to be done. False when it is time to end.
    bool linger(std::uint64_t idle_since);
    void hand_over_lease(Queue& queue, std::uint64_t until);
    bool out_of_time();
    std::uint64_t after(std::uint64_t milliseconds);

    std::vector<Queue> m_queues;
    Surroundings& m_surroundings;
    const RunOptions m_options;
    std::uint64_t m_deadline = 0;  ///< file time; 0: none
    RunResult m_result;
};

}  // namespace remapi::spi
