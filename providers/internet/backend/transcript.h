// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace remapi::internet {

/// A server's answer to one command: the code and its text, lines joined by blanks.
struct Reply {
    int code = 0;  ///< 0: there was none
    std::string text;

    bool positive() const noexcept { return code >= 200 && code < 400; }
    bool permanent() const noexcept { return code >= 500; }
};
/// "550 5.1.1 no such user", without control characters.
std::string describe(const Reply& reply);

/// Follows an SMTP dialogue line by line and keeps which answer belongs to which command. What is
/// part of an authentication is never kept nor logged. One thread.
class Transcript {
public:
    enum class Step { Greeting, Hello, StartTls, Auth, Mail, Rcpt, Data, Body, Other };

    /// Forgets the last transaction but not what the server said it can do.
    void begin_transaction();
    /// A line that the client sends, with or without its line end.
    void sent(std::string_view line);
    /// A line that the server sends.
    void received(std::string_view line);

    /// What the dialogue has got to: the last command that was sent.
    Step step() const noexcept { return m_step; }
    /// The last complete answer.
    const Reply& last() const noexcept { return m_last; }
    /// The answers to RCPT in their order; the last one may be missing.
    const std::vector<Reply>& recipients() const noexcept { return m_recipients; }
    /// The answer to the message itself, code 0 until it came.
    const Reply& accepted() const noexcept { return m_accepted; }
    bool authentication_refused() const noexcept { return m_auth_refused; }
    /// Whether the server announced `keyword` after the last EHLO.
    bool offers(std::string_view keyword) const noexcept;

private:
    void take(const Reply& reply);

    Step m_step = Step::Greeting;
    Reply m_partial;
    Reply m_last;
    std::vector<Reply> m_recipients;
    Reply m_accepted;
    bool m_auth_refused = false;
    bool m_ended = false;  ///< we said QUIT: what follows says nothing about the message
    std::vector<std::string> m_extensions;
};

}  // namespace remapi::internet
