// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The road of a Simple MAPI message into the default store.
#pragma once

#include "simple/request.h"

namespace remapi::simple {

/// Sends the message, or keeps it as a draft, as the sending policy says: the option send.policy
/// where it is set, else the profile's own, else "prompt". A message without recipients becomes a
/// draft when the program asked for a dialog, and is refused otherwise (quirk Q9). Returns once it
/// is durable in the store; its attachments are copied. Nothing is stored on an error.
/// @param flags  MAPI_DIALOG and its neighbours
/// Throws SimpleError as the Simple MAPI functions document; Error for what the store reports.
void send(IMAPISession& session, const MessageRequest& request, FLAGS flags);

}  // namespace remapi::simple
