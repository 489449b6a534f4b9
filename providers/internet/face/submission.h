// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"
#include "providers/internet/model/mailer.h"

namespace remapi::internet {

/// Sends the SMTP recipients of `message` for whom nobody is responsible yet, in one SMTP
/// transaction, and writes down what became of them: PR_RESPONSIBILITY of the recipients that were
/// accepted or refused, a report (IMAPISupport::StatusRecips) for the refused ones, PR_SENDER... of
/// the message, and kTagQueueLastError when somebody waits for another try. Changes are saved.
/// @param wait_seconds  [out] when to try again, for the two codes that say so
/// Returns S_OK when nobody is left waiting; MAPI_E_NOT_ME without such recipients, nothing was
/// done; MAPI_E_NETWORK_ERROR (no answer from the server) and MAPI_E_WAIT (its answer was "later")
/// when somebody is. Page: mapi/ixplogon-submitmessage.md
HRESULT submit(IMAPISupport* support, Mailer& mailer, IMessage* message, ULONG_PTR* wait_seconds);

}  // namespace remapi::internet
