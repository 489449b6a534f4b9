// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What legacy programs write into recipient fields, taken apart (quirks Q10, Q11). Pure text.
#pragma once

#include <vector>

#include "port/wide.h"

namespace remapi::simple {

/// One recipient's text. `address` is empty when the text is a name to be looked up.
struct ParsedRecipient {
    String name;  ///< display name, empty when only an address was given
    String type;  ///< address type, upper case: "SMTP", "FAX" ...; empty without an address
    String address;
};

/// The recipients that the pair of fields of one MapiRecipDesc means: both, either or neither may
/// be empty, and one field may hold several addresses separated by ';', or by ',' outside quotes.
/// Understands `addr@host`, `TYPE:address` for known types, `Name <addr@host>`, `Name
/// [TYPE:address]`.
std::vector<ParsedRecipient> parse_recipient(StringView name, StringView address);

/// Whether `text` has the form of an Internet address: one '@' with something on both sides, no
/// blanks.
bool is_internet_address(StringView text) noexcept;

}  // namespace remapi::simple
