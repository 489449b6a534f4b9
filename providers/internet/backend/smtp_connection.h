// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One SMTP server, through libcurl.
#pragma once

#include <atomic>
#include <memory>

#include "providers/convert/mime/mime_document.h"
#include "providers/internet/backend/transcript.h"
#include "providers/internet/model/settings.h"

namespace remapi::internet {

/// What became of one recipient, or of a whole transaction.
enum class Fate {
    Accepted,
    Refused,   ///< for good
    Deferred,  ///< a later try may succeed
};

struct Outcome {
    Fate fate = Fate::Deferred;
    std::string reason;  ///< for a person to read; of an accepted message the server's answer
    int code = 0;        ///< the server's, 0 without one
};

struct TransactionOutcome {
    /// Of the message. Accepted: at least one recipient was.
    Outcome message;
    /// One for each recipient, in their order.
    std::vector<Outcome> recipients;
};

/// Who the envelope names, as envelope_address writes them.
struct Envelope {
    std::string sender;
    std::vector<std::string> recipients;
};

/// A connection that is made when it is needed and kept for the next message. TLS always verifies
/// the server's certificate and name. One thread at a time, cancel() excepted.
class SmtpConnection {
public:
    explicit SmtpConnection(SmtpSettings settings);
    ~SmtpConnection();
    SmtpConnection(const SmtpConnection&) = delete;
    SmtpConnection& operator=(const SmtpConnection&) = delete;

    /// Sends one message in one transaction; failures are outcomes. A kept connection that turns
    /// out to be dead before the message went out is replaced once.
    TransactionOutcome send(const Envelope& envelope, mime::MimeDocument& message);
    /// Connects, secures, authenticates and does nothing else. Accepted: the server is ready.
    Outcome probe();
    /// Whether the server takes addresses beyond ASCII; connects when there is no connection.
    bool takes_smtputf8(Outcome& failure);

    /// Makes a running send or probe end soon as deferred. Any thread.
    void cancel() noexcept { m_cancelled.store(true, std::memory_order_relaxed); }
    void close() noexcept;
    /// Connections made so far; for tests.
    long connections_made() const noexcept { return m_connections; }

    struct State;  // of one transfer, for libcurl's callbacks

private:
    Outcome prepare(State& state);
    bool set_trust(Outcome& failure);
    int perform(State& state);
    TransactionOutcome transfer(const Envelope& envelope, mime::MimeDocument& message,
                                bool& repeat);

    struct CloseHandle {
        void operator()(void* handle) const noexcept;
    };
    SmtpSettings m_settings;
    std::unique_ptr<void, CloseHandle> m_curl;
    Transcript m_transcript;
    std::string m_trust;  ///< PEM, once it was read
    bool m_has_trust = false;
    bool m_connected = false;  ///< the last transfer left a connection behind
    long m_connections = 0;
    std::atomic<bool> m_cancelled{false};
};

}  // namespace remapi::internet
