// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/internet/backend/smtp_connection.h"

namespace remapi::internet {

/// Sends messages by one server: composes, addresses, transfers. One thread at a time, cancel()
/// excepted.
class Mailer {
public:
    explicit Mailer(const SmtpSettings& settings) : m_settings(settings), m_connection(settings) {}

    /// Sends `message` to `recipients` in one transaction. An address that cannot be one, or that
    /// this server cannot take, is refused without asking the server. Returns one outcome for each
    /// recipient. Throws what `message` throws while it is composed.
    TransactionOutcome send(std::shared_ptr<mime::MessageSource> message,
                            const std::vector<String>& recipients);
    /// Whether the server can be reached, is the one it should be, and lets us in.
    Outcome probe() { return m_connection.probe(); }

    const SmtpSettings& settings() const noexcept { return m_settings; }
    void cancel() noexcept { m_connection.cancel(); }
    void close() noexcept { m_connection.close(); }
    long connections_made() const noexcept { return m_connection.connections_made(); }

private:
    std::string problem_of(StringView recipient, Outcome& failure);

    SmtpSettings m_settings;
    SmtpConnection m_connection;
};

}  // namespace remapi::internet
