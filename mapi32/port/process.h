// SPDX-License-Identifier: LGPL-2.1-or-later
//
// This process, other processes, the environment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::port {

/// What tells one process from every other of this machine, past and present.
///
/// Native processes, Windows and each Wine prefix number their processes independently, and each
/// with a start time in its own unit. `boot_id` therefore says which of them it is ("linux:",
/// "windows:", "wine PREFIX:"), followed by the kernel's boot id, which a Windows kernel does not
/// have.
struct ProcessIdentity {
    std::uint32_t id = 0;
    std::uint64_t start_time = 0;  ///< only compared for equality; 0 when the system does not tell
    std::string boot_id;  ///< differs after each start of the machine, where the system tells
};

/// The number of this process.
std::uint32_t current_process_id() noexcept;
ProcessIdentity this_process();
/// Whether that very process (not a later one with its number) still runs. True also where this
/// process cannot find out: of a process that is numbered by another system, or whose details are
/// hidden from it. A boot id of another start of the machine is reason enough for false.
bool is_alive(const ProcessIdentity& process);

/// Starts `program` with `arguments`, detached: no inherited handles or descriptors, no console or
/// terminal of the caller's, out of the caller's job where the system allows it, working directory
/// the program's own folder. Does not wait. False when it could not be started; `error` says why.
bool start_detached(StringView program, const std::vector<String>& arguments, std::string& error);

/// The file name of the running program, without its folder, as on disk ("7z.exe").
String program_name();

/// An environment variable; nullopt when not set.
std::optional<String> environment(const char* name);
/// The same for plain ASCII settings, as UTF-8; empty when not set.
std::string environment_text(const char* name);

/// Whether a Windows program runs on Wine. False natively.
bool on_wine() noexcept;

/// Who owns this process: the account name, for display and for naming locks.
String user_name();
/// The machine's name.
String host_name();

/// Ends this process at once, like a kill from outside: nothing is flushed, no handler runs.
[[noreturn]] void kill_this_process() noexcept;

}  // namespace remapi::port
