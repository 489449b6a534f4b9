// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

#include "port/wide.h"

namespace remapi::mime {

/// A media type and its subtype, in lower case.
struct MediaType {
    std::string type;
    std::string subtype;
};

/// The media type of an attachment: `declared` when it is well-formed and can be carried in base64
/// (message/… and multipart/… cannot), else what the ending of `file_name` says, else
/// application/octet-stream.
MediaType media_type_of(StringView declared, StringView file_name);

}  // namespace remapi::mime
