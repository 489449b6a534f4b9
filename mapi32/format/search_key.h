// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PR_SEARCH_KEY of recipients: what tells two of them apart, whatever address book they come from.
// Page: mapi/pidtagsearchkey-canonical-property.md
#pragma once

#include <optional>

#include "format/bytes.h"

namespace remapi::format {

/// "TYPE:ADDRESS" in upper case and ANSI bytes, with its terminating zero.
Bytes recipient_search_key(StringView address_type, StringView email_address);

/// Type and address of such a key.
struct SearchKeyParts {
    String address_type;
    String email_address;
};
/// nullopt when `key` has no colon or no terminating zero.
std::optional<SearchKeyParts> parse_search_key(BytesView key);

}  // namespace remapi::format
