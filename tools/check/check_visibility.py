#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Modules show their entry points and nothing else, and providers do not depend on the library.

Of a native build, every export of libmapi32.so.1 and of the provider modules is looked at, bindings
included; of a PE build, the provider modules.
"""
import os
import re

import binary
import common

import export_table

ENTRY_POINTS = {"MSProviderInit", "ABProviderInit", "XPProviderInit", "HPProviderInit",
                "ServiceEntry", "MSGServiceEntry", "NSTServiceEntry", "WizardEntry",
                "PreprocessMessage", "RemovePreprocessInfo", "DllGetClassObject",
                "DllCanUnloadNow"}
PROVIDER = re.compile(r"^remapi\w*32\.(?:so|dll)$")
THE_LIBRARY = re.compile(r"^(?:lib)?mapi32\.(?:so|dll)", re.I)


def modules(build):
    return [os.path.join(build, name) for name in common.walk(build)
            if PROVIDER.match(os.path.basename(name)) and not os.path.islink(os.path.join(build, name))]


def provider_problems(path):
    label = os.path.basename(path)
    if path.endswith(".dll"):
        image = binary.PeFile(path)
        names = {re.sub(r"@\d+$", "", name.lstrip("_")) for name in image.exports()[0]}
        needed, unique = image.imported_modules(), []
    else:
        module = binary.ElfFile(path)
        exports = module.exports()
        names, needed = set(exports), module.needed()
        unique = [name for name, binding in exports.items() if binding == "unique"]
    found = [f"{label}: shows {name}, which is no entry point" for name in sorted(names - ENTRY_POINTS)]
    if not names & ENTRY_POINTS:
        found.append(f"{label}: shows no entry point")
    found += [f"{label}: needs {name}; providers reach MAPI through what their host hands them"
              for name in needed if THE_LIBRARY.match(name)]
    return found + [f"{label}: {name} is a unique symbol" for name in unique]


def library_problems(path, listed):
    exports = binary.ElfFile(path).exports()
    return [f"{os.path.basename(path)}: shows {name} ({exports[name]})"
            for name in sorted(exports) if name not in listed or exports[name] == "unique"]


def problems(root, build):
    found, seen = [], 0
    listed = {row["export"] for row in export_table.read_tsv(
        os.path.join(root, "mapi32", "exports", "exports.tsv"), export_table.EXPORT_COLUMNS)
        if row["arch"] == "linux"}
    for name in common.walk(build):
        path = os.path.join(build, name)
        if os.path.basename(name) == "libmapi32.so.1" and not os.path.islink(path):
            seen += 1
            found += library_problems(path, listed)
    for path in modules(build):
        seen += 1
        found += provider_problems(path)
    if not seen and not any(name.endswith("mapi32.dll") for name in common.walk(build)):
        found.append(f"{build} holds no module to look at")
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=True)
