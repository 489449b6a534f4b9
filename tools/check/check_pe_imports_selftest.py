# SPDX-License-Identifier: LGPL-2.1-or-later
"""Proves that check_pe_imports can fail, on PE files made here."""
import struct

import check_pe_imports as check

MACHINE = {"i686": 0x14C, "x86_64": 0x8664}


def make_pe(arch, imports, version=(5, 1)):
    """A PE file of one section that holds nothing but its import table."""
    wide = arch == "x86_64"
    slot = "<Q" if wide else "<I"
    section_address = 0x1000
    body = bytearray(20 * (len(imports) + 1))

    def add(data):
        address = section_address + len(body)
        body.extend(data + b"\0" * (-len(data) % 8))
        return address

    for index, (module, names) in enumerate(imports.items()):
        hints = [add(b"\0\0" + name.encode() + b"\0") for name in names]
        table = add(b"".join(struct.pack(slot, hint) for hint in hints + [0]))
        module_name = add(module.encode() + b"\0")
        struct.pack_into("<5I", body, 20 * index, table, 0, 0, module_name, table)
    optional_bytes = (112 if wide else 96) + 16 * 8
    optional = bytearray(optional_bytes)
    struct.pack_into("<H", optional, 0, 0x20B if wide else 0x10B)
    struct.pack_into("<HH", optional, 40, *version)
    struct.pack_into("<HH", optional, 48, *version)
    struct.pack_into("<I", optional, optional_bytes - 132, 16)
    struct.pack_into("<II", optional, optional_bytes - 128 + 8, section_address, len(body))
    header = b"PE\0\0" + struct.pack("<HHIIIHH", MACHINE[arch], 1, 0, 0, 0, optional_bytes, 0)
    section = b".idata\0\0" + struct.pack("<IIII", len(body), section_address, len(body), 0x400)
    file = bytearray(b"MZ" + b"\0" * 58 + struct.pack("<I", 0x40))
    file += header + optional + section + b"\0" * 16
    return bytes(file.ljust(0x400, b"\0") + body)


def cases(lists):
    """(what is tried, PE file, how many problems there must be)"""
    kernel = {"kernel32.dll": ["CreateFileW", "GetLastError"], "advapi32.dll": ["RegCloseKey"]}
    srw = {"kernel32.dll": ["AcquireSRWLockExclusive"]}
    newer = sorted(name for name, since in lists["kernel32.dll"].items() if since == (5, 2))
    yield "functions of XP", make_pe("i686", kernel), 0
    yield "functions of Server 2003 x64", make_pe("x86_64", kernel, (5, 2)), 0
    yield "a function of Vista, i686", make_pe("i686", srw), 1
    yield "a function of Vista, x86_64", make_pe("x86_64", srw, (5, 2)), 1
    yield "a function of 5.2 on i686", make_pe("i686", {"kernel32.dll": newer[:1]}), 1
    yield "a function of 5.2 on x86_64", make_pe("x86_64", {"kernel32.dll": newer[:1]}), 0
    yield "a newer header, i686", make_pe("i686", kernel, (5, 2)), 2
    yield "a newer header, x86_64", make_pe("x86_64", kernel, (6, 0)), 2
    yield "libstdc++", make_pe("i686", {"libstdc++-6.dll": ["_ZdlPv"]}), 1
    yield "a module without a list", make_pe("i686", {"bcrypt.dll": ["BCryptGenRandom"]}), 1


def run():
    lists = check.read_lists()
    failed = 0
    for what, data, expected in cases(lists):
        found = list(check.problems_of(check.Pe(data), lists))
        if len(found) != expected:
            failed += 1
            print(f"{what}: {len(found)} problems instead of {expected}: {found}")
    for what, data in (("a text file", b"text"), ("half a file", make_pe("i686", {
            "kernel32.dll": ["CreateFileW"]})[:0x300])):
        try:
            check.Pe(data)
            failed += 1
            print(f"{what}: taken for a whole PE file")
        except check.PeError:
            pass
    print("selftest failed" if failed else "selftest passed")
    return 1 if failed else 0
