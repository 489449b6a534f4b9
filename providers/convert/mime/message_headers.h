// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

#include "providers/convert/mime/message_source.h"

namespace remapi::mime {

/// The header of a message, from From to MIME-Version: each line ended by CRLF, long ones folded,
/// texts beyond ASCII in RFC 2047's form, addresses beyond ASCII with their domain in its ASCII
/// form and, where the local part is beyond ASCII too, as UTF-8 (RFC 6532). No text can begin a
/// header of its own. Bcc is not among them.
std::string message_headers(const Headers& headers);

/// `address` as it is written in envelopes and headers: the domain in its ASCII form (IDNA). Text
/// that is no address comes back as it is, control characters replaced.
std::string ascii_domain(StringView address);

}  // namespace remapi::mime
