// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/model/address.h"

#include <algorithm>

#include "port/utf.h"
#include "providers/convert/mime/message_headers.h"
#include "text/text.h"

namespace remapi::internet {
namespace {

constexpr std::size_t kLongestLocalPart = 64;  // RFC 5321, 4.5.3.1
constexpr std::size_t kLongestAddress = 254;

// Characters that would end an address or a command; in a quoted local part some of them are fine.
bool is_forbidden(char c, bool quoted) noexcept {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    return !quoted && std::string_view(" <>(),;:\"\\[]").find(c) != std::string_view::npos;
}

bool is_domain(std::string_view domain) noexcept {
    if (domain.empty() || domain.front() == '.' || domain.back() == '.') return false;
    const bool literal = domain.size() > 2 && domain.front() == '[' && domain.back() == ']';
    if (literal) domain = domain.substr(1, domain.size() - 2);
    return std::none_of(domain.begin(), domain.end(), [literal](char c) {
        return is_forbidden(c, false) && !(literal && c == ':');
    });
}

// The inside of a quoted local part: quotes and backslashes only behind a backslash.
bool is_quoted_text(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_forbidden(text[i], true) || text[i] == '"') return false;
        if (text[i] == '\\' && ++i >= text.size()) return false;
    }
    return true;
}

bool is_local_part(std::string_view local) noexcept {
    if (local.empty() || local.size() > kLongestLocalPart) return false;
    if (local.size() >= 2 && local.front() == '"' && local.back() == '"') {
        return is_quoted_text(local.substr(1, local.size() - 2));
    }
    return std::none_of(local.begin(), local.end(), [](char c) { return is_forbidden(c, false); });
}

}  // namespace

std::string problem_of_address(StringView address) {
    const std::string utf8 = port::to_utf8(text::trimmed(address));
    if (utf8.empty()) return "it is missing";
    const std::size_t at = utf8.rfind('@');
    if (at == std::string::npos) return "it has no @";
    if (!is_local_part(std::string_view(utf8).substr(0, at)))
        return "what precedes the @ is malformed";
    if (!is_domain(std::string_view(utf8).substr(at + 1))) return "what follows the @ is malformed";
    if (envelope_address(address).size() > kLongestAddress) return "it is too long";
    return {};
}

std::string envelope_address(StringView address) {
    return mime::ascii_domain(text::trimmed(address));
}

bool needs_smtputf8(std::string_view envelope_address) noexcept {
    return std::any_of(envelope_address.begin(), envelope_address.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace remapi::internet
