// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/face/msg_store.h"

namespace remapi::localstore {

/// Sends reports that messages were read, or never will be: the host composes each in a new message
/// of the Outbox, which is submitted and gone once it was sent. What fails is logged and owed
/// again. Pages: mapi/imapisupport-readreceipt.md,
/// mapi/providing-read-and-nonread-reports-for-message-store-providers.md
void send_read_report(MsgStore& store, std::int64_t message);
/// Called before `messages` of `folder` (0: of any) are deleted, which is when it is known that
/// nobody will read them.
/// Differs: mapi/imapisupport-readreceipt.md knows no report for a deleted message, the page on
/// providing reports asks for it.
void send_non_read_reports(MsgStore& store, std::int64_t folder,
                           std::span<const std::int64_t> messages);

}  // namespace remapi::localstore
