// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Starting the program that sends what lies in the outgoing queues.
#pragma once

#include "port/wide.h"

namespace remapi::session {

/// Starts the spooler program for `profile` unless the option spooler.start says never. Returns
/// after the start; a program that cannot be started is logged: the messages are safe, a later
/// start sends them.
void start_spooler_program(StringView profile);

/// The path of the spooler program: beside mapi32, natively also in ../bin from there. Empty when
/// it is in neither place.
String spooler_program();

}  // namespace remapi::session
