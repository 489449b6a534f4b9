// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How long the spooler keeps trying.
#pragma once

#include <cstdint>

#include "abi/mapi.h"

namespace remapi::spi {

/// The waiting time doubles with each try. Options spooler.retry-first and spooler.retry-last.
struct RetryPolicy {
    ULONG first_seconds = 30;     ///< until the second try
    ULONG last_seconds = 172800;  ///< after submission: then the message is given up

    /// The policy of the running program's configuration.
    static RetryPolicy configured();

    /// When to try again a message that has failed `tries` times: the last try is at the end of its
    /// time.
    /// @param now, submitted  file times; 0 for `submitted`: unknown
    /// @param at_least  seconds that the transport asks for
    std::uint64_t next_try(std::uint64_t now, std::uint64_t submitted, ULONG tries,
                           ULONG at_least) const;
    /// Whether a message that has just failed, for the `tries`th time, is given up. Where the time
    /// of submission is unknown, as many tries as fit into the time of a message are enough.
    bool gives_up(std::uint64_t now, std::uint64_t submitted, ULONG tries) const;
};

}  // namespace remapi::spi
