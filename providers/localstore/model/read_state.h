// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whether a message was read, and the reports about it that its sender asked for.
#pragma once

#include <span>

#include "providers/localstore/model/message_facts.h"

namespace remapi::localstore {

/// What a combination of SetReadFlag's flags asks for.
struct ReadRequest {
    std::optional<bool> read;  ///< what MSGFLAG_READ becomes; nullopt: it stays
    bool report = false;       ///< a pending read report is sent
    bool cancel = false;       ///< pending reports are not sent any more
    bool unrequest = false;    ///< nor are they requested: PR_READ_RECEIPT_REQUESTED is FALSE
    ULONG forget = 0;          ///< MSGFLAG_RN_PENDING, MSGFLAG_NRN_PENDING: cleared whatever else
};
/// Errors: MAPI_E_INVALID_PARAMETER for combinations that contradict each other,
/// MAPI_E_UNKNOWN_FLAGS. Pages: mapi/imessage-setreadflag.md, mapi/imapifolder-setreadflags.md
ReadRequest read_request(ULONG flags);

/// What a request does to a message with these flags.
struct ReadChange {
    ULONG flags = 0;      ///< PR_MESSAGE_FLAGS afterwards
    bool report = false;  ///< a read report has become due: whoever changes the flags sends it
    bool unrequested = false;
};
ReadChange apply(const ReadRequest& request, ULONG flags);

/// What a request did to a saved message.
struct ReadDone {
    std::int64_t id = 0;
    bool associated = false;
    bool changed = false;
    bool report = false;
    std::int64_t folder = 0;  ///< it lies in
};
/// Nullopt when the message is gone, deleted or on its way out.
std::optional<ReadDone> set_read_state(Transaction& work, std::int64_t message,
                                       const ReadRequest& request);
/// The same for messages of one folder, in one step; 0: whatever folder they lie in.
std::vector<ReadDone> set_read_state(Store& store, std::int64_t folder,
                                     std::span<const std::int64_t> messages,
                                     const ReadRequest& request);

/// The reports that a message owes when it arrives.
/// Page: mapi/providing-read-and-nonread-reports-for-message-store-providers.md
ULONG owed_reports(const MessageFacts& facts);
/// The messages among `candidates` that lie in `folder` (0: anywhere), were never read and owe a
/// non-read report; from now on they owe none, the caller sends it.
std::vector<std::int64_t> claim_non_read(Store& store, std::int64_t folder,
                                         std::span<const std::int64_t> candidates);
/// The messages in a folder and below it that may owe one.
std::vector<std::int64_t> non_read_below(Store& store, std::int64_t folder);
/// A report could not be sent: it is owed again.
void owe_again(Store& store, std::int64_t message, ULONG flag);

}  // namespace remapi::localstore
