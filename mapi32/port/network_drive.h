// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Drive letters that stand for a folder of another machine.
#pragma once

#include <string>

namespace remapi::port {

/// The share that the drive `letter` is connected to, "\\server\share" in the ANSI code page; empty
/// for every other drive, and natively.
std::string share_of_drive(char letter);

}  // namespace remapi::port
