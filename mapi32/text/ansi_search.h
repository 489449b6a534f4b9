// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Searching in zero-terminated texts of bytes without mistaking the second byte of a character for
// a character of its own. Matches are exact. Pages: mapi/szfindch.md, mapi/szfindlastch.md,
// mapi/szfindsz.md
#pragma once

#include "abi/mapi.h"

namespace remapi::text {

/// Whether `byte` starts a character of two bytes in one of the pages that have such: 932, 936,
/// 949, 950 and 1361.
bool is_lead_byte(unsigned char byte, UINT code_page) noexcept;

/// The first place of `character` in `text`, null when there is none. A character of two bytes is
/// given as they lie in memory, the first one low. Zero is no character of a text.
const char* find_character(const char* text, USHORT character, UINT code_page) noexcept;
/// The last place.
const char* find_last_character(const char* text, USHORT character, UINT code_page) noexcept;
/// The first place of `key` in `text`, null when there is none or `key` is empty.
const char* find_text(const char* text, const char* key, UINT code_page) noexcept;

/// The number that decimal or hexadecimal digits at the start of `text` spell, 0 when there are
/// none. More digits than 32 bits hold leave the lowest 32 bits. Pages: mapi/ufromsz.md,
/// mapi/ulfromszhex.md
ULONG number_at(const char* text, unsigned base) noexcept;

}  // namespace remapi::text
