// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Unicode functions of kernel32 under names that once stood in for them on Windows without Unicode.
#include <climits>
#include <cstring>

#include "port/bounded_text.h"
#include "text/nls.h"

namespace text = remapi::text;
using remapi::StringView;

namespace {

constexpr LCID kUserDefault = 0x0400;  // LOCALE_USER_DEFAULT
constexpr int kEqual = 2;              // CSTR_EQUAL

}  // namespace

extern "C" {

/// The units before the terminating zero; 0 for null. Page: mapi/mnls_lstrlenw.md
int WINAPI MNLS_lstrlenW(LPCWSTR zero_terminated) {
    if (!zero_terminated) return 0;
    const std::size_t units = StringView(zero_terminated).size();
    return units > INT_MAX ? INT_MAX : static_cast<int>(units);
}

/// Orders two texts by the user's locale; null comes before any text.
/// Answers a negative number, 0 or a positive one. Page: mapi/mnls_lstrcmpw.md
/// Differs: the page has CompareStringW's 1 and 3 for less and greater; programs that reach this
/// through the headers' macro for lstrcmpW go by the sign, as Wine's does. Test:
/// WideText.ComparingAnswersByItsSign
int WINAPI MNLS_lstrcmpW(LPCWSTR left, LPCWSTR right) {
    if (!left || !right) return left ? 1 : right ? -1 : 0;
    return text::compare_text(kUserDefault, 0, left, -1, right, -1) - kEqual;
}

/// Copies a text with its terminating zero; null when either pointer is. Page:
/// mapi/mnls_lstrcpyw.md
LPWSTR WINAPI MNLS_lstrcpyW(LPWSTR out, LPCWSTR zero_terminated) {
    if (!out || !zero_terminated) return nullptr;
    const std::size_t units = StringView(zero_terminated).size() + 1;
    return static_cast<LPWSTR>(std::memmove(out, zero_terminated, units * sizeof(WCHAR)));
}

/// CompareStringW: 1, 2, 3 for less, equal, greater; 0 for invalid arguments.
/// Page: mapi/mnls_comparestringw.md
int WINAPI MNLS_CompareStringW(LCID locale, DWORD flags, LPCWSTR left, int left_units,
                               LPCWSTR right, int right_units) {
    return text::compare_text(locale, flags, left, left_units, right, right_units);
}

/// MultiByteToWideChar.
/// @param size       bytes; negative: up to the terminating zero, which is converted, too
/// @param out        may be null when `out_units` is 0: the answer is then the room that is needed
/// Answers the units written; 0 for invalid arguments, too little room, and invalid bytes with
/// MB_ERR_INVALID_CHARS. Page: mapi/mnls_multibytetowidechar.md
int WINAPI MNLS_MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR bytes, int size, LPWSTR out,
                                    int out_units) {
    return text::multi_byte_to_wide_char(code_page, flags, bytes, size, out, out_units);
}

/// WideCharToMultiByte.
/// @param units         negative: up to the terminating zero, which is converted, too
/// @param out           may be null when `out_size` is 0: the answer is then the room that is
/// needed
/// @param default_char  for what the code page lacks; null: the code page's own
/// @param used_default  [out] whether it was used; may be null
/// Answers the bytes written; 0 for invalid arguments and too little room.
/// Page: mapi/mnls_widechartomultibyte.md
int WINAPI MNLS_WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR wide, int units, LPSTR out,
                                    int out_size, LPCSTR default_char, BOOL* used_default) {
    return text::wide_char_to_multi_byte(code_page, flags, wide, units, out, out_size, default_char,
                                         used_default);
}

/// Whether a text cannot be read up to its terminating zero or for `limit` units; FALSE for none.
/// Page: mapi/mnls_isbadstringptrw.md
BOOL WINAPI MNLS_IsBadStringPtrW(LPCWSTR zero_terminated, UINT limit) {
    return remapi::port::can_read_text(zero_terminated, limit) ? FALSE : TRUE;
}

}  // extern "C"
