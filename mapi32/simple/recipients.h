// SPDX-License-Identifier: LGPL-2.1-or-later
//
// From what a program wrote to recipients that can be sent to, through the session's address book.
#pragma once

#include <vector>

#include "simple/request.h"

namespace remapi::simple {

/// A recipient with everything a message's recipient row needs.
struct ResolvedRecipient {
    ULONG recipient_class = MAPI_TO;
    String name;
    String type;
    String address;
    std::string entry_id;
};

/// Resolves every request; one request may give several recipients. Throws SimpleError:
/// MAPI_E_UNKNOWN_RECIPIENT, MAPI_E_AMBIGUOUS_RECIPIENT, MAPI_E_INVALID_RECIPS for an entry ID
/// nobody knows.
std::vector<ResolvedRecipient> resolve(IMAPISession& session,
                                       const std::vector<RecipientRequest>& requests);

/// Writes them into the message's recipient table.
void add_recipients(IMessage& message, const std::vector<ResolvedRecipient>& recipients);

}  // namespace remapi::simple
