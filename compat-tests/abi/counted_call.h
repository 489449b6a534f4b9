// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Calls a function known only by its address with any number of machine words, and counts what it
// takes off the stack. A wrong count is what crashes 32-bit callers long after the call.
#pragma once

#include <cstdint>
#include <vector>

namespace remapi::test {

struct CountedResult {
    std::uint64_t value;  ///< the return registers: EDX:EAX on i686, RAX elsewhere
    long popped_bytes;    ///< taken off the stack by the callee; always 0 but on i686
};

/// Calls `function` with `words` as its arguments, the first one first.
/// @param words  at most 16; on i686 each is one stack slot
CountedResult counted_call(void* function, const std::vector<std::uintptr_t>& words);

}  // namespace remapi::test
