#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Rules of CONTRIBUTING.md that a line of text can break.

- every source file starts with its licence;
- platforms are told apart only in mapi32/port, mapi32/ui/win32, stubs, toolchains and the tests;
- the MAPI headers are included by abi/mapi.h alone;
- headers hold no `using namespace`;
- shipped modules take threads, locks, files and streams from port/;
- nothing is left to be done in a comment.
"""
import re

import common

LICENCE = "SPDX-License-Identifier: LGPL-2.1-or-later"
API_HEADER_OWNERS = ("mapi32/abi/mapi.h", "mapi32/abi/mapival.h")
PLATFORM_FOLDERS = ("mapi32/port/", "mapi32/ui/win32/", "stubs/", "toolchains/", "compat-tests/")
SHIPPED_FOLDERS = ("mapi32/", "providers/")

PLATFORM = re.compile(r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif)\b[^\n]*\b(?:_WIN32|_WIN64|WIN32|"
                      r"__linux__|__unix__|__MINGW32__|__MINGW64__|__i386__|__x86_64__|_MSC_VER)\b",
                      re.M)
API_HEADER = re.compile(r'^[ \t]*#[ \t]*include[ \t]+[<"](?:mapi\w*|imessage|tnef|xcmc\w*|mspst|'
                        r'mspab)\.h[>"]', re.M)
USING = re.compile(r"^[ \t]*using[ \t]+namespace\b", re.M)
STANDARD = re.compile(r"^[ \t]*#[ \t]*include[ \t]+<(?:thread|mutex|shared_mutex|condition_variable|"
                      r"filesystem|iostream|fstream)>", re.M)
LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX)\b")


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def matches(pattern, name, text, why):
    return [f"{name}:{line_of(text, hit.start())}: {why}" for hit in pattern.finditer(text)]


def cpp_problems(name, text):
    found = []
    if not name.startswith(PLATFORM_FOLDERS):
        found += matches(PLATFORM, name, text, "platform #if outside port/ and stubs/")
    if name not in API_HEADER_OWNERS and not name.startswith("stubs/"):
        found += matches(API_HEADER, name, text, 'include "abi/mapi.h" instead')
    if name.endswith(".h"):
        found += matches(USING, name, text, "`using namespace` in a header")
    is_shipped = name.startswith(SHIPPED_FOLDERS) and not name.startswith("mapi32/port/")
    if is_shipped and not name.endswith("_test.cpp"):
        found += matches(STANDARD, name, text, "use port/ instead of this header")
    return found


def problems(root):
    found = []
    for name in common.project_files(root):
        if not common.is_code(root, name):
            continue
        text = common.read_text(root, name)
        if LICENCE not in "\n".join(text.splitlines()[:2]):
            found.append(f"{name}:1: the line '{LICENCE}' is missing")
        if not name.startswith("tools/check/"):
            found += matches(LEFTOVER, name, text, "a comment leaves work to be done")
        if name.endswith((".h", ".cpp", ".c")):
            found += cpp_problems(name, text)
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=False)
