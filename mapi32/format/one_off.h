// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One-off entry identifiers: a recipient that is in no address book.
// Pages: mapi/one-off-entry-identifiers.md, [MS-OXCDATA] 2.2.5.1
#pragma once

#include <optional>

#include "format/bytes.h"

namespace remapi::format {

/// What a one-off entry identifier says.
struct OneOff {
    String display_name;
    String address_type;  ///< "SMTP"
    String email_address;
    bool no_rich_info = false;      ///< the recipient cannot read TNEF (MAPI_ONE_OFF_NO_RICH_INFO)
    bool unicode = true;            ///< how the texts are, or shall be, kept
    std::uint16_t other_flags = 0;  ///< the remaining bits of the flag word, kept as they came
};

/// The entry identifier of `one_off`. ANSI texts are written in the ANSI code page.
Bytes encode_one_off(const OneOff& one_off);

/// What `entry_id` says; nullopt when it is not a well-formed one-off entry identifier. Bytes after
/// the last text are allowed.
std::optional<OneOff> decode_one_off(BytesView entry_id);

/// Whether `entry_id` has the provider UID of one-offs; the texts are not looked at.
bool is_one_off(BytesView entry_id) noexcept;

}  // namespace remapi::format
