// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One message on its way from the queue to the transports.
// Pages: mapi/sending-messages-mapi-spooler-tasks.md, mapi/ixplogon-addresstypes.md,
// mapi/ixplogon-submitmessage.md, mapi/ixplogon-endmessage.md
#pragma once

#include <optional>

#include "spi/spooler/outgoing.h"
#include "spi/spooler/retry_policy.h"

namespace remapi::spi {

/// How a try ended.
struct Outcome {
    enum class Kind {
        Sent,      ///< it left the queue, every recipient with a transport
        Returned,  ///< it left the queue; for one recipient at least a non-delivery report was made
        Waiting,   ///< it stays; `retry` says until when
        Gone,      ///< it had left the queue before
    };
    Kind kind = Kind::Sent;
    Retry retry;
};

/// Tries to send one message. Of several transports that take a recipient, those that registered
/// the identifier of its entry id come first, then those of its address type, each group in the
/// order of the profile; a transport that leaves a recipient makes room for the next one.
/// Recipients that no transport takes are reported as undeliverable at once; those whose transport
/// fails temporarily, once the time for further tries is up.
class Delivery {
public:
    Delivery(OutgoingStore& store, const QueueEntry& entry, Surroundings& surroundings,
             const RetryPolicy& policy);

    /// Throws Error as the store does; the message then still lies in the queue.
    Outcome run();

private:
    /// What a transport has said about this message.
    enum class Answer { NotAsked, Left, FailsNow };
    struct Asked {
        OutgoingTransport* transport;
        Answer answer = Answer::NotAsked;
        ULONG repeats = 0;
    };

    void ask_transports();
    /// Hands the message over once. False when nobody is left to be asked.
    bool ask_next();
    void take_answer(Asked& asked, const HandOver& answer);
    String reason_of(const std::string& transport, const HandOver& answer);
    Asked* transport_for(const PropertyBag& recipient);
    std::vector<PropertyBag> pending();
    Outcome settle();
    void return_recipients(std::vector<PropertyBag> rows, const String& reason, LONG diagnostic);
    Outcome wait();

    OutgoingStore& m_store;
    const QueueEntry& m_entry;
    Surroundings& m_surroundings;
    const RetryPolicy m_policy;
    const ULONG m_returned_before;
    std::unique_ptr<OutgoingMessage> m_message;
    std::vector<Asked> m_asked;
    String m_reason;
    ULONG m_wait_seconds = 0;
};

}  // namespace remapi::spi
