// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Names as people and programs write them that need no address book: `name[TYPE:address]`,
// `TYPE:address`, `Name <a@b.c>` and bare Internet addresses.
// Pages: mapi/one-off-addresses.md, mapi/iaddrbook-resolvename.md
#pragma once

#include <optional>

#include "format/one_off.h"

namespace remapi::session {

/// What `text` spells; nullopt when it must be looked up in address books. A missing name becomes
/// the address. A backslash quotes what follows it in the first form; \x and two hexadecimal digits
/// stand for one unit.
std::optional<format::OneOff> parse_typed_address(StringView text);

/// Whether `address` looks like `name@host.domain`, or `name@host` of a local network: one @, no
/// blanks, angle brackets or quotes, nothing empty beside it.
bool is_internet_address(StringView address) noexcept;

}  // namespace remapi::session
