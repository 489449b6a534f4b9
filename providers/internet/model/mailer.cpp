// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/model/mailer.h"

#include "port/utf.h"
#include "providers/convert/mime/compose.h"
#include "providers/internet/model/address.h"

namespace remapi::internet {

// Why `recipient` cannot be sent to, for good; `failure` says when it could not be found out.
std::string Mailer::problem_of(StringView recipient, Outcome& failure) {
    const std::string wrong = problem_of_address(recipient);
    if (!wrong.empty())
        return "the address " + port::to_utf8(recipient) + " cannot be used: " + wrong;
    if (!needs_smtputf8(envelope_address(recipient))) return {};
    if (m_connection.takes_smtputf8(failure) || failure.fate != Fate::Accepted) return {};
    return "the server " + m_settings.host +
           " does not take addresses beyond ASCII (SMTPUTF8): " + port::to_utf8(recipient);
}

TransactionOutcome Mailer::send(std::shared_ptr<mime::MessageSource> message,
                                const std::vector<String>& recipients) {
    TransactionOutcome result;
    result.recipients.resize(recipients.size());
    Envelope envelope;
    envelope.sender = envelope_address(m_settings.sender.address);
    std::vector<std::size_t> sent;
    for (std::size_t i = 0; i < recipients.size(); ++i) {
        Outcome failure{Fate::Accepted, {}, 0};
        const std::string problem = problem_of(recipients[i], failure);
        if (failure.fate != Fate::Accepted) {
            // No server, no answer: everybody waits.
            result.message = failure;
            result.recipients.assign(recipients.size(), failure);
            return result;
        }
        if (!problem.empty()) {
            result.recipients[i] = {Fate::Refused, problem, 0};
            continue;
        }
        sent.push_back(i);
        envelope.recipients.push_back(envelope_address(recipients[i]));
    }
    if (sent.empty()) {
        result.message =
            recipients.empty() ? Outcome{Fate::Accepted, {}, 0} : result.recipients.back();
        return result;
    }
    mime::MimeDocument document = mime::compose(std::move(message));
    TransactionOutcome outcome = m_connection.send(envelope, document);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        result.recipients[sent[i]] = std::move(outcome.recipients[i]);
    }
    result.message = std::move(outcome.message);
    return result;
}

}  // namespace remapi::internet
