#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No object file of our modules registers a destructor to run at process or thread end.

Such destructors run under the loader lock, or after the module is gone. Objects of mapi32/ and
providers/ are looked at; unit tests are not.
"""
import os

import binary
import common

FORBIDDEN = {"cxa_atexit", "atexit", "cxa_thread_atexit", "cxa_thread_atexit_impl", "tlregdtor",
             "crt_atexit", "onexit"}
FOLDERS = ("mapi32/", "providers/")


def objects(build):
    return [name for name in common.walk(build)
            if name.startswith(FOLDERS) and name.endswith((".o", ".obj"))
            and "_test." not in os.path.basename(name) and "_test.dir/" not in name]


def problems(_root, build):
    names = objects(build)
    if not names:
        return [f"{build} holds no object file of mapi32/ or providers/"]
    found = []
    for name in names:
        undefined = {symbol.lstrip("_"): symbol
                     for symbol in binary.undefined_symbols(os.path.join(build, name))}
        found += [f"{name}: refers to {undefined[symbol]}"
                  for symbol in sorted(FORBIDDEN & set(undefined))]
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=True)
