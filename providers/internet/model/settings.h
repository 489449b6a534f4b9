// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the transport needs to know about the server and its user. Plain C++.
#pragma once

#include <string>

#include "providers/convert/mime/message_source.h"

namespace remapi::internet {

enum class Security {
    Tls,       ///< TLS from the first byte
    StartTls,  ///< clear text until STARTTLS, which is required
    None,      ///< clear text throughout
};

struct SmtpSettings {
    std::string host;  ///< as it goes into a URL: ASCII, IPv6 addresses in brackets
    unsigned port = 0;
    Security security = Security::StartTls;
    String ca_file;    ///< absolute path; empty: the system's trust
    std::string user;  ///< UTF-8; empty: no authentication
    std::string password;
    mime::Mailbox sender;
};

/// What a person entered, before it is checked.
struct RawSettings {
    String host;
    unsigned long port = 0;  ///< 0: the usual one of the security
    String security;         ///< "tls", "starttls", "none"; empty is "starttls"
    String ca_file;
    String user;
    String password;
    String sender_name;
    String sender_address;
};

/// Checks `raw` and completes it. What is wrong goes into `problem`, one sentence without a full
/// stop; it is empty when all is well. Credentials in clear text are refused but for a server on
/// this machine.
SmtpSettings check_settings(const RawSettings& raw, std::string& problem);

/// Whether `host` is this machine by its loopback name or address.
bool is_loopback(std::string_view host) noexcept;

/// The port that a security has by custom: 465, 587, 25.
unsigned usual_port(Security security) noexcept;

}  // namespace remapi::internet
