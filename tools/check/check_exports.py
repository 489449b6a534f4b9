#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Built libraries export exactly what mapi32/exports/exports.tsv lists.

usage: check_exports.py BUILD_DIR | --library FILE
"""
import os
import sys

import binary
import common

import export_table

# Spellings per target and functions, as the surface of the system DLL was surveyed.
SPELLINGS = {"i686": 330, "x86_64": 348, "linux": 192}
FUNCTIONS = 193


def libraries(build):
    """Built copies of the library, the file itself rather than links to it."""
    return [os.path.join(build, name) for name in common.walk(build)
            if os.path.basename(name) in ("mapi32.dll", "libmapi32.so.1")
            and not os.path.islink(os.path.join(build, name))]


def table_problems(table):
    found = [f"exports.tsv: {len(table.of(arch))} spellings for {arch}, there must be {count}"
             for arch, count in SPELLINGS.items() if len(table.of(arch)) != count]
    if len(table.functions) != FUNCTIONS:
        found.append(f"exports.tsv: {len(table.functions)} functions, there must be {FUNCTIONS}")
    return found


def differences(label, listed, actual):
    missing, extra = sorted(set(listed) - set(actual)), sorted(set(actual) - set(listed))
    found = [f"{label}: {name} is missing" for name in missing]
    found += [f"{label}: {name} is exported but not listed" for name in extra]
    found += [f"{label}: {name} has ordinal {actual[name]}, the table says {listed[name]}"
              for name in listed if name in actual and listed[name] != actual[name]]
    return found


def library_problems(table, path):
    label = os.path.basename(path)
    try:
        if not path.endswith(".dll"):
            listed = dict.fromkeys((row["export"] for row in table.of("linux")), "")
            return differences(label, listed, dict.fromkeys(binary.ElfFile(path).exports(), ""))
        library = binary.PeFile(path)
        named, nameless = library.exports()
        listed = {row["export"]: ordinal for row, ordinal in table.with_ordinals(library.arch)}
        return differences(f"{label} ({library.arch})", listed, named) + [
            f"{label}: ordinal {ordinal} has no name" for ordinal in nameless]
    except (binary.BinaryError, OSError) as error:
        return [str(error)]


def problems(root, build):
    paths = libraries(build)
    if not paths:
        return [f"{build} holds neither mapi32.dll nor libmapi32.so.1"]
    try:
        table = export_table.ExportTable(
            os.path.join(root, "mapi32", "exports", "exports.tsv"),
            os.path.join(root, "mapi32", "exports", "functions.tsv"))
    except export_table.TableError as error:
        return [str(error)]
    found = table_problems(table)
    for path in paths:
        found += library_problems(table, path)
    return found


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--library":
        table = export_table.ExportTable()
        found = table_problems(table) + library_problems(table, sys.argv[2])
        print("\n".join(found) or "exports are as listed")
        sys.exit(1 if found else 0)
    common.main(problems, takes_build=True)


if __name__ == "__main__":
    main()
