// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the scenarios let a process do with the library under test; the Python programs beside this
// file start such processes, kill them and compare what they said with what the mail server got.
#pragma once

#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::test {

/// The words of the command line behind the action's name. Every action returns the exit code and
/// throws Error when a MAPI call fails.
using Words = std::vector<String>;

/// hold: says "ready" and stays until standard input ends. A Wine prefix that is in use starts
/// programs in a third of the time.
int hold(const Words& words);
/// create PROFILE PORT [SECURITY [CAFILE]]: a profile whose mail goes to that port of this machine;
/// without a security in clear text, without a CA file by what the system trusts.
int create(const Words& words);
/// trust FILE, distrust FILE: whether this machine trusts the certificate authority of a PEM file
/// (harness/system_trust.h).
int trust(const Words& words);
int distrust(const Words& words);
/// send COUNT PREFIX: sends messages "PREFIX-1" and so on; says "sent PREFIX-1" once a call has
/// returned.
int send(const Words& words);
/// cycles COUNT: loads the library, sends a message and unloads it, so many times; fails when
/// memory grows.
int cycles(const Words& words);
/// exit-while-sending COUNT: returns from main while another thread sends, which has sent COUNT
/// messages by then.
int exit_while_sending(const Words& words);
/// queue PROFILE: the outgoing queue, one line a message: state, Internet message id, subject,
/// tries, last error, separated by tabs.
int queue(const Words& words);
/// folder PROFILE outbox|sent|inbox: the subjects in a folder.
int folder(const Words& words);
/// flush PROFILE SECONDS [KILL]: runs the spooler in this process; after KILL milliseconds the
/// process ends as if killed.
int flush(const Words& words);

/// One line on standard output, at once.
void say(const std::string& line);
/// The number that a word spells. Throws Error(MAPI_E_INVALID_PARAMETER).
unsigned number(const String& word);

}  // namespace remapi::test
