# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads what the checks need from PE and ELF files, without outside tools."""
import struct


class BinaryError(Exception):
    """The file is not of the kind it was taken for."""


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def text_at(data, offset):
    return data[offset:data.index(b"\0", offset)].decode("latin-1")


class PeFile:
    """A PE image: its export and import directories."""

    def __init__(self, path):
        data = self.data = read_bytes(path)
        if data[:2] != b"MZ":
            raise BinaryError(f"{path}: no PE file")
        header = struct.unpack_from("<I", data, 0x3C)[0]
        if data[header:header + 4] != b"PE\0\0":
            raise BinaryError(f"{path}: no PE signature")
        machine, sections = struct.unpack_from("<HH", data, header + 4)
        optional_size = struct.unpack_from("<H", data, header + 20)[0]
        self.arch = {0x14C: "i686", 0x8664: "x86_64"}.get(machine)
        optional = header + 24
        is_64 = struct.unpack_from("<H", data, optional)[0] == 0x20B
        self.directories = optional + (112 if is_64 else 96)
        self.sections = [struct.unpack_from("<IIII", data, optional + optional_size + 40 * i + 8)
                         for i in range(sections)]

    def offset(self, address):
        """File offset of a relative virtual address."""
        for virtual_size, virtual, raw_size, raw in self.sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return address - virtual + raw
        raise BinaryError(f"address {address:#x} lies in no section")

    def directory(self, index):
        return struct.unpack_from("<II", self.data, self.directories + 8 * index)

    def exports(self):
        """{name: ordinal}, and the list of ordinals exported without a name."""
        address, _ = self.directory(0)
        if not address:
            return {}, []
        start = self.offset(address)
        base, functions, names = struct.unpack_from("<III", self.data, start + 16)
        addresses, name_table, ordinal_table = struct.unpack_from("<III", self.data, start + 28)
        named = {}
        for i in range(names):
            where = struct.unpack_from("<I", self.data, self.offset(name_table) + 4 * i)[0]
            index = struct.unpack_from("<H", self.data, self.offset(ordinal_table) + 2 * i)[0]
            named[text_at(self.data, self.offset(where))] = base + index
        taken = set(named.values())
        nameless = [base + i for i in range(functions) if base + i not in taken and
                    struct.unpack_from("<I", self.data, self.offset(addresses) + 4 * i)[0]]
        return named, nameless

    def imported_modules(self):
        address, _ = self.directory(1)
        modules = []
        while address:
            entry = struct.unpack_from("<5I", self.data, self.offset(address))
            if not entry[3]:
                break
            modules.append(text_at(self.data, self.offset(entry[3])))
            address += 20
        return modules


class ElfFile:
    """An ELF64 file: its symbol tables and what it needs."""

    BINDINGS = {0: "local", 1: "global", 2: "weak", 10: "unique"}

    def __init__(self, path):
        data = self.data = read_bytes(path)
        if data[:6] != b"\x7fELF\x02\x01":
            raise BinaryError(f"{path}: no little-endian ELF64 file")
        table = struct.unpack_from("<Q", data, 0x28)[0]
        entry_size, count = struct.unpack_from("<HH", data, 0x3A)
        # (type, offset, size, link) of each section
        self.sections = []
        for i in range(count):
            fields = struct.unpack_from("<IIQQQQII", data, table + i * entry_size)
            self.sections.append((fields[1], fields[4], fields[5], fields[6]))

    def symbols(self, section_type):
        """(name, binding, defined, type) from .dynsym (11) or .symtab (2)."""
        for kind, offset, size, link in self.sections:
            if kind != section_type:
                continue
            strings = self.sections[link][1]
            for position in range(offset + 24, offset + size, 24):
                name, info, other, section = struct.unpack_from("<IBBH", self.data, position)
                yield (text_at(self.data, strings + name), self.BINDINGS.get(info >> 4, "other"),
                       section != 0, info & 15, section == 0xFFF1, other & 3)

    def exports(self):
        """{name: binding} of what the dynamic linker can find here; version names left out."""
        return {name: binding for name, binding, defined, _, absolute, visibility
                in self.symbols(11)
                if defined and not absolute and binding != "local" and visibility in (0, 3)}

    def undefined(self):
        """Names an object file leaves to the linker."""
        return {name for name, _, defined, _, _, _ in self.symbols(2) if not defined and name}

    def needed(self):
        names = []
        for kind, offset, size, link in self.sections:
            if kind != 6:
                continue
            strings = self.sections[link][1]
            for position in range(offset, offset + size, 16):
                tag, value = struct.unpack_from("<QQ", self.data, position)
                if tag == 1:
                    names.append(text_at(self.data, strings + value))
        return names


def coff_undefined(data):
    """Names a COFF object leaves to the linker, in either of its two layouts."""
    if data[:4] == b"\0\0\xFF\xFF":
        table, count = struct.unpack_from("<II", data, 48)
        size, section_format, section_at = 20, "<i", 12
    else:
        table, count = struct.unpack_from("<II", data, 8)
        size, section_format, section_at = 18, "<h", 12
    strings = table + count * size
    names, i = set(), 0
    while i < count:
        position = table + i * size
        section = struct.unpack_from(section_format, data, position + section_at)[0]
        storage, auxiliary = data[position + size - 2], data[position + size - 1]
        if section == 0 and storage in (2, 105):
            short = data[position:position + 8]
            names.add(text_at(data, strings + struct.unpack_from("<I", short, 4)[0])
                      if short[:4] == b"\0\0\0\0" else short.rstrip(b"\0").decode("latin-1"))
        i += 1 + auxiliary
    return names


def undefined_symbols(path):
    """Names an object file of either kind leaves to the linker."""
    data = read_bytes(path)
    if data[:4] == b"\x7fELF":
        return ElfFile(path).undefined()
    return coff_undefined(data)
