// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Sending one small message to a test server.
#pragma once

#include "providers/convert/mime/compose.h"
#include "providers/convert/mime/memory_message_test.h"
#include "providers/internet/backend/smtp_connection.h"
#include "providers/internet/tests/servers_test.h"

namespace remapi::internet {

inline const Envelope kToBen{"ann@example.org", {"ben@example.org"}};

inline TransactionOutcome send_small(SmtpConnection& connection,
                                     const Envelope& envelope = kToBen) {
    mime::MimeDocument document = mime::compose(mime::small_message());
    return connection.send(envelope, document);
}

inline Outcome send_by(const SmtpSettings& settings) {
    SmtpConnection connection(settings);
    return send_small(connection).message;
}

inline bool says(const Outcome& outcome, const std::string& words) {
    return outcome.reason.find(words) != std::string::npos;
}

}  // namespace remapi::internet
