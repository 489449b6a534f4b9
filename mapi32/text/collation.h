// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The order of texts where the system has no function for it: letters by their base first, then by
// accent, then by case. The same for every locale.
#pragma once

#include "abi/mapi.h"
#include "port/wide.h"

namespace remapi::text {

// CompareString's flags, by their names in winnls.h.
constexpr DWORD kIgnoreCase = 0x00000001;
constexpr DWORD kIgnoreNonSpace = 0x00000002;
constexpr DWORD kIgnoreSymbols = 0x00000004;
constexpr DWORD kLinguisticIgnoreCase = 0x00000010;
constexpr DWORD kLinguisticIgnoreDiacritic = 0x00000020;
constexpr DWORD kStringSort = 0x00001000;
constexpr DWORD kIgnoreKanaType = 0x00010000;
constexpr DWORD kIgnoreWidth = 0x00020000;
constexpr DWORD kLinguisticCasing = 0x08000000;
constexpr DWORD kCollationFlags = kIgnoreCase | kIgnoreNonSpace | kIgnoreSymbols |
                                  kLinguisticIgnoreCase | kLinguisticIgnoreDiacritic | kStringSort |
                                  kIgnoreKanaType | kIgnoreWidth | kLinguisticCasing;

/// < 0, 0, > 0. Without kStringSort hyphens and apostrophes count only between texts that are
/// otherwise equal.
int collate(StringView left, StringView right, DWORD flags) noexcept;

}  // namespace remapi::text
