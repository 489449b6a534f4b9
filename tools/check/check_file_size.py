#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No source file is longer than 500 lines. A generated table says so in its first five lines."""
import common

LIMIT = 500


def problems(root):
    found = []
    for name in common.project_files(root):
        if not common.is_code(root, name):
            continue
        lines = common.read_text(root, name).splitlines()
        if len(lines) > LIMIT and "Generated table" not in "\n".join(lines[:5]):
            found.append(f"{name}: {len(lines)} lines, the limit is {LIMIT}")
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=False)
