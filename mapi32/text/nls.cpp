// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/nls.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <optional>

#include "port/code_page.h"
#include "port/nls.h"
#include "text/collation.h"
#include "text/text.h"

namespace remapi::text {
namespace {

constexpr int kLess = 1;
constexpr int kEqual = 2;
constexpr int kGreater = 3;

// MultiByteToWideChar's and WideCharToMultiByte's flags, by their names in winnls.h.
constexpr DWORD kPrecomposed = 0x01;
constexpr DWORD kComposite = 0x02;
constexpr DWORD kUseGlyphCharacters = 0x04;
constexpr DWORD kErrorOnInvalid = 0x08;
constexpr DWORD kToWideFlags = kPrecomposed | kComposite | kUseGlyphCharacters | kErrorOnInvalid;
constexpr DWORD kErrorOnInvalidUnits = 0x80;
constexpr DWORD kToBytesFlags = 0x10 | 0x20 | 0x40 | 0x200 | 0x400 | kErrorOnInvalidUnits;

constexpr WideChar kReplacement = 0xFFFD;

/// The page that one of Win32's names for the caller's own pages means.
UINT resolved(UINT code_page) noexcept {
    return code_page <= 3 ? ansi_code_page() : code_page;
}

/// A text given by pointer and length, its terminating zero included when the length is negative;
/// nullopt for what Win32 refuses.
template <class Unit>
std::optional<std::basic_string_view<Unit>> counted(const Unit* text, int length) noexcept {
    using View = std::basic_string_view<Unit>;
    if (!text || length == 0) return std::nullopt;
    if (length > 0) return View(text, static_cast<std::size_t>(length));
    const std::size_t units = View(text).size();
    if (units >= INT_MAX) return std::nullopt;
    return View(text, units + 1);
}

/// Hands `result` over as Win32 does.
template <class Unit>
int deliver(std::basic_string_view<Unit> result, Unit* out, int room) noexcept {
    if (result.size() > INT_MAX) return 0;
    const int length = static_cast<int>(result.size());
    if (room == 0) return length;
    if (room < length) return 0;
    std::copy(result.begin(), result.end(), out);
    return length;
}

bool is_high_surrogate(WideChar unit) noexcept {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

/// `text` in `code_page`, `default_char` for every character that the page cannot hold.
bool encode_with(StringView text, UINT code_page, const char* default_char, std::string& out,
                 bool& lossy) {
    if (!port::encode_code_page(text, code_page, out, lossy)) return false;
    if (!lossy || !default_char) return true;
    out.clear();
    std::string one;
    while (!text.empty()) {
        const std::size_t units = is_high_surrogate(text[0]) && text.size() > 1 ? 2 : 1;
        bool unknown = false;
        if (!port::encode_code_page(text.substr(0, units), code_page, one, unknown)) return false;
        out += unknown ? std::string(default_char) : one;
        text.remove_prefix(units);
    }
    return true;
}

int to_wide_portably(UINT code_page, DWORD flags, const char* bytes, int size, WideChar* out,
                     int out_units) {
    const auto input = counted(bytes, size);
    const bool same_place = static_cast<const void*>(bytes) == static_cast<const void*>(out);
    if (!input || out_units < 0 || (out_units > 0 && (!out || same_place))) return 0;
    if ((flags & ~kToWideFlags) != 0) return 0;
    String wide;
    if (!port::decode_code_page(*input, resolved(code_page), wide)) return 0;
    if ((flags & kErrorOnInvalid) != 0) {
        const bool utf8 = resolved(code_page) == CP_UTF8;
        if (utf8 ? !port::is_utf8(*input) : wide.find(kReplacement) != String::npos) return 0;
    }
    return deliver(StringView(wide), out, out_units);
}

int to_bytes_portably(UINT code_page, DWORD flags, const WideChar* text, int units, char* out,
                      int out_size, const char* default_char, int* used_default) {
    const auto input = counted(text, units);
    const bool same_place = static_cast<const void*>(text) == static_cast<const void*>(out);
    if (!input || out_size < 0 || (out_size > 0 && (!out || same_place))) return 0;
    if ((flags & ~kToBytesFlags) != 0) return 0;
    const UINT page = resolved(code_page);
    // A caller who names UTF-8 knows that it holds everything; one whose own page it is may not.
    if (code_page == CP_UTF8 && (default_char || used_default)) return 0;
    std::string bytes;
    bool lossy = false;
    if (!encode_with(*input, page, page == CP_UTF8 ? nullptr : default_char, bytes, lossy)) {
        return 0;
    }
    if (lossy && (flags & kErrorOnInvalidUnits) != 0) return 0;
    const int length = deliver(std::string_view(bytes), out, out_size);
    if (used_default && length > 0) *used_default = lossy ? TRUE : FALSE;
    return length;
}

/// `body`'s answer, 0 when memory is short.
template <class Body>
int or_zero(Body&& body) noexcept {
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

}  // namespace

int compare_text(LCID locale, DWORD flags, const WideChar* left, int left_units,
                 const WideChar* right, int right_units) noexcept {
    const auto answer =
        port::system_compare_text(locale, flags, left, left_units, right, right_units);
    if (answer) return *answer;
    if (!left || !right || (flags & ~kCollationFlags) != 0) return 0;
    const auto view = [](const WideChar* text, int units) {
        return units < 0 ? StringView(text) : StringView(text, static_cast<std::size_t>(units));
    };
    const int order = collate(view(left, left_units), view(right, right_units), flags);
    return order < 0 ? kLess : order > 0 ? kGreater : kEqual;
}

int multi_byte_to_wide_char(UINT code_page, DWORD flags, const char* bytes, int size, WideChar* out,
                            int out_units) noexcept {
    const auto answer = port::system_to_wide(code_page, flags, bytes, size, out, out_units);
    if (answer) return *answer;
    return or_zero([&] { return to_wide_portably(code_page, flags, bytes, size, out, out_units); });
}

int wide_char_to_multi_byte(UINT code_page, DWORD flags, const WideChar* text, int units, char* out,
                            int out_size, const char* default_char, int* used_default) noexcept {
    const auto answer = port::system_to_bytes(code_page, flags, text, units, out, out_size,
                                              default_char, used_default);
    if (answer) return *answer;
    return or_zero([&] {
        return to_bytes_portably(code_page, flags, text, units, out, out_size, default_char,
                                 used_default);
    });
}

}  // namespace remapi::text
