// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Text at the edge: code pages to and from UTF-16, comparison as the field expects it.
#pragma once

#include <optional>

#include "abi/mapi.h"
#include "port/utf.h"

namespace remapi::text {

using port::from_utf8;
using port::to_utf8;

/// The code page that `CP_ACP` means to the calling process. Natively that of the locale, UTF-8 as
/// a rule.
UINT ansi_code_page() noexcept;

/// UTF-16 of `bytes` in `code_page` (CP_ACP, CP_UTF8 or a Windows code-page number).
/// Bytes that mean nothing there become U+FFFD. Throws Error(MAPI_E_UNKNOWN_CPID) for an unknown
/// page.
String to_wide(std::string_view bytes, UINT code_page = CP_ACP);
/// The same for a zero-terminated text; null is empty.
String to_wide(const char* text, UINT code_page = CP_ACP);

/// `text` in `code_page`. What the page cannot hold becomes '?'.
std::string to_ansi(StringView text, UINT code_page = CP_ACP);
/// The same, nullopt when the page cannot hold every character.
std::optional<std::string> to_ansi_exactly(StringView text, UINT code_page = CP_ACP);

/// Text that came across the ABI as LPTSTR: UTF-16 when `flags` has MAPI_UNICODE, else the ANSI
/// code page.
String from_tstr(const void* text, ULONG flags);

/// Simple case folding of one UTF-16 unit, locale-independent.
WideChar fold(WideChar unit) noexcept;
/// `text` with every unit folded.
String folded(StringView text);
/// Equal when case is ignored.
bool equal_ignoring_case(StringView left, StringView right) noexcept;
/// < 0, 0, > 0 by folded units; ties stay ties.
int compare_ignoring_case(StringView left, StringView right) noexcept;
/// Whether `text` starts with `prefix`, case ignored.
bool starts_with_ignoring_case(StringView text, StringView prefix) noexcept;

/// Without white space at both ends.
StringView trimmed(StringView text) noexcept;
/// A view of a zero-terminated text; null is empty.
inline StringView view(const WideChar* text) noexcept {
    return text ? StringView(text) : StringView();
}

/// Decimal digits of a number.
String decimal(std::uint64_t number);
/// Two hexadecimal digits a byte, upper case.
std::string hex(const void* bytes, std::size_t size);
/// The bytes that `digits` spell; nullopt when they are not pairs of hexadecimal digits.
std::optional<std::string> from_hex(std::string_view digits);

}  // namespace remapi::text
