#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes mapi32/text/case_folding.cpp's table to standard output, from Python's Unicode database.

Run by hand when the Unicode version is to change: the table is part of the library's behaviour
(sort orders, comparisons), so it must not depend on the machine that builds.
"""
import unicodedata

# Letters whose folding str.lower() does not show.
EXTRA = {0x3C2: 0x3C3, 0x17F: 0x73, 0x1E9B: 0x1E61, 0x1C5: 0x1C6, 0x1C8: 0x1C9, 0x1CB: 0x1CC,
         0x1F2: 0x1F3, 0xB5: 0x3BC}


def pairs():
    found = {}
    for code in range(0x10000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code) and ord(lower) < 0x10000:
            found[code] = ord(lower)
    found.update(EXTRA)
    return sorted(found.items())


def runs():
    result = []
    for code, lower in pairs():
        delta = lower - code
        if result:
            first, last, step, known = result[-1]
            gap = code - last
            if known == delta and gap == (step or gap) and gap in (1, 2):
                result[-1] = (first, code, gap, delta)
                continue
        result.append((code, code, 0, delta))
    return result


print(f"// Unicode {unicodedata.unidata_version}")
for first, last, step, delta in runs():
    print(f"    {{0x{first:04X}, 0x{last:04X}, {step or 1}, 0x{delta & 0xFFFF:04X}}},")
