#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""C and C++ files are formatted as .clang-format says."""
import os
import shutil
import subprocess

import common


def problems(root):
    tool = shutil.which("clang-format")
    if not tool:
        return ["clang-format is not installed"]
    if not os.path.exists(os.path.join(root, ".clang-format")):
        return ["there is no .clang-format"]
    names = [n for n in common.project_files(root) if n.endswith((".h", ".cpp", ".c"))]
    found = []
    for start in range(0, len(names), 50):
        result = subprocess.run([tool, "--dry-run", "--Werror", "--style=file",
                                 *names[start:start + 50]], cwd=root, capture_output=True, text=True)
        if result.returncode:
            lines = [line for line in result.stderr.splitlines() if ": error:" in line]
            files = sorted({line.split(":", 1)[0] for line in lines}) or [result.stderr.strip()]
            found += [f"{name}: not formatted; run clang-format -i" for name in files]
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=False)
