// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/submission.h"

#include <algorithm>

#include "config/config.h"
#include "format/one_off.h"
#include "format/search_key.h"
#include "log/log.h"
#include "object/util/calls.h"
#include "port/clock.h"
#include "port/utf.h"
#include "providers/internet/face/message_reader.h"
#include "providers/internet/face/tags.h"

namespace remapi::internet {
namespace {

// Page: mapi/pidtagnondeliveryreportreasoncode-canonical-property.md: the message was not
// transferred.
constexpr LONG kTransferFailed = 0;

// The recipients this transport has to see to, with all their columns.
std::vector<PropertyBag> open_recipients(IMessage* message) {
    com::Ptr<IMAPITable> table;
    check(message->GetRecipientTable(MAPI_UNICODE, table.put()), "IMessage::GetRecipientTable");
    Buffer<SPropTagArray> columns;
    check(table->QueryColumns(TBL_ALL_COLUMNS, columns.put()), "IMAPITable::QueryColumns");
    object::RowQuery query;
    query.columns.assign(columns->aulPropTag, columns->aulPropTag + columns->cValues);
    for (const ULONG tag : {PR_ROWID, PR_RESPONSIBILITY, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W}) {
        if (std::find(query.columns.begin(), query.columns.end(), tag) == query.columns.end()) {
            query.columns.push_back(tag);
        }
    }
    std::vector<PropertyBag> rows = object::query_all_rows(table.get(), query);
    std::erase_if(
        rows, [](const PropertyBag& row) { return row.truth(PR_RESPONSIBILITY) || !is_smtp(row); });
    return rows;
}

LONG diagnostic_of(const Outcome& outcome) noexcept {
    if (outcome.code == 0) return MAPI_DIAG_MAIL_ADDRESS_INCORRECT;
    if (outcome.code == 550 || outcome.code == 551 || outcome.code == 553)
        return MAPI_DIAG_MAIL_RECIPIENT_UNKNOWN;
    if (outcome.code == 552) return MAPI_DIAG_CONTENT_TOO_LONG;
    return MAPI_DIAG_NO_DIAGNOSTIC;
}

std::vector<PropValue> values_of(const PropertyBag& bag) {
    return std::vector<PropValue>(bag.values().begin(), bag.values().end());
}

/// One submission, from the recipients' outcomes on.
class Bookkeeping {
public:
    Bookkeeping(IMAPISupport* support, IMessage* message, std::vector<PropertyBag> recipients,
                TransactionOutcome outcome)
        : m_support(support),
          m_message(message),
          m_recipients(std::move(recipients)),
          m_outcome(std::move(outcome)) {}

    /// Reports; the refusals count as handled from then on.
    void report();
    void take_responsibility();
    void name_sender(const mime::Mailbox& sender);
    void note_failure(const Outcome& failure);
    void save();
    /// The first recipient's outcome that is deferred; null when nobody waits.
    const Outcome* deferred() const;

private:
    template <class Body>
    void attempt(const char* what, Body body);

