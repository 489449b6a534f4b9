#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the two tables of mapi32/text/base_letters.cpp to standard output, from Python's Unicode database.

Run by hand when the Unicode version is to change: the tables are part of the library's behaviour
(what FL_IGNORENONSPACE matches), so they must not depend on the machine that builds.
"""
import unicodedata


def is_mark(code):
    return unicodedata.category(chr(code)) == "Mn"


def mark_runs():
    runs = []
    for code in range(0x10000):
        if not is_mark(code):
            continue
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def base_letters():
    """Letters whose canonical decomposition is a letter of the plane and nothing but marks."""
    for code in range(0x10000):
        decomposed = unicodedata.normalize("NFD", chr(code)) if not 0xD800 <= code <= 0xDFFF else ""
        if len(decomposed) > 1 and all(is_mark(ord(mark)) for mark in decomposed[1:]):
            yield code, ord(decomposed[0])


def rows(items, per_line):
    items = list(items)
    for start in range(0, len(items), per_line):
        print("    " + " ".join(items[start:start + per_line]))


print(f"// Unicode {unicodedata.unidata_version}")
print("constexpr MarkRun kMarks[] = {")
rows((f"{{0x{first:04X}, 0x{last:04X}}}," for first, last in mark_runs()), 4)
print("};\n\nconstexpr Pair kBases[] = {")
rows((f"{{0x{code:04X}, 0x{base:04X}}}," for code, base in base_letters()), 4)
print("};")
