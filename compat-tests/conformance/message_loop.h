// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Waiting on the test's thread for what MAPI does there.
#pragma once

#include "abi/mapi.h"
#include "port/clock.h"
#include "port/thread_messages.h"

namespace remapi::test {

using DispatchNotifications = HRESULT WINAPI(ULONG);

/// Runs this thread's message loop until `done` answers true; false when that takes too long. Where
/// threads have none, `dispatch` stands in for it, as the documentation of that platform says.
template <class Done>
bool run_messages_until(DispatchNotifications* dispatch, Done done) {
    constexpr std::uint64_t kLimitMilliseconds = 20000;
    const std::uint64_t until = port::steady_milliseconds() + kLimitMilliseconds;
    while (!done()) {
        if (port::steady_milliseconds() > until) return false;
        port::run_message_loop(1);
        if (!port::has_message_loops() && dispatch(0) != S_OK) return false;
    }
    return true;
}

}  // namespace remapi::test
