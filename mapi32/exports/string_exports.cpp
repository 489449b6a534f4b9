// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Hexadecimal text, searching in texts, numbers in texts, paths of shares, reference counts. All
// texts here are in the ANSI code page whatever the program's TCHAR is.
#include <cstring>

#include "abi/guard.h"
#include "format/hex.h"
#include "format/share_path.h"
#include "port/bounded_text.h"
#include "port/network_drive.h"
#include "text/ansi_search.h"
#include "text/text.h"

namespace format = remapi::format;
namespace text = remapi::text;

namespace {

std::string_view view(const char* zero_terminated) noexcept {
    return {zero_terminated, format::text_length(zero_terminated)};
}

/// What the functions declared with LPTSTR are given.
const char* ansi(const void* zero_terminated) noexcept {
    return static_cast<const char*>(zero_terminated);
}

/// The ABI hands a place in a constant text back as a pointer that is not.
LPTSTR place(const char* found) noexcept {
    return reinterpret_cast<LPTSTR>(const_cast<char*>(found));
}

SCODE deliver(std::string_view path, LPSTR out, UINT room, SCODE success) noexcept {
    if (path.size() >= room) return MAPI_E_TOO_BIG;
    std::memcpy(out, path.data(), path.size());
    out[path.size()] = 0;
    return success;
}

}  // namespace

