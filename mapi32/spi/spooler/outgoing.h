// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the spooler's core needs of stores, transports and the world around it. Plain C++, so that
// the core is tested without any of them. Every method may throw Error. Page:
// mapi/sending-messages-mapi-spooler-tasks.md
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "object/props/property_bag.h"

namespace remapi::spi {

/// One row of a store's outgoing queue.
struct QueueEntry {
    Bytes entry_id;
    bool done = false;            ///< handed over already, but not put away
    ULONG tries = 0;              ///< that failed
    std::uint64_t submitted = 0;  ///< file time; 0: the store does not tell
    std::uint64_t next_try = 0;   ///< file time; 0: now; kQueueNextTryNever: only on request
};

/// When a message that could not be sent is tried again, and why it could not.
struct Retry {
    ULONG tries = 0;
    std::uint64_t next_try = 0;  ///< file time; kQueueNextTryNever
    String reason;
};

/// A message of the queue, opened.
class OutgoingMessage {
public:
    virtual ~OutgoingMessage() = default;
    /// The object that transports and reports get; null in tests of the core.
    virtual IMessage* object() noexcept = 0;
    virtual std::vector<PropertyBag> recipients() = 0;
    /// Writes `rows`, which recipients() answered and the caller changed, back. Not saved yet.
    virtual void change_recipients(const std::vector<PropertyBag>& rows) = 0;
    virtual void save() = 0;
    /// Why the last try failed, as it is on the message (kTagQueueLastError); empty when it does
    /// not say.
    virtual String last_error() = 0;
};

/// A store with its outgoing queue.
class OutgoingStore {
public:
    virtual ~OutgoingStore() = default;
    /// PR_RECORD_KEY: names the lease.
    virtual const Bytes& record_key() const = 0;
    /// For the log.
    virtual const std::string& name() const = 0;
    /// The queue in the order in which its messages are to be sent.
    virtual std::vector<QueueEntry> queue() = 0;
    /// Errors here and in lock(): MAPI_E_NOT_FOUND, MAPI_E_NOT_IN_QUEUE when it has left the queue
    /// meanwhile.
    virtual std::unique_ptr<OutgoingMessage> open(BytesView entry_id) = 0;
    /// IMsgStore::SetLockState: from now on the message counts as being handed over, also after a
    /// crash.
    virtual void lock(OutgoingMessage& message) = 0;
    /// Gives a message, locked or not, back to the queue until its next try; also one that cannot
    /// be opened, as far as the store can.
    virtual void defer(BytesView entry_id, const Retry& retry) = 0;
    /// IMsgStore::FinishedMsg: the message leaves the queue and is never sent again.
    virtual void finish(BytesView entry_id) = 0;
};

/// What came of handing a message to a transport.
struct HandOver {
    HRESULT result = S_OK;   ///< of IXPLogon::SubmitMessage
    ULONG end_flags = 0;     ///< of IXPLogon::EndMessage: END_RESEND_NOW and its neighbours
    ULONG wait_seconds = 0;  ///< what the transport asks for before the next try
    String reason;           ///< why it failed, for a person; may be empty
};

class OutgoingTransport {
public:
    virtual ~OutgoingTransport() = default;
    virtual const std::string& name() const = 0;
    /// Whether it registered the identifier of this entry id.
    virtual bool claims(BytesView entry_id) const = 0;
    /// Whether it takes recipients of this address type.
    virtual bool takes_type(StringView address_type) const = 0;
    /// IXPLogon::SubmitMessage and EndMessage. Failures of the transport are part of the result.
    virtual HandOver submit(OutgoingMessage& message, bool tried_before) = 0;
};

/// Transports, reports, time.
class Surroundings {
public:
    virtual ~Surroundings() = default;
    /// The transports of the profile in their order, those that could be logged on.
    virtual std::vector<OutgoingTransport*> transports() = 0;
    /// Why a transport of the profile is not among them; empty when all are.
    virtual String missing_transport() = 0;
    /// Makes the non-delivery report for recipients that carry PR_REPORT_TEXT and their codes.
    virtual void report(OutgoingMessage& message, const std::vector<PropertyBag>& recipients) = 0;
    /// Recipients that reports of non-delivery were made for so far, those of the transports
    /// included.
    virtual ULONG returned_recipients() = 0;
    /// The time of day, as a file time.
    virtual std::uint64_t now() = 0;
    /// Waits. False when the spooler is to stop.
    virtual bool pause(std::uint32_t milliseconds) = 0;
    /// Whether the spooler is to stop after the message in hand.
    virtual bool stopping() = 0;
};

}  // namespace remapi::spi
