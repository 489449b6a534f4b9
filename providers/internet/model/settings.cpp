// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/model/settings.h"

#include <algorithm>

#include "port/file.h"
#include "port/utf.h"
#include "providers/convert/mime/gmime.h"
#include "providers/internet/model/address.h"
#include "text/text.h"

namespace remapi::internet {
namespace {

bool is_host_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

bool is_ipv6_character(char c) noexcept {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' ||
           c == '.';
}

// A host name or address as it goes into a URL; empty when it is none.
std::string url_host(StringView host) {
    std::string utf8 = port::to_utf8(text::trimmed(host));
    if (utf8.size() > 2 && utf8.front() == '[' && utf8.back() == ']')
        utf8 = utf8.substr(1, utf8.size() - 2);
    if (utf8.find(':') != std::string::npos) {
        const bool valid = std::all_of(utf8.begin(), utf8.end(), is_ipv6_character);
        return valid ? "[" + utf8 + "]" : std::string();
    }
    const mime::GText ascii(utf8.empty() ? nullptr : g_hostname_to_ascii(utf8.c_str()));
    if (!ascii) return {};
    const std::string_view name = ascii.get();
    const bool valid = std::all_of(name.begin(), name.end(), is_host_character);
    return valid && name.size() <= 253 && name.front() != '-' ? std::string(name) : std::string();
}

bool read_security(StringView text, Security& security) {
    if (text.empty() || text::equal_ignoring_case(text, REMAPI_W("starttls"))) {
        security = Security::StartTls;
    } else if (text::equal_ignoring_case(text, REMAPI_W("tls"))) {
        security = Security::Tls;
    } else if (text::equal_ignoring_case(text, REMAPI_W("none"))) {
        security = Security::None;
    } else {
        return false;
    }
    return true;
}

std::string problem_of(const RawSettings& raw, SmtpSettings& settings) {
    settings.host = url_host(raw.host);
    if (settings.host.empty()) return "the name of the SMTP server is missing or malformed";
    if (!read_security(raw.security, settings.security))
        return "the security must be tls, starttls or none";
    if (raw.port > 65535) return "the port must be a number from 1 to 65535";
    settings.port = raw.port != 0 ? static_cast<unsigned>(raw.port) : usual_port(settings.security);
    if (!raw.ca_file.empty() && !port::is_absolute_path(raw.ca_file)) {
        return "the path of the CA file must be absolute";
    }
    const std::string wrong = problem_of_address(raw.sender_address);
    if (!wrong.empty()) return "the sender's address: " + wrong;
    if (!raw.user.empty() && settings.security == Security::None && !is_loopback(settings.host)) {
        return "user name and password are never sent in clear text to another machine: choose tls "
               "or starttls";
    }
    return {};
}

}  // namespace

SmtpSettings check_settings(const RawSettings& raw, std::string& problem) {
    SmtpSettings settings;
    problem = problem_of(raw, settings);
    settings.ca_file = raw.ca_file;
    settings.user = port::to_utf8(raw.user);
    settings.password = port::to_utf8(raw.password);
    settings.sender = {raw.sender_name, String(text::trimmed(raw.sender_address))};
    return settings;
}

bool is_loopback(std::string_view host) noexcept {
    if (host == "localhost" || host == "[::1]") return true;
    return host.starts_with("127.") && std::all_of(host.begin(), host.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == '.';
           });
}

unsigned usual_port(Security security) noexcept {
    switch (security) {
        case Security::Tls:
            return 465;
        case Security::StartTls:
            return 587;
        case Security::None:
            break;
    }
    return 25;
}

}  // namespace remapi::internet
