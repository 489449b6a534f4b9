// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/backend/transcript.h"

#include <algorithm>

#include "log/log.h"

namespace remapi::internet {
namespace {

constexpr std::size_t kLongestReply = 2000;

std::string_view without_line_end(std::string_view line) noexcept {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    return line;
}

char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Whether `line` begins with the word `keyword` (upper case).
bool begins_with(std::string_view line, std::string_view keyword) noexcept {
    if (line.size() < keyword.size()) return false;
    const auto same = [](char left, char right) { return upper(left) == right; };
    if (!std::equal(keyword.begin(), keyword.end(), line.begin(), same)) return false;
    return line.size() == keyword.size() || line[keyword.size()] == ' ' ||
           line[keyword.size()] == ':' || line[keyword.size()] == '=';
}

struct Command {
    std::string_view keyword;
    Transcript::Step step;
};
constexpr Command kCommands[] = {
    {"EHLO", Transcript::Step::Hello},        {"HELO", Transcript::Step::Hello},
    {"STARTTLS", Transcript::Step::StartTls}, {"AUTH", Transcript::Step::Auth},
    {"MAIL", Transcript::Step::Mail},         {"RCPT", Transcript::Step::Rcpt},
    {"DATA", Transcript::Step::Data},         {"NOOP", Transcript::Step::Other},
    {"RSET", Transcript::Step::Other},
};

}  // namespace

std::string describe(const Reply& reply) {
    std::string text = std::to_string(reply.code) + " " + reply.text;
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

void Transcript::begin_transaction() {
    m_step = Step::Greeting;
    m_partial = {};
    m_last = {};
    m_recipients.clear();
    m_accepted = {};
    m_auth_refused = false;
    m_ended = false;
}

void Transcript::sent(std::string_view line) {
    line = without_line_end(line);
    // Until the server has decided, everything that goes out belongs to the authentication.
    if (m_step == Step::Auth && (m_last.code == 0 || m_last.code / 100 == 3)) {
        REMAPI_TRACE(Transport, "C: (authentication)");
        return;
    }
    if (begins_with(line, "QUIT")) m_ended = true;
    if (m_ended) return;
    const auto* found =
        std::find_if(std::begin(kCommands), std::end(kCommands),
                     [line](const Command& c) { return begins_with(line, c.keyword); });
    m_step = found != std::end(kCommands) ? found->step : Step::Other;
    m_last = {};
    if (m_step == Step::Hello) m_extensions.clear();
    if (m_step == Step::Auth) {
        REMAPI_TRACE(Transport, "C: AUTH (...)");
    } else {
        REMAPI_TRACE(Transport, "C: %.*s", static_cast<int>(line.size()), line.data());
    }
}

void Transcript::received(std::string_view line) {
    line = without_line_end(line);
    if (m_ended) return;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return;
    if (m_step == Step::Auth) {
        REMAPI_TRACE(Transport, "S: %.3s (authentication)", line.data());
    } else {
        REMAPI_TRACE(Transport, "S: %.*s", static_cast<int>(line.size()), line.data());
    }
    const std::string_view text = line.size() > 4 ? line.substr(4) : std::string_view();
    m_partial.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (m_partial.text.size() < kLongestReply) {
        if (!m_partial.text.empty()) m_partial.text += ' ';
        m_partial.text += text;
    }
    if (m_step == Step::Hello) m_extensions.emplace_back(text);
    if (line.size() > 3 && line[3] == '-') return;
    Reply reply = std::move(m_partial);
    m_partial = {};
    take(reply);
}

void Transcript::take(const Reply& reply) {
    m_last = reply;
    switch (m_step) {
        case Step::Auth:
            if (reply.code >= 400) m_auth_refused = true;
            break;
        case Step::Rcpt:
            m_recipients.push_back(reply);
            break;
        case Step::Data:
            if (reply.code == 354) m_step = Step::Body;
            break;
        case Step::Body:
            m_accepted = reply;
            break;
        default:
            break;
    }
}

bool Transcript::offers(std::string_view keyword) const noexcept {
    return std::any_of(m_extensions.begin(), m_extensions.end(),
                       [keyword](const std::string& line) { return begins_with(line, keyword); });
}

}  // namespace remapi::internet