extern "C" {

/// Reads hexadecimal digits, two for each byte, as far as there are digits and room.
/// @param digits  zero-terminated, in either case
/// @param out     `size` bytes
/// Errors: MAPI_E_CALL_FAILED when what is read is not pairs of digits, or without `digits` or
/// `out`. Page: mapi/scbinfromhexbounded.md
SCODE WINAPI ScBinFromHexBounded(LPTSTR digits, LPBYTE out, ULONG size) {
    if (!digits || (!out && size > 0)) return MAPI_E_CALL_FAILED;
    std::string_view portion = view(ansi(digits));
    if (portion.size() / 2 >= size) portion = portion.substr(0, std::size_t{size} * 2);
    const bool pairs = portion.size() % 2 == 0;
    return pairs && format::read_hex(portion, out) == portion.size() / 2 ? S_OK
                                                                         : MAPI_E_CALL_FAILED;
}

/// Reads hexadecimal digits, two for each byte.
/// @param digits  zero-terminated, in either case
/// @param out     a byte for every two digits
/// Answers FALSE for anything but pairs of digits. Page: mapi/fbinfromhex.md
BOOL WINAPI FBinFromHex(LPTSTR digits, LPBYTE out) {
    if (!digits || !out) return FALSE;
    const std::string_view all = view(ansi(digits));
    return all.size() % 2 == 0 && format::read_hex(all, out) == all.size() / 2 ? TRUE : FALSE;
}

/// Writes two upper-case digits for each byte, and a terminating zero.
/// @param size  bytes at `bytes`; nothing below 1
/// @param out   2 * size + 1 bytes
/// Page: mapi/hexfrombin.md
void WINAPI HexFromBin(LPBYTE bytes, int size, LPTSTR out) {
    if (!out) return;
    const std::size_t count = bytes && size > 0 ? static_cast<std::size_t>(size) : 0;
    char* const digits = reinterpret_cast<char*>(out);
    format::write_hex(remapi::view_bytes(bytes, count), digits);
    digits[count * 2] = 0;
}

/// Whether a text cannot be read up to its terminating zero or for `limit` characters; FALSE for
/// none.
/// Page: mapi/isbadboundedstringptr.md
BOOL WINAPI IsBadBoundedStringPtr(const void* zero_terminated, UINT limit) {
    return remapi::port::can_read_text(ansi(zero_terminated), limit) ? FALSE : TRUE;
}

/// AddRef; 0 for null. Page: mapi/uladdref.md
ULONG WINAPI UlAddRef(LPVOID object) {
    return object ? static_cast<IUnknown*>(object)->AddRef() : 0;
}

/// Release; 0 for null. Page: mapi/ulrelease.md
ULONG WINAPI UlRelease(LPVOID object) {
    return object ? static_cast<IUnknown*>(object)->Release() : 0;
}

/// The first place of a character in a text. One of two bytes is given as they lie in memory. Null
/// when there is none, and for the terminating zero, which is no character of the text.
/// Page: mapi/szfindch.md
LPTSTR WINAPI SzFindCh(LPCTSTR zero_terminated, USHORT character) {
    if (!zero_terminated) return nullptr;
    return place(text::find_character(ansi(zero_terminated), character, text::ansi_code_page()));
}

/// The last place, likewise. Page: mapi/szfindlastch.md
LPTSTR WINAPI SzFindLastCh(LPCTSTR zero_terminated, USHORT character) {
    if (!zero_terminated) return nullptr;
    return place(
        text::find_last_character(ansi(zero_terminated), character, text::ansi_code_page()));
}

/// The first place of a text within another; null when there is none and for an empty one.
/// Page: mapi/szfindsz.md
LPTSTR WINAPI SzFindSz(LPCTSTR zero_terminated, LPCTSTR key) {
    if (!zero_terminated || !key) return nullptr;
    return place(text::find_text(ansi(zero_terminated), ansi(key), text::ansi_code_page()));
}

/// The number that the decimal digits at the start of a text spell, modulo 2^32; 0 without any.
/// Page: mapi/ufromsz.md
unsigned int WINAPI UFromSz(LPCTSTR zero_terminated) {
    return zero_terminated ? text::number_at(ansi(zero_terminated), 10) : 0;
}

/// The same for hexadecimal digits. Page: mapi/ulfromszhex.md
ULONG WINAPI UlFromSzHex(LPCTSTR zero_terminated) {
    return zero_terminated ? text::number_at(ansi(zero_terminated), 16) : 0;
}

/// The path by its share of a file that is named by a drive letter.
/// @param unc   [out] zero-terminated; also the path itself when it names a share already
/// @param room  characters at `unc`
/// Errors: S_FALSE when the path names a share already; MAPI_E_TOO_BIG; MAPI_E_INVALID_PARAMETER
/// without a path or `unc`, for a path without a drive letter, and for a drive that is connected to
/// no share (natively there is no other). Page: mapi/scuncfromlocalpath.md
SCODE WINAPI ScUNCFromLocalPath(LPSTR local, LPSTR unc, UINT room) {
    return remapi::abi::guard("ScUNCFromLocalPath", [&]() -> HRESULT {
        if (!local || !unc) return MAPI_E_INVALID_PARAMETER;
        if (format::is_unc_path(local)) return deliver(local, unc, room, S_FALSE);
        const auto found = format::unc_from_local(local, remapi::port::share_of_drive);
        return found ? deliver(*found, unc, room, S_OK) : MAPI_E_INVALID_PARAMETER;
    });
}

/// The path by a drive letter of a file that is named by its share.
/// @param local  [out] zero-terminated; also the path itself when it has a drive letter already
/// @param room   characters at `local`
/// Errors: S_FALSE when the path has a drive letter already; MAPI_E_TOO_BIG; MAPI_E_NOT_FOUND when
/// no drive is connected to the share; MAPI_E_INVALID_PARAMETER without a path or `local`. Page:
/// mapi/sclocalpathfromunc.md
SCODE WINAPI ScLocalPathFromUNC(LPSTR unc, LPSTR local, UINT room) {
    return remapi::abi::guard("ScLocalPathFromUNC", [&]() -> HRESULT {
        if (!unc || !local) return MAPI_E_INVALID_PARAMETER;
        if (format::has_drive(unc)) return deliver(unc, local, room, S_FALSE);
        const auto found = format::local_from_unc(unc, remapi::port::share_of_drive);
        return found ? deliver(*found, local, room, S_OK) : MAPI_E_NOT_FOUND;
    });
}

}  // extern "C"