    IMAPISupport* m_support;
    IMessage* m_message;
    std::vector<PropertyBag> m_recipients;
    TransactionOutcome m_outcome;
    bool m_reported = false;
};

const Outcome* Bookkeeping::deferred() const {
    const auto found =
        std::find_if(m_outcome.recipients.begin(), m_outcome.recipients.end(),
                     [](const Outcome& each) { return each.fate == Fate::Deferred; });
    return found != m_outcome.recipients.end() ? &*found : nullptr;
}

// The server has the message: what goes wrong with our books from then on must not send it again.
template <class Body>
void Bookkeeping::attempt(const char* what, Body body) {
    try {
        body();
    } catch (const std::exception& error) {
        REMAPI_WARN(Transport, "%s: %s", what, error.what());
    }
}

// Non-delivery of those who were refused, delivery of those who were accepted where that is wanted:
// one call for all, as IMAPISupport::StatusRecips asks for.
void Bookkeeping::report() {
    attempt("reporting about recipients", [this] {
        const auto wanted =
            object::get_one_prop(m_message, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED);
        const bool tell_of_success = wanted && wanted->truth();
        std::vector<std::vector<PropValue>> rows;
        for (std::size_t i = 0; i < m_recipients.size(); ++i) {
            const Outcome& outcome = m_outcome.recipients[i];
            PropertyBag row = m_recipients[i];
            if (outcome.fate == Fate::Refused) {
                const String reason = port::from_utf8(outcome.reason);
                row.set(PropValue(PR_REPORT_TEXT_W, reason));
                row.set(PropValue(PR_SUPPLEMENTARY_INFO_W, reason));
                row.set(PropValue(PR_REPORT_TIME, port::file_time_now()));
                row.set(PropValue(PR_NDR_REASON_CODE, kTransferFailed));
                row.set(PropValue(PR_NDR_DIAG_CODE, diagnostic_of(outcome)));
            } else if (outcome.fate == Fate::Accepted && tell_of_success) {
                row.set(PropValue(PR_DELIVER_TIME, port::file_time_now()));
            } else {
                continue;
            }
            rows.push_back(values_of(row));
        }
        m_reported = rows.empty();
        if (m_reported) return;
        ADRLIST* list = object::pack_address_list(rows);
        const HRESULT hr = m_support->StatusRecips(m_message, list);
        if (FAILED(hr)) memory::free_address_list(list);  // else it is the host's
        check(hr, "IMAPISupport::StatusRecips");
        m_reported = true;
    });
}

// A refusal that could not be reported stays with the spooler, which reports whom nobody takes.
void Bookkeeping::take_responsibility() {
    attempt("taking responsibility for recipients", [this] {
        std::vector<std::vector<PropValue>> rows;
        for (std::size_t i = 0; i < m_recipients.size(); ++i) {
            const Fate fate = m_outcome.recipients[i].fate;
            if (fate == Fate::Deferred || (fate == Fate::Refused && !m_reported)) continue;
            PropertyBag row = m_recipients[i];
            row.set(PropValue(PR_RESPONSIBILITY, true));
            rows.push_back(values_of(row));
        }
        if (rows.empty()) return;
        ADRLIST* list = object::pack_address_list(rows);
        const HRESULT hr = m_message->ModifyRecipients(MODRECIP_MODIFY, list);
        memory::free_address_list(list);
        check(hr, "IMessage::ModifyRecipients");
    });
}

// Page: mapi/sending-messages-transport-provider-tasks.md
void Bookkeeping::name_sender(const mime::Mailbox& sender) {
    attempt("naming the sender", [&] {
        const Bytes entry_id = format::encode_one_off({sender.name, kSmtp, sender.address});
        const Bytes search_key = format::recipient_search_key(kSmtp, sender.address);
        std::vector<PropValue> values = {
            PropValue(PR_SENDER_NAME_W, sender.name), PropValue(PR_SENDER_ADDRTYPE_W, kSmtp),
            PropValue(PR_SENDER_EMAIL_ADDRESS_W, sender.address),
            PropValue(PR_SENDER_ENTRYID, entry_id), PropValue(PR_SENDER_SEARCH_KEY, search_key)};
        if (!object::get_one_prop(m_message, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W)) {
            values.emplace_back(PR_SENT_REPRESENTING_NAME_W, sender.name);
            values.emplace_back(PR_SENT_REPRESENTING_ADDRTYPE_W, kSmtp);
            values.emplace_back(PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, sender.address);
            values.emplace_back(PR_SENT_REPRESENTING_ENTRYID, entry_id);
            values.emplace_back(PR_SENT_REPRESENTING_SEARCH_KEY, search_key);
        }
        object::set_props(m_message, values);
    });
}

void Bookkeeping::note_failure(const Outcome& failure) {
    attempt("noting why a message waits", [&] {
        object::set_prop(m_message, PropValue(kTagQueueLastError, port::from_utf8(failure.reason)));
    });
}

void Bookkeeping::save() {
    attempt("saving what became of a message", [this] {
        check(m_message->SaveChanges(KEEP_OPEN_READWRITE), "IMAPIProp::SaveChanges");
    });
}

// A message that cannot be read, or not composed, waits like one whose server is down.
TransactionOutcome send(Mailer& mailer, IMessage* message,
                        const std::vector<PropertyBag>& recipients) {
    std::vector<String> addresses;
    for (const PropertyBag& row : recipients) addresses.emplace_back(row.text(PR_EMAIL_ADDRESS_W));
    try {
        return mailer.send(
            read_message(com::Ptr<IMessage>::share(message), mailer.settings().sender), addresses);
    } catch (const Error& error) {
        TransactionOutcome outcome;
        outcome.message = {Fate::Deferred,
                           std::string("the message cannot be composed: ") + error.what(), 0};
        outcome.recipients.assign(recipients.size(), outcome.message);
        return outcome;
    }
}

}  // namespace

HRESULT submit(IMAPISupport* support, Mailer& mailer, IMessage* message, ULONG_PTR* wait_seconds) {
    std::vector<PropertyBag> recipients = open_recipients(message);
    if (recipients.empty()) return MAPI_E_NOT_ME;
    const TransactionOutcome outcome = send(mailer, message, recipients);
    Bookkeeping books(support, message, std::move(recipients), outcome);
    books.report();
    books.take_responsibility();
    if (outcome.message.fate == Fate::Accepted) books.name_sender(mailer.settings().sender);
    const Outcome* deferred = books.deferred();
    if (deferred) books.note_failure(*deferred);
    books.save();
    if (!deferred) {
        REMAPI_INFO(Transport, "handed over: %s", outcome.message.reason.c_str());
        return S_OK;
    }
    REMAPI_WARN(Transport, "not sent yet: %s", deferred->reason.c_str());
    *wait_seconds = config::get_number("spooler.retry-first");
    return deferred->code == 0 ? MAPI_E_NETWORK_ERROR : MAPI_E_WAIT;
}

}  // namespace remapi::internet
