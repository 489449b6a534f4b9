// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/backend/smtp_connection.h"

#include "abi/error.h"
#include "log/log.h"
#include "port/fault_point.h"
#include "port/file.h"
#include "port/trust_store.h"
#include "providers/internet/backend/curl_failure.h"
#include "providers/internet/backend/transfer_state.h"

namespace remapi::internet {
namespace {

// Codes that speak of us and not of the message: somebody must change the settings.
bool asks_for_login(int code) noexcept {
    return code == 530 || code == 534 || code == 535 || code == 538;
}

Outcome from_reply(const Reply& reply) {
    Outcome outcome;
    outcome.code = reply.code;
    outcome.reason = describe(reply);
    if (reply.positive()) {
        outcome.fate = Fate::Accepted;
    } else {
        outcome.fate =
            reply.permanent() && !asks_for_login(reply.code) ? Fate::Refused : Fate::Deferred;
    }
    return outcome;
}

std::string server_name(const SmtpSettings& settings) {
    return settings.host + ":" + std::to_string(settings.port);
}

Outcome from_failure(CURLcode code, const SmtpConnection::State& state,
                     const SmtpSettings& settings) {
    const Reply& last = state.transcript.last();
    if (!state.unreadable.empty())
        return {Fate::Deferred, "the message could not be read: " + state.unreadable, 0};
    if (state.transcript.authentication_refused() || asks_for_login(last.code)) {
        return {Fate::Deferred,
                "the server refused user name or password (" + server_name(settings) + ": " +
                    describe(last) + ")",
                last.code};
    }
    const Transcript::Step step = state.transcript.step();
    const bool about_message = step == Transcript::Step::Mail || step == Transcript::Step::Data ||
                               step == Transcript::Step::Body;
    if (about_message && last.code >= 400) return from_reply(last);
    // A refusal of the server itself (554 to the greeting) says nothing about this message.
    if (last.code >= 400) {
        return {
            Fate::Deferred,
            "the server refused to serve (" + server_name(settings) + ": " + describe(last) + ")",
            last.code};
    }
    return {Fate::Deferred, describe_failure(code, state.detail, server_name(settings)), 0};
}

// Puts together what the answers to RCPT and the fate of the rest say.
TransactionOutcome gather(const SmtpConnection::State& state, std::size_t recipient_count,
                          const Outcome& message) {
    TransactionOutcome result;
    result.message = message;
    const std::vector<Reply>& replies = state.transcript.recipients();
    bool any_left = false;
    for (std::size_t i = 0; i < recipient_count; ++i) {
        const bool refused = i < replies.size() && !replies[i].positive();
        result.recipients.push_back(refused ? from_reply(replies[i]) : message);
        any_left |= result.recipients.back().fate != Fate::Refused;
    }
    if (message.fate != Fate::Accepted && !any_left && recipient_count != 0) {
        result.message = result.recipients.back();
    }
    return result;
}

}  // namespace

void SmtpConnection::CloseHandle::operator()(void* handle) const noexcept {
    curl_easy_cleanup(static_cast<CURL*>(handle));
}

SmtpConnection::SmtpConnection(SmtpSettings settings) : m_settings(std::move(settings)) {}

SmtpConnection::~SmtpConnection() = default;

void SmtpConnection::close() noexcept {
    m_curl.reset();
    m_connected = false;
}

// Which authorities count: the CA file and nothing else, or the system's.
bool SmtpConnection::set_trust(Outcome& failure) {
    if (!m_has_trust) {
        if (m_settings.ca_file.empty()) {
            port::system_trust(m_trust);
        } else if (const port::SystemError error = port::read_file(m_settings.ca_file, m_trust)) {
            failure = {Fate::Deferred,
                       "the CA file " + log::utf8(m_settings.ca_file) +
                           " cannot be read: " + port::describe(error),
                       0};
            return false;
        } else if (m_trust.find("-----BEGIN") == std::string::npos) {
            m_trust = port::pem_certificate(m_trust.data(), m_trust.size());
        }
        m_has_trust = true;
    }
    if (m_trust.empty()) return true;  // natively: the TLS library knows the system's authorities
    CURL* curl = m_curl.get();
    curl_blob blob = {m_trust.data(), m_trust.size(), CURL_BLOB_NOCOPY};
    set_option(curl, CURLOPT_CAINFO_BLOB, &blob);
    set_option(curl, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set_option(curl, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    return true;
}

// Readies the handle for a transfer. Accepted when it may begin.
Outcome SmtpConnection::prepare(State& state) {
    set_common_options(m_settings, state);
    Outcome failure;
    if (m_settings.security != Security::None && !set_trust(failure)) return failure;
    if (m_settings.security == Security::None && !m_settings.user.empty() &&
        !is_loopback(m_settings.host)) {
        return {Fate::Deferred,
                "user name and password are never sent in clear text: choose tls or starttls", 0};
    }
    return {Fate::Accepted, {}, 0};
}

int SmtpConnection::perform(State& state) {
    m_transcript.begin_transaction();
    const CURLcode code = curl_easy_perform(state.curl);
    long made = 0;
    curl_easy_getinfo(state.curl, CURLINFO_NUM_CONNECTS, &made);
    m_connections += made;
    state.reused = made == 0;
    m_connected = code == CURLE_OK;
    return code;
}

TransactionOutcome SmtpConnection::transfer(const Envelope& envelope, mime::MimeDocument& message,
                                            bool& repeat) {
    State state(m_curl.get(), m_transcript, m_cancelled);
    message.rewind();
    const Outcome ready = prepare(state);
    if (ready.fate != Fate::Accepted) return gather(state, 0, ready);
    set_message(envelope, message, state);
    const auto code = static_cast<CURLcode>(perform(state));
    message.rewind();
    const Reply& accepted = m_transcript.accepted();
    if (code == CURLE_OK && accepted.positive()) {
        port::fault_point("smtp.after-data");
        return gather(state, envelope.recipients.size(), from_reply(accepted));
    }
    const int last = m_transcript.last().code;
    repeat = state.reused && !state.data_begun && (last == 0 || last == 421) &&
             code != CURLE_ABORTED_BY_CALLBACK;
    return gather(state, envelope.recipients.size(), from_failure(code, state, m_settings));
}

TransactionOutcome SmtpConnection::send(const Envelope& envelope, mime::MimeDocument& message) {
    start_curl();
    m_cancelled.store(false, std::memory_order_relaxed);
    if (!m_curl) m_curl.reset(curl_easy_init());
    if (!m_curl) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "curl_easy_init");
    bool repeat = false;
    TransactionOutcome outcome = transfer(envelope, message, repeat);
    if (repeat) {
        REMAPI_INFO(Transport, "the kept connection was dead; connecting again");
        close();
        m_curl.reset(curl_easy_init());
        if (!m_curl) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "curl_easy_init");
        outcome = transfer(envelope, message, repeat);
    }
    outcome.recipients.resize(envelope.recipients.size(), outcome.message);
    return outcome;
}

Outcome SmtpConnection::probe() {
    start_curl();
    m_cancelled.store(false, std::memory_order_relaxed);
    if (!m_curl) m_curl.reset(curl_easy_init());
    if (!m_curl) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "curl_easy_init");
    State state(m_curl.get(), m_transcript, m_cancelled);
    Outcome ready = prepare(state);
    if (ready.fate != Fate::Accepted) return ready;
    set_no_operation(state);
    const auto code = static_cast<CURLcode>(perform(state));
    if (code == CURLE_OK)
        return {Fate::Accepted, describe(m_transcript.last()), m_transcript.last().code};
    return from_failure(code, state, m_settings);
}

bool SmtpConnection::takes_smtputf8(Outcome& failure) {
    if (!m_connected) {
        failure = probe();
        if (failure.fate != Fate::Accepted) return false;
    }
    failure.fate = Fate::Accepted;
    return m_transcript.offers("SMTPUTF8");
}

}  // namespace remapi::internet
