// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The Win32 functions of national language support on every platform: the system's own where it has
// them, otherwise the same contract over our tables. Lengths are in units or bytes and may be
// negative for a zero-terminated text, as in Win32. Pages: mapi/mnls_comparestringw.md,
// mapi/mnls_multibytetowidechar.md, mapi/mnls_widechartomultibyte.md
#pragma once

#include "abi/mapi.h"
#include "port/wide.h"

namespace remapi::text {

/// Orders two texts as a person would.
/// @param flags  NORM_IGNORECASE and its neighbours
/// @returns      1, 2 or 3 for less, equal and greater; 0 without a text or with an unknown flag
int compare_text(LCID locale, DWORD flags, const WideChar* left, int left_units,
                 const WideChar* right, int right_units) noexcept;

/// @param out_units  0 asks how many units are needed
/// @returns          units written or needed, a terminating zero counted where `bytes` has one; 0
/// for
///                   an invalid argument or too little room
int multi_byte_to_wide_char(UINT code_page, DWORD flags, const char* bytes, int size, WideChar* out,
                            int out_units) noexcept;

/// @param default_char  stands for what the page cannot hold; null takes '?'
/// @param used_default  [out] whether that was needed; may be null. Both must be null for UTF-8
/// @returns             as multi_byte_to_wide_char, in bytes
int wide_char_to_multi_byte(UINT code_page, DWORD flags, const WideChar* text, int units, char* out,
                            int out_size, const char* default_char, int* used_default) noexcept;

}  // namespace remapi::text
