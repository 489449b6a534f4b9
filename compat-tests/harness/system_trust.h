// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Which certificate authorities this machine trusts, changed as its user or administrator would: on
// Wine in the ROOT store of the prefix, natively in the file of the system's TLS libraries. Only
// where that harms nobody: in a prefix that a test made for itself, and in mounts of its own
// (own_mounts.py).
#pragma once

#include <string>

#include "port/wide.h"

namespace remapi::test {

/// Lets this machine trust the authority of a PEM file with one certificate. False when that is
/// impossible; `error` says why.
bool trust_authority(StringView pem_file, std::string& error);

/// Takes that back, for programs that are started later: a process on Wine goes on trusting what it
/// trusted. False when the authority was not trusted.
bool distrust_authority(StringView pem_file, std::string& error);

}  // namespace remapi::test
