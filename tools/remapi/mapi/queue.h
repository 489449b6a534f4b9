// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The outgoing queue of the default store, as the person sees it.
#pragma once

#include <string>
#include <vector>

#include "port/wide.h"
#include "tools/remapi/mapi/session.h"

namespace remapi::tool {

/// A submitted message that waits.
struct QueuedMessage {
    std::string id;
    String subject;
    String to;
    std::uint64_t submitted = 0;
    String state;       ///< "queued", "handing-over", "done"
    String last_error;  ///< empty before the first failed try
    std::uint32_t tries = 0;
    std::uint64_t next_try = 0;  ///< 0: at once
    bool given_up = false;       ///< tried on request only
    String message_id;
};

/// Everything in the default store's outgoing queue.
std::vector<QueuedMessage> read_queue(Session& session);

/// What one run of the queue came to.
struct QueueRun {
    std::uint32_t sent = 0;
    std::uint32_t waiting = 0;
    std::uint32_t failed = 0;
};
/// Sends what waits, whether its next try is due or not. Throws Failure, also when another spooler
/// is at work and does not finish in time.
QueueRun run_queue(Session& session, std::uint32_t timeout_ms);

}  // namespace remapi::tool
