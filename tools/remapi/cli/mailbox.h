// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Addresses and servers as a person types them.
#pragma once

#include <optional>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

/// `Name <address>`, `"Name" <address>` or a bare address.
struct Mailbox {
    String name;  ///< empty for a bare address
    String address;
};

/// nullopt unless the address has one part on each side of its last '@', without white space and
/// without brackets or separators, and the name no control characters.
std::optional<Mailbox> parse_mailbox(StringView text);

/// The mailboxes of a list separated by ',' or ';' outside quotation marks and brackets; empty
/// entries are left out. nullopt when one of them is none.
std::optional<std::vector<Mailbox>> parse_mailboxes(StringView text);

/// `HOST`, `HOST:PORT`, `[IPv6]`, `[IPv6]:PORT`.
struct Server {
    String host;        ///< without brackets
    unsigned port = 0;  ///< 0 when none is given
};
/// nullopt for an empty host or a port outside 1..65535.
std::optional<Server> parse_server(StringView text);

}  // namespace remapi::tool
