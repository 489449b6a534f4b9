// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The system's own character conversion, by Windows code-page number.
#pragma once

#include "port/wide.h"

namespace remapi::port {

/// The code page that "ANSI" means to this process: GetACP, natively that of the locale (65001 for
/// UTF-8).
unsigned ansi_code_page() noexcept;

/// The code page in which this process hands file names to the system's ANSI calls
/// (AreFileApisANSI).
unsigned file_name_code_page() noexcept;

/// UTF-16 of `bytes`; what is malformed becomes U+FFFD. False when the page is unknown.
bool decode_code_page(std::string_view bytes, unsigned code_page, String& out);

/// `text` in `code_page`; what the page cannot hold becomes '?' and sets `lossy`. No best-fit
/// letters. False when the page is unknown.
bool encode_code_page(StringView text, unsigned code_page, std::string& out, bool& lossy);

}  // namespace remapi::port
