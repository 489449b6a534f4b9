// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/delivery.h"

#include <algorithm>

#include "format/error_names.h"
#include "log/log.h"
#include "port/fault_point.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

/// END_RESEND_NOW is believed so often for one message before it waits like any other.
constexpr ULONG kMostRepeats = 3;
/// PR_NDR_REASON_CODE "transfer failed" of X.411; page:
/// mapi/pidtagnondeliveryreportreasoncode-canonical-property.md
constexpr LONG kTransferFailed = 0;

String wide(const std::string& utf8) {
    return text::from_utf8(utf8);
}

}  // namespace

Delivery::Delivery(OutgoingStore& store, const QueueEntry& entry, Surroundings& surroundings,
                   const RetryPolicy& policy)
    : m_store(store),
      m_entry(entry),
      m_surroundings(surroundings),
      m_policy(policy),
      m_returned_before(surroundings.returned_recipients()) {}

Outcome Delivery::run() {
    if (m_entry.done) {
        m_store.finish(m_entry.entry_id);
        return {};
    }
    try {
        m_message = m_store.open(m_entry.entry_id);
        m_store.lock(*m_message);
    } catch (const Error& error) {
        // Taken back (IMsgStore::AbortSubmit) or deleted since the queue was read.
        if (error.code() != MAPI_E_NOT_FOUND && error.code() != MAPI_E_NOT_IN_QUEUE) throw;
        return {Outcome::Kind::Gone, {}};
    }
    port::fault_point("spooler.locked");
    ask_transports();
    return settle();
}

void Delivery::ask_transports() {
    if (pending().empty()) return;
    for (OutgoingTransport* transport : m_surroundings.transports()) m_asked.push_back({transport});
    while (ask_next()) {
    }
}

bool Delivery::ask_next() {
    for (const PropertyBag& recipient : pending()) {
        Asked* const asked = transport_for(recipient);
        if (!asked || asked->answer != Answer::NotAsked) continue;
        const bool before = m_entry.tries > 0 || asked->repeats > 0;
        take_answer(*asked, asked->transport->submit(*m_message, before));
        return true;
    }
    return false;
}

void Delivery::take_answer(Asked& asked, const HandOver& answer) {
    const std::string& name = asked.transport->name();
    if (SUCCEEDED(answer.result) && (answer.end_flags & END_RESEND_NOW) != 0 &&
        asked.repeats < kMostRepeats) {
        ++asked.repeats;
        return;
    }
    if (SUCCEEDED(answer.result)) {
        m_message->save();
        constexpr ULONG kNotYet = END_RESEND_NOW | END_RESEND_LATER | END_DONT_RESEND;
        asked.answer = (answer.end_flags & kNotYet) != 0 ? Answer::FailsNow : Answer::Left;
        if (asked.answer == Answer::FailsNow) m_reason = wide(name + " sends the message later");
        return;
    }
    // What a failing transport changed and did not save itself is not to be kept.
    m_message.reset();
    m_message = m_store.open(m_entry.entry_id);
    if (answer.result == MAPI_E_NOT_ME) {
        asked.answer = Answer::Left;
        return;
    }
    asked.answer = Answer::FailsNow;
    m_wait_seconds = std::max(m_wait_seconds, answer.wait_seconds);
    m_reason = reason_of(name, answer);
    REMAPI_WARN(Spooler, "%s could not send a message (try %u): %s", name.c_str(),
                static_cast<unsigned>(m_entry.tries + 1), log::utf8(StringView(m_reason)).c_str());
}

// What the transport told its status row, else what it wrote on the message, else the code. What
// stands on the message may also be the code of an earlier try, which starts with the transport's
// name.
String Delivery::reason_of(const std::string& transport, const HandOver& answer) {
    if (!answer.reason.empty()) return answer.reason;
    const String by_code = wide(transport + ": ");
    String written = m_message->last_error();
    if (!written.empty() && !written.starts_with(by_code)) return written;
    return by_code + wide(format::describe_hresult(answer.result));
}

Delivery::Asked* Delivery::transport_for(const PropertyBag& recipient) {
    for (Asked& asked : m_asked) {
        if (asked.answer != Answer::Left && asked.transport->claims(recipient.bytes(PR_ENTRYID)))
            return &asked;
    }
    for (Asked& asked : m_asked) {
        if (asked.answer != Answer::Left &&
            asked.transport->takes_type(recipient.text(PR_ADDRTYPE_W))) {
            return &asked;
        }
    }
    return nullptr;
}

std::vector<PropertyBag> Delivery::pending() {
    std::vector<PropertyBag> rows = m_message->recipients();
    std::erase_if(rows, [](const PropertyBag& row) { return row.truth(PR_RESPONSIBILITY); });
    return rows;
}

Outcome Delivery::settle() {
    std::vector<PropertyBag> waiting = pending();
    const auto taken = [&](const PropertyBag& row) { return transport_for(row) != nullptr; };
    const auto end = std::stable_partition(waiting.begin(), waiting.end(), taken);
    std::vector<PropertyBag> nobodys(std::make_move_iterator(end),
                                     std::make_move_iterator(waiting.end()));
    waiting.erase(end, waiting.end());

    if (!nobodys.empty()) {
        const String missing = m_surroundings.missing_transport();
        if (missing.empty()) {
            return_recipients(std::move(nobodys),
                              REMAPI_W("No transport of the profile takes this address."),
                              MAPI_DIAG_OR_NAME_UNRECOGNIZED);
        } else {
            // It may be the one that would have taken them.
            m_reason = missing;
            std::move(nobodys.begin(), nobodys.end(), std::back_inserter(waiting));
        }
    }
    if (!waiting.empty() &&
        !m_policy.gives_up(m_surroundings.now(), m_entry.submitted, m_entry.tries + 1)) {
        return wait();
    }
    if (!waiting.empty())
        return_recipients(std::move(waiting), m_reason, MAPI_DIAG_MAXIMUM_TIME_EXPIRED);

    port::fault_point("spooler.before-finish");
    m_message.reset();
    m_store.finish(m_entry.entry_id);
    const bool returned = m_surroundings.returned_recipients() != m_returned_before;
    return {returned ? Outcome::Kind::Returned : Outcome::Kind::Sent, {}};
}

void Delivery::return_recipients(std::vector<PropertyBag> rows, const String& reason,
                                 LONG diagnostic) {
    std::vector<PropertyBag> reported = rows;
    for (PropertyBag& row : reported) {
        row.set({PR_REPORT_TEXT_W, reason});
        row.set({PR_NDR_REASON_CODE, kTransferFailed});
        row.set({PR_NDR_DIAG_CODE, diagnostic});
    }
    m_surroundings.report(*m_message, reported);
    for (PropertyBag& row : rows) row.set({PR_RESPONSIBILITY, true});
    m_message->change_recipients(rows);
    m_message->save();
}

Outcome Delivery::wait() {
    Outcome outcome{Outcome::Kind::Waiting, {}};
    outcome.retry.tries = m_entry.tries + 1;
    outcome.retry.next_try = m_policy.next_try(m_surroundings.now(), m_entry.submitted,
                                               outcome.retry.tries, m_wait_seconds);
    outcome.retry.reason = m_reason;
    m_message.reset();
    m_store.defer(m_entry.entry_id, outcome.retry);
    return outcome;
}

}  // namespace remapi::spi
