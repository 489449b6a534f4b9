// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"
#include "spi/spooler/program/arguments.h"
#include "spi/spooler/program/stop_relay.h"

namespace remapi::spooler_program {

/// What RunQueue answered, or why it was not reached.
struct Report {
    HRESULT result = S_OK;  ///< MAPI_E_BUSY: another spooler does the work
    ULONG sent = 0;
    ULONG waiting = 0;
    ULONG failed = 0;
};

/// Loads the mapi32 that lies beside the program (natively also in ../lib from there), logs on and
/// works off the queues. What goes wrong is logged.
Report run(const Arguments& arguments, StopRelay& stop);

/// The exit code of a process that got `report`: 0 when the queues were worked off, by this spooler
/// or another.
int exit_code(const Report& report) noexcept;

/// The exit code of a process that did not understand its command line.
constexpr int kBadArguments = 2;

}  // namespace remapi::spooler_program
