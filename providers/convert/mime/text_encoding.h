// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How a text travels: as it is, quoted-printable or base64, whichever is the plainest that keeps
// it.
#pragma once

#include <string>
#include <string_view>

namespace remapi::mime {

/// A text ready to be put into a message.
struct EncodedText {
    const char* transfer_encoding = "7bit";  ///< 7bit, quoted-printable or base64
    const char* charset = "us-ascii";        ///< us-ascii or utf-8
    std::string bytes;  ///< lines of at most 998 bytes, each ended by CRLF; may be empty
};

/// `utf8` with its line ends as CRLF, a last line end included, in the encoding that fits it.
EncodedText encode_text(std::string_view utf8);

/// Appends the base64 form of `size` bytes in lines of 76 characters, each ended by CRLF. Only the
/// last piece of a sequence may have a size that is no multiple of kBase64LineBytes.
void append_base64(std::string& out, const void* data, std::size_t size);
/// Bytes that one full line of base64 stands for.
constexpr std::size_t kBase64LineBytes = 57;

}  // namespace remapi::mime
