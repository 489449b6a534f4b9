// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where a message goes once it was sent.
// Page: mapi/imapisupport-dosentmail.md
#pragma once

#include "abi/mapi.h"

namespace remapi::spi {

/// Moves a sent message into the folder of its PR_SENTMAIL_ENTRYID, or deletes it when
/// PR_DELETE_AFTER_SUBMIT is true or it names no folder. Works through interfaces only, on the
/// store of `session` that holds the message. A folder that cannot be opened keeps the message
/// where it is. Errors: MAPI_E_NOT_FOUND without the properties that name the message, its parent
/// and its store; what the store answers.
void file_sent_message(IMAPISession* session, IMessage* message);

}  // namespace remapi::spi
