#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Copies the MAPI headers of mingw-w64 and widens the parameters that are too narrow on 64 bit.

usage: mapi_headers.py --source DIR --table TSV --output DIR

--source  folder that holds mingw-w64's mapidefs.h and the others
--table   mapi32/abi/header_mismatches.tsv: interface, method, arg_index (from 1), arg_name,
          declared, repaired. Interface `-` means a typedef: with arg_index 0 the typedef itself,
          otherwise a parameter of that function type.
--output  folder for the copies; a file is written only when its content changes

Every row has to match its header exactly, and nothing of the kinds it lists may be left over:
otherwise the script names the row and exits with status 1 and writes nothing.
"""
import argparse
import os
import re
import sys

REQUIRED = ["mapi.h", "mapicode.h", "mapidefs.h", "mapiform.h", "mapiguid.h", "mapihook.h",
            "mapinls.h", "mapioid.h", "mapispi.h", "mapitags.h", "mapiutil.h", "mapival.h",
            "mapiwin.h", "mapiwz.h", "mapix.h", "imessage.h", "tnef.h", "mspst.h", "xcmc.h",
            "xcmcext.h", "xcmcmsxt.h", "xcmcmsx2.h"]
# A parameter of one of these names that still is ULONG after the repairs is a missing row.
MUST_BE_WIDE = re.compile(r"\bULONG\s*\*?\s*(?:lpulUIParam|ulUIParam|lpulConnection|ulConnection)\b")
COLUMNS = ["interface", "method", "arg_index", "arg_name", "declared", "repaired"]


class Mismatch(Exception):
    """A row of the table that does not fit the headers."""


def squeeze(text):
    """`ULONG * x` and `ULONG *x` are one spelling."""
    return re.sub(r"\s*\*\s*", "*", re.sub(r"\s+", " ", text.strip()))


def parameters(text, opening):
    """Yields (start, end) of each parameter after the parenthesis at `opening`; THIS_ skipped."""
    depth, start = 0, opening + 1
    this = re.compile(r"\s*THIS_\s|\s*THIS\s*\)").match(text, start)
    if this and not text[this.start():this.end()].endswith(")"):
        start = this.end()
    for position in range(opening, len(text)):
        character = text[position]
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                yield start, position
                return
        elif character == "," and depth == 1:
            yield start, position
            start = position + 1
    raise Mismatch("unbalanced parentheses")


def find_interface_method(texts, interface, method):
    """(file, offset of the parameter list) of a method in the macros its interface is made of."""
    for name, text in texts.items():
        block = re.search(r"DECLARE_MAPI_INTERFACE_\s*\(\s*%s\s*,\s*\w+\s*\)\s*\{(.*?)\}\s*;"
                          % re.escape(interface), text, re.S)
        if not block:
            continue
        found = []
        for macro in re.findall(r"(MAPI_\w+_METHODS\d*)\s*\(\s*PURE\s*\)", block.group(1)):
            for owner, owner_text in texts.items():
                line = re.search(r"^[ \t]*#\s*define\s+%s\(IPURE\)[^\n]*" % macro, owner_text, re.M)
                if not line:
                    continue
                for hit in re.finditer(r"MAPIMETHOD(?:_\s*\(\s*\w+\s*,|\s*\()\s*%s\s*\)\s*\("
                                       % re.escape(method), line.group(0)):
                    found.append((owner, line.start() + hit.end() - 1))
        if len(found) != 1:
            raise Mismatch(f"{len(found)} declarations of the method")
        return found[0]
    raise Mismatch("no such interface")


def find_function_type(texts, type_name):
    """(file, offset of the parameter list) of a function typedef."""
    found = [(name, hit.end() - 1) for name, text in texts.items()
             for hit in re.finditer(r"typedef\s+\w+\s*\(\s*WINAPI\s*\*?\s*%s\s*\)\s*\("
                                    % re.escape(type_name), text)]
    if len(found) != 1:
        raise Mismatch(f"{len(found)} typedefs of that name")
    return found[0]


def edit_for(row, texts):
    """(file, start, end, replacement) of one row; raises Mismatch when it does not fit exactly."""
    index = int(row["arg_index"])
    if row["interface"] == "-" and index == 0:
        found = [(name, hit.start(1), hit.end(1)) for name, text in texts.items()
                 for hit in re.finditer(r"typedef\s+(%s)\s+%s\s*;" % (re.escape(row["declared"]),
                                                                     re.escape(row["method"])), text)]
        if len(found) != 1:
            raise Mismatch(f"{len(found)} typedefs of that spelling")
        return (*found[0], row["repaired"])
    if row["interface"] == "-":
        name, opening = find_function_type(texts, row["method"])
    else:
        name, opening = find_interface_method(texts, row["interface"], row["method"])
    spans = list(parameters(texts[name], opening))
    if not 1 <= index <= len(spans):
        raise Mismatch(f"the function has {len(spans)} parameters")
    start, end = spans[index - 1]
    is_pointer = row["declared"].endswith("*")
    separator = "" if is_pointer else " "
    wanted = squeeze(row["declared"]) + separator + row["arg_name"]
    actual = texts[name][start:end]
    if squeeze(actual) != wanted:
        raise Mismatch(f"parameter {index} reads '{actual.strip()}', the table says '{wanted}'")
    return name, start, end, row["repaired"] + separator + row["arg_name"]


def repair(texts, rows):
    """The texts with every row applied."""
    edits, errors = set(), []
    for row in rows:
        try:
            edits.add(edit_for(row, texts))
        except Mismatch as error:
            errors.append(f"{row['interface']}::{row['method']} argument {row['arg_index']} "
                          f"({row['arg_name']}): {error}")
    if errors:
        raise Mismatch("\n".join(errors))
    repaired = dict(texts)
    for name, start, end, replacement in sorted(edits, key=lambda e: (e[0], -e[1])):
        repaired[name] = repaired[name][:start] + replacement + repaired[name][end:]
    for name, text in repaired.items():
        left = MUST_BE_WIDE.search(text)
        if left:
            line = text.count("\n", 0, left.start()) + 1
            raise Mismatch(f"{name}:{line}: '{left.group(0)}' is narrow and has no row in the table")
    return repaired


def read_rows(path):
    with open(path, encoding="utf-8") as table:
        lines = [line.rstrip("\n").split("\t") for line in table if line.strip()]
    if not lines or lines[0] != COLUMNS:
        raise Mismatch(f"{path}: the columns must be {' '.join(COLUMNS)}")
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(COLUMNS):
            raise Mismatch(f"{path}:{number}: {len(line)} columns instead of {len(COLUMNS)}")
    return [dict(zip(COLUMNS, line)) for line in lines[1:]]


def write_if_changed(path, data):
    if os.path.exists(path):
        with open(path, "rb") as old:
            if old.read() == data:
                return
    with open(path, "wb") as new:
        new.write(data)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("source", "table", "output"):
        arguments.add_argument("--" + name, required=True)
    options = arguments.parse_args()
    try:
        texts = {}
        for name in REQUIRED:
            path = os.path.join(options.source, name)
            if not os.path.exists(path):
                raise Mismatch(f"{path} is missing: install the package mingw-w64-common")
            with open(path, encoding="latin-1", newline="") as header:
                texts[name] = header.read()
        repaired = repair(texts, read_rows(options.table))
    except Mismatch as error:
        sys.exit(f"mapi_headers.py: {error}")
    os.makedirs(options.output, exist_ok=True)
    for name, text in repaired.items():
        write_if_changed(os.path.join(options.output, name), text.encode("latin-1"))


if __name__ == "__main__":
    main()
