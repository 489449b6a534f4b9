#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads the PR_ names that the API headers define and writes them as rows of a sorted C++ table.

A name that ends in _A or _W is left out: the plain name stands for both widths, and the reader of
the table gives strings PT_UNICODE. Names are upper case and sorted, so that a look-up is a binary search.
"""
import argparse
import pathlib
import re

DEFINITION = re.compile(r"^#define\s+(PR_[A-Z0-9_]+)\s+PROP_TAG\s*\(\s*(PT_[A-Z0-9_]+)\s*,\s*(0x[0-9A-Fa-f]+)\s*\)", re.M)
HEADERS = ("mapitags.h", "mapidefs.h", "mspst.h")


def read_names(folder):
    names = {}
    for header in HEADERS:
        path = folder / header
        if not path.exists():
            continue
        for name, kind, number in DEFINITION.findall(path.read_text(encoding="latin-1")):
            if name.endswith(("_A", "_W")):
                continue
            names[name] = ("PT_UNICODE" if kind == "PT_TSTRING" else
                           "PT_MV_UNICODE" if kind == "PT_MV_TSTRING" else kind, number)
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--headers", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    names = read_names(arguments.headers)
    if "PR_DISPLAY_NAME" not in names:
        raise SystemExit(f"{arguments.headers}: no property names found")
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    rows = [f'{{"{name}", PROP_TAG({kind}, {number})}},\n' for name, (kind, number) in sorted(names.items())]
    arguments.output.write_text("".join(rows), encoding="ascii")


if __name__ == "__main__":
    main()
