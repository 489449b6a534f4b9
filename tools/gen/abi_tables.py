#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns mapi32/abi/interfaces.tsv and structs.tsv into tables for compat-tests/abi/layout_test.cpp.

    abi_tables.py --interfaces FILE --structs FILE --output FILE
"""
import argparse
import pathlib

SIMPLE = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "f64": 8}


def rows(path):
    lines = [l for l in pathlib.Path(path).read_text().splitlines() if l and not l.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


class Layouts:
    """Sizes, alignments and offsets for one pointer width, by natural alignment."""

    def __init__(self, structs, pointer):
        self.structs = {row["struct"]: row["fields"].split() for row in structs}
        self.pointer = pointer

    def kind(self, kind):
        if "*" in kind:
            element, count = kind.split("*")
            size, align = self.kind(element)
            return size * int(count), align
        if kind == "p":
            return self.pointer, self.pointer
        if kind in SIMPLE:
            return SIMPLE[kind], SIMPLE[kind]
        if kind == "_PV8":  # the value union also holds 8-byte numbers
            size, align = self.kind("_PV")
            return max(8, size), 8
        size, align, _ = self.struct(kind)
        return size, align

    def struct(self, name):
        offset, widest, fields = 0, 1, []
        for field in self.structs[name]:
            label, kind = field.split(":")
            size, align = self.kind(kind)
            offset = (offset + align - 1) // align * align
            fields.append((label, offset))
            offset += size
            widest = max(widest, align)
        if name == "_PV":
            offset, widest = max(8, offset), 8
        return (offset + widest - 1) // widest * widest, widest, fields


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interfaces", required=True)
    parser.add_argument("--structs", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    structs = rows(arguments.structs)
    wide, narrow = Layouts(structs, 8), Layouts(structs, 4)
    out = ["// Generated table from mapi32/abi/*.tsv by tools/gen/abi_tables.py. Do not edit."]
    for row in structs:
        name = row["struct"]
        out.append(f"SIZE({name}, {wide.struct(name)[0]}, {narrow.struct(name)[0]})")
        if name == "_PV":
            continue
        for (field, at64), (_, at32) in zip(wide.struct(name)[2], narrow.struct(name)[2]):
            out.append(f"OFFSET({name}, {field}, {at64}, {at32})")
    slots = {"IUnknown": 3, "ISequentialStream": 5}
    for row in rows(arguments.interfaces):
        first = slots[row["base"]]
        methods = row["methods"].split()
        for index, method in enumerate(methods):
            out.append(f"SLOT({row['interface']}, {method}, {first + index})")
        slots[row["interface"]] = first + len(methods)
        digits = row["iid"].strip("{}").replace("-", "")
        out.append(f"IID({row['interface']}, \"{digits}\")")
    path = pathlib.Path(arguments.output)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(out) + "\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


main()
