#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what PE files import with what the oldest Windows we run on has.

usage: check_pe_imports.py FILE_OR_FOLDER... [--build FOLDER]... [--list] [--selftest]

An i686 file must run on Windows XP SP3 (5.1), an x86_64 file on XP x64 and Server 2003 x64 (5.2).
Every imported function must stand in xp_imports/<module>.txt; folders are searched for .dll and
.exe files, whose imports from one another are left alone. The versions in the PE header must not be
newer either. --list prints what the files import; --selftest proves that the check can fail.
Exit status 1 when something is wrong, 2 when there was nothing to check.
"""
import argparse
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = os.path.join(HERE, "xp_imports")
OLDEST = {"i686": (5, 1), "x86_64": (5, 2)}
# Part of the compiler; a static link leaves none of them behind.
RUN_TIME = ("libgcc", "libstdc++", "libwinpthread", "libssp", "libatomic")
MACHINES = {0x14C: "i686", 0x8664: "x86_64"}


class PeError(Exception):
    """The file is not a PE file, or is damaged."""


class Pe:
    """Header versions, import tables and module name of one PE file."""

    def __init__(self, data):
        self.data = data
        try:
            self._read()
        except (struct.error, ValueError, IndexError) as error:
            raise PeError(f"damaged: {error}") from error

    def _at(self, layout, offset):
        return struct.unpack_from("<" + layout, self.data, offset)

    def _read(self):
        if self.data[:2] != b"MZ":
            raise PeError("not a PE file")
        header = self._at("I", 0x3C)[0]
        if self.data[header:header + 4] != b"PE\0\0":
            raise PeError("not a PE file")
        machine, section_count = self._at("HH", header + 4)
        optional_bytes = self._at("H", header + 20)[0]
        optional = header + 24
        self.arch = MACHINES.get(machine)
        if not self.arch:
            raise PeError(f"machine {machine:#x} is none of ours")
        self.wide = self._at("H", optional)[0] == 0x20B
        self.os_version = self._at("HH", optional + 40)
        self.subsystem_version = self._at("HH", optional + 48)
        self.directories = optional + (112 if self.wide else 96)
        self.directory_count = self._at("I", self.directories - 4)[0]
        self.sections = [self._at("IIII", optional + optional_bytes + 40 * index + 8)
                         for index in range(section_count)]
        self.imports = sorted(set(self._imports()) | set(self._delayed_imports()))

    def _offset(self, address):
        for virtual_bytes, virtual, raw_bytes, raw in self.sections:
            if virtual <= address < virtual + max(virtual_bytes, raw_bytes):
                return address - virtual + raw
        raise PeError(f"address {address:#x} lies in no section")

    def _text(self, address):
        start = self._offset(address)
        return self.data[start:self.data.index(b"\0", start)].decode("latin-1")

    def _directory(self, index):
        return self._at("I", self.directories + 8 * index)[0] if index < self.directory_count else 0

    def _names(self, table):
        """Names, or #ordinals, in a table of addresses that ends with 0."""
        layout, size, by_ordinal = ("Q", 8, 1 << 63) if self.wide else ("I", 4, 1 << 31)
        offset = self._offset(table)
        while True:
            entry = self._at(layout, offset)[0]
            if entry == 0:
                return
            yield f"#{entry & 0xFFFF}" if entry & by_ordinal else self._text(entry + 2)
            offset += size

    def _imports(self):
        directory = self._directory(1)
        while directory:
            names, _, _, module, addresses = self._at("5I", self._offset(directory))
            if not module:
                return
            for name in self._names(names or addresses):
                yield self._text(module).lower(), name
            directory += 20

    def _delayed_imports(self):
        directory = self._directory(13)
        while directory:
            _, module, _, _, names = self._at("5I", self._offset(directory))
            if not module:
                return
            for name in self._names(names):
                yield self._text(module).lower(), name
            directory += 32


def read_lists(folder=LISTS):
    """{module: {function: oldest Windows version}}"""
    lists = {}
    for file_name in sorted(os.listdir(folder)):
        if not file_name.endswith(".txt"):
            continue
        functions = lists.setdefault(file_name[:-len(".txt")], {})
        with open(os.path.join(folder, file_name), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.startswith("#") or not line.strip():
                    continue
                fields = line.rstrip("\n").split("\t")
                if len(fields) != 3 or not fields[2] or fields[0] in functions:
                    raise ValueError(f"{file_name}:{number}: not a new name, version and source")
                functions[fields[0]] = tuple(int(part) for part in fields[1].split("."))
    return lists


def version_text(version):
    return ".".join(str(part) for part in version)


def problems_of(pe, lists, own_modules=()):
    """What keeps one file from running on its oldest Windows."""
    oldest = OLDEST[pe.arch]
    for what, version in (("OS", pe.os_version), ("subsystem", pe.subsystem_version)):
        if version > oldest:
            yield (f"the header asks for {what} version {version_text(version)}; "
                   f"at most {version_text(oldest)} is allowed")
    for module, name in pe.imports:
        if module in own_modules:
            continue
        if module.startswith(RUN_TIME):
            yield f"{module}!{name}: the compiler's run-time library is to be linked statically"
        elif module not in lists:
            yield f"{module}!{name}: no list of ours knows this module"
        elif name not in lists[module]:
            yield (f"{module}!{name}: not in xp_imports/{module}.txt; find out which Windows has it, "
                   "then add it there or replace it in toolchains/xp")
        elif lists[module][name] > oldest:
            yield (f"{module}!{name}: needs Windows {version_text(lists[module][name])}, "
                   f"this file must run on {version_text(oldest)}")


def find_files(paths):
    """PE files named, or found below folders named. Tests are ours too and obey the same rule."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if name != "CMakeFiles")
            for name in sorted(files):
                if name.lower().endswith((".dll", ".exe")):
                    yield os.path.join(folder, name)


def check_files(paths, lists, show):
    """Prints what is wrong; the number of files checked and of problems found."""
    files = sorted(set(find_files(paths)))
    own_modules = {os.path.basename(path).lower() for path in files} - set(lists)
    found = 0
    for path in files:
        try:
            with open(path, "rb") as file:
                pe = Pe(file.read())
            if show:
                for module, name in pe.imports:
                    print(f"{path}\t{module}\t{name}")
            problems = list(problems_of(pe, lists, own_modules))
        except (OSError, PeError) as error:
            problems = [str(error)]
        for problem in problems:
            print(f"{path}: {problem}")
        found += len(problems)
    return len(files), found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--build", action="append", default=[])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--selftest", action="store_true")
    arguments = parser.parse_args()
    if arguments.selftest:
        sys.path.insert(0, HERE)
        import check_pe_imports_selftest
        sys.exit(check_pe_imports_selftest.run())
    checked, found = check_files(arguments.paths + arguments.build, read_lists(), arguments.list)
    print(f"{checked} PE files, {found} problems")
    sys.exit(2 if checked == 0 else 1 if found else 0)


if __name__ == "__main__":
    main()
