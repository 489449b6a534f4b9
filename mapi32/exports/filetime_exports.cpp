// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Arithmetic on FILETIMEs as unsigned 64-bit numbers, modulo 2^64. A FILETIME comes back as a
// 64-bit number does, on i686 in EDX:EAX: the conformance tests call through such a prototype.
#include "format/dates.h"

namespace {

std::uint64_t number(FILETIME time) noexcept {
    return remapi::format::file_time_value(time);
}

FILETIME time(std::uint64_t value) noexcept {
    return remapi::format::file_time_struct(value);
}

}  // namespace

extern "C" {

/// The sum. Page: mapi/ftaddft.md
FILETIME WINAPI FtAddFt(FILETIME left, FILETIME right) {
    return time(number(left) + number(right));
}

/// The sum of both and a carry.
/// @param carry  [in, out] what is added, then 0 or 1 as the sum fitted in 64 bits or not; may be
///               null
/// Page: mapi/ftadcft.md
FILETIME WINAPI FtAdcFt(FILETIME left, FILETIME right, WORD* carry) {
    const std::uint64_t without = number(left) + number(right);
    const std::uint64_t added = carry ? *carry : 0;
    const std::uint64_t sum = without + added;
    if (carry) *carry = without < number(left) || sum < without ? 1 : 0;
    return time(sum);
}

/// The difference. Page: mapi/ftsubft.md
FILETIME WINAPI FtSubFt(FILETIME minuend, FILETIME subtrahend) {
    return time(number(minuend) - number(subtrahend));
}

/// The product. Page: mapi/ftmuldw.md
FILETIME WINAPI FtMulDw(DWORD multiplier, FILETIME multiplicand) {
    return time(multiplier * number(multiplicand));
}

/// The product, which always fits. Page: mapi/ftmuldwdw.md
FILETIME WINAPI FtMulDwDw(DWORD multiplicand, DWORD multiplier) {
    return time(std::uint64_t{multiplicand} * multiplier);
}

/// The two's complement. Page: mapi/ftnegft.md
FILETIME WINAPI FtNegFt(FILETIME value) {
    return time(0 - number(value));
}

}  // extern "C"
