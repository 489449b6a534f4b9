# SPDX-License-Identifier: LGPL-2.1-or-later
"""Small files for the self-tests of the checks: text trees, PE images, COFF and ELF objects."""
import os
import shutil
import struct
import subprocess

LICENCE_LINE = "// SPDX-License-Identifier: LGPL-2.1-or-later\n"


def write_tree(root, files):
    """Writes {relative path: text or bytes} below `root`."""
    for name, content in files.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def pe_image(exports, imports=(), machine=0x14C):
    """A PE image with one section that holds an export and an import directory.

    exports: {name: ordinal}; imports: module names.
    """
    base_address, blob = 0x1000, bytearray(40 + 20 * (len(imports) + 1))
    import_at = 40

    def put(data):
        blob.extend(data)
        return base_address + len(blob) - len(data)

    names = sorted(exports)
    first = min(exports.values(), default=1)
    count = max(exports.values(), default=0) - first + 1 if exports else 0
    addresses = [0] * count
    for name in names:
        addresses[exports[name] - first] = 0x2000
    name_addresses = [put(name.encode() + b"\0") for name in names]
    functions = put(struct.pack(f"<{count}I", *addresses))
    name_table = put(struct.pack(f"<{len(names)}I", *name_addresses))
    ordinal_table = put(struct.pack(f"<{len(names)}H", *(exports[n] - first for n in names)))
    struct.pack_into("<10I", blob, 0, 0, 0, 0, 0, first, count, len(names), functions, name_table,
                     ordinal_table)
    for index, module in enumerate(imports):
        struct.pack_into("<5I", blob, import_at + 20 * index, 0, 0, 0, put(module.encode() + b"\0"), 0)
    is_64 = machine == 0x8664
    directories = [base_address, 40, base_address + import_at, 20 * (len(imports) + 1)] + [0] * 28
    optional = struct.pack("<H", 0x20B if is_64 else 0x10B).ljust(112 if is_64 else 96, b"\0") + \
        struct.pack("<32I", *directories)
    headers = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + \
        struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x2000) + optional
    section = b".edata\0\0" + struct.pack("<IIII", len(blob), base_address, len(blob), 0x400)
    return (headers + section.ljust(40, b"\0")).ljust(0x400, b"\0") + bytes(blob)


def coff_object(undefined):
    """A COFF object that refers to the given names."""
    strings, symbols = bytearray(4), b""
    for name in undefined:
        if len(name) <= 8:
            short = name.encode().ljust(8, b"\0")
        else:
            short = struct.pack("<II", 0, len(strings))
            strings += name.encode() + b"\0"
        symbols += short + struct.pack("<IhHBB", 0, 0, 0, 2, 0)
    struct.pack_into("<I", strings, 0, len(strings))
    return struct.pack("<HHIIIHH", 0x14C, 0, 0, 20, len(undefined), 0, 0) + symbols + bytes(strings)


def compile_elf(output, source, *flags):
    """Compiles C++ text with the system's compiler into an object or a shared library."""
    compiler = shutil.which("c++") or shutil.which("g++") or shutil.which("clang++")
    if not compiler:
        raise RuntimeError("no C++ compiler for the self-test of the checks")
    os.makedirs(os.path.dirname(output), exist_ok=True)
    subprocess.run([compiler, "-fPIC", "-o", output, "-x", "c++", "-", "-x", "none",
                    *flags], input=source.encode(),
                   check=True, capture_output=True)
