// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the host does to a message's recipients when it is submitted.
// Pages: mapi/imapisupport-expandrecips.md, mapi/imapisupport-preparesubmit.md
#pragma once

#include "object/props/property_bag.h"
#include "spi/support_host.h"

namespace remapi::spi {

/// Readies a message that is sent again (MSGFLAG_RESEND): recipients with MAPI_SUBMITTED are sent
/// to again, the others become MAPI_P1 and count as done. Any other message stays as it is. Errors:
/// what the message's own methods answer.
void prepare_resubmission(IMessage* message);

/// Resolves recipients without entry id (against the address book unless they have type and
/// address), expands personal distribution lists (type MAPIPDL) however deep, completes name, type,
/// address, search key and entry id of one-offs, drops repeated recipients of one recipient type,
/// and writes the list back when it changed. The address book is opened only when somebody must be
/// looked up. Returns NEEDS_SPOOLER, and NEEDS_PREPROCESSING when a registered preprocessor wants a
/// recipient. Errors: MAPI_E_AMBIGUOUS_RECIP, MAPI_E_NOT_FOUND for a name that nothing resolves;
/// what address book and message answer.
ULONG expand_recipients(IMessage* message, SupportHost& host);

/// Completes one recipient as far as its entry id, or its type and address, tell.
/// False when it has neither: it must be resolved. `changed` is set when something was added.
bool complete_recipient(PropertyBag& row, bool& changed);

}  // namespace remapi::spi
