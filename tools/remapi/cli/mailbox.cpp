// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/mailbox.h"

#include <algorithm>

#include "text/text.h"
#include "tools/remapi/cli/arguments.h"

namespace remapi::tool {
namespace {

bool is_address(StringView text) noexcept {
    const std::size_t at = text.rfind('@');
    if (at == StringView::npos || at == 0 || at + 1 == text.size()) return false;
    for (const WideChar unit : text) {
        if (unit <= ' ' || unit == 0x7F || unit == '<' || unit == '>' || unit == ',' || unit == ';')
            return false;
    }
    return true;
}

/// A display name without the quotation marks around it and the backslashes within them.
String unquoted(StringView name) {
    name = text::trimmed(name);
    if (name.size() < 2 || name.front() != '"' || name.back() != '"') return String(name);
    String result;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        if (name[i] == '\\' && i + 2 < name.size()) ++i;
        result += name[i];
    }
    return result;
}

/// Where the entry of a list that starts `text` ends.
std::size_t entry_length(StringView text) noexcept {
    bool quoted = false;
    bool bracketed = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const WideChar unit = text[i];
        if (quoted) {
            if (unit == '\\') ++i;
            if (unit == '"') quoted = false;
            continue;
        }
        if (unit == '"') quoted = true;
        if (unit == '<') bracketed = true;
        if (unit == '>') bracketed = false;
        if (!bracketed && (unit == ',' || unit == ';')) return i;
    }
    return text.size();
}

}  // namespace

std::optional<Mailbox> parse_mailbox(StringView input) {
    const StringView text = text::trimmed(input);
    Mailbox result;
    const std::size_t open = text.rfind('<');
    if (open == StringView::npos) {
        result.address = String(text);
    } else {
        if (text.back() != '>') return std::nullopt;
        result.name = unquoted(text.substr(0, open));
        result.address = String(text::trimmed(text.substr(open + 1, text.size() - open - 2)));
    }
    const bool has_control = std::any_of(result.name.begin(), result.name.end(),
                                         [](WideChar unit) { return unit < ' '; });
    if (has_control || !is_address(result.address)) return std::nullopt;
    return result;
}

std::optional<std::vector<Mailbox>> parse_mailboxes(StringView text) {
    std::vector<Mailbox> result;
    for (;;) {
        const std::size_t length = entry_length(text);
        const StringView entry = text::trimmed(text.substr(0, length));
        if (!entry.empty()) {
            std::optional<Mailbox> mailbox = parse_mailbox(entry);
            if (!mailbox) return std::nullopt;
            result.push_back(*std::move(mailbox));
        }
        if (length == text.size()) return result;
        text.remove_prefix(length + 1);
    }
}

std::optional<Server> parse_server(StringView text) {
    Server result;
    StringView rest;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == StringView::npos) return std::nullopt;
        result.host = String(text.substr(1, close - 1));
        rest = text.substr(close + 1);
    } else {
        const std::size_t colon = text.find(':');
        // Two colons without brackets are an IPv6 address without a port.
        const bool is_ipv6 =
            colon != StringView::npos && text.find(':', colon + 1) != StringView::npos;
        result.host = String(is_ipv6 ? text : text.substr(0, colon));
        rest = text.substr(result.host.size());
    }
    if (result.host.empty() || result.host.find_first_of(REMAPI_W(" \t/@")) != String::npos)
        return std::nullopt;
    if (rest.empty()) return result;
    const std::optional<unsigned> port = parse_number(rest.substr(1), 65535);
    if (rest[0] != ':' || !port || *port == 0) return std::nullopt;
    result.port = *port;
    return result;
}

}  // namespace remapi::tool
